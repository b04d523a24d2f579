package house_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/schema"
)

// rounds of tampering; each changes, deletes, inserts and swaps rows of every
// protected table.
const rounds = 4

func TestWhateverIsDoneBehindTheSystemIsNamed(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		fillEveryTable(t, h)
		if err := h.Ledger.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.Close()
		dice := rand.New(rand.NewPCG(1, 2))
		cases := 0
		for range rounds {
			dba := signInAsDBA(t, h)
			expected := map[string]string{}
			for _, table := range protectedTables() {
				for _, done := range dba.tamper(table, dice) {
					expected[table.Name+" "+done.key] = done.how
				}
			}
			dba.close()
			cases += len(expected)
			named := findings(t, h)
			for place, how := range expected {
				if !named[place] {
					t.Errorf("%s: %s was not found", place, how)
				}
			}
			dba = signInAsDBA(t, h)
			dba.undo()
			dba.close()
			if left := findings(t, h); len(left) > 0 {
				t.Fatalf("after undoing there are still findings: %v", left)
			}
		}
		if cases < 200 {
			t.Errorf("only %d cases", cases)
		}
		t.Logf("%d random changes, deletions, insertions and swaps, all named", cases)
	})
}

// fillEveryTable makes sure that there is something to tamper with everywhere.
func fillEveryTable(t *testing.T, h *housetest.House) {
	t.Helper()
	s := setScene(t, h)
	base := s.document.Version
	for i := range 3 {
		s.doctor.Must("POST", "/api/documents/"+s.document.ID+"/versions", map[string]any{"base": base + i, "sections": s.document.Sections, "reason": "更正原因", "sign": i == 2}, http.StatusCreated, nil)
		s.doctor.Must("POST", "/api/patients/"+s.patient+"/stated-reason", map[string]any{"choice": "handover"}, http.StatusCreated, nil)
	}
}

func protectedTables() []*db.Meta {
	return slices.DeleteFunc(db.Tables(), func(m *db.Meta) bool {
		return m.Class != db.Protected || slices.Contains(schema.Upkeep, m.Name)
	})
}

func findings(t *testing.T, h *housetest.House) map[string]bool {
	t.Helper()
	h.Open()
	defer h.Close()
	report, err := h.Verify(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, f := range report.Findings {
		if slices.Contains([]verify.Kind{verify.RowAltered, verify.RowMissing, verify.RowInserted}, f.Kind) {
			named[f.Table+" "+f.Key] = true
		} else {
			named[string(f.Kind)+" "+f.Table+" "+f.Key] = true
		}
	}
	return named
}

// dba has every right on the database and none in the house.
type dba struct {
	t    *testing.T
	h    *housetest.House
	conn *sql.DB
}

// done is one tampering: the key of the row that must be named.
type done struct{ key, how string }

// backups hold the tables as they were, to be put back.
const backup = "_before"

func signInAsDBA(t *testing.T, h *housetest.House) *dba {
	t.Helper()
	d := &dba{t: t, h: h}
	if h.Config.URL == "" {
		var err error
		if d.conn, err = sql.Open("sqlite", "file:"+filepath.Join(h.Config.Folder, "medward.db")+"?_pragma=busy_timeout(10000)"); err != nil {
			t.Fatal(err)
		}
		for _, trigger := range d.column("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
			d.run("DROP TRIGGER " + trigger)
		}
		return d
	}
	config, err := pgx.ParseConfig(h.Config.URL)
	if err != nil {
		t.Fatal(err)
	}
	config.RuntimeParams["session_replication_role"] = "replica"
	d.conn = stdlib.OpenDB(*config)
	return d
}

func (d *dba) close() {
	if err := d.conn.Close(); err != nil {
		d.t.Error(err)
	}
}

func (d *dba) run(statement string) {
	d.t.Helper()
	if _, err := d.conn.ExecContext(context.Background(), statement); err != nil {
		d.t.Fatalf("%s: %v", statement, err)
	}
}

func (d *dba) column(query string) []string {
	d.t.Helper()
	rows, err := d.conn.QueryContext(context.Background(), query)
	if err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			d.t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// tamper changes, deletes, inserts and swaps random rows of a table.
func (d *dba) tamper(table *db.Meta, dice *rand.Rand) []done {
	d.t.Helper()
	keys := d.column("SELECT " + keyExpression(table) + " FROM " + table.Name)
	if len(keys) < 5 {
		return nil
	}
	slices.Sort(keys)
	dice.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	d.run("CREATE TABLE " + table.Name + backup + " AS SELECT * FROM " + table.Name)
	free := slices.DeleteFunc(slices.Clone(table.Columns), func(c string) bool { return slices.Contains(table.Key, c) })
	column := free[dice.IntN(len(free))]
	d.run(fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table.Name, column, d.another(table, column), at(table, keys[0])))
	d.run("DELETE FROM " + table.Name + " WHERE " + at(table, keys[1]))
	all := []done{{keys[0], "change of " + column}, {keys[1], "deletion"}, d.insertCopy(table, keys[2])}
	return append(all, d.swap(table, free, keys[3], keys[4])...)
}

// another is an SQL expression for a value that differs from the column's.
func (d *dba) another(table *db.Meta, column string) string {
	kind := d.column(d.typeQuery(table.Name, column))[0]
	switch {
	case strings.HasPrefix(strings.ToUpper(kind), "BIGINT"):
		return "COALESCE(" + column + ", 0) + 1"
	case strings.EqualFold(kind, "BLOB"):
		return "x'00'"
	case strings.EqualFold(kind, "BYTEA"):
		return "'\\x00'::bytea"
	}
	return column + " || 'x'"
}

func (d *dba) typeQuery(table, column string) string {
	if d.h.Config.URL == "" {
		return "SELECT type FROM pragma_table_info('" + table + "') WHERE name = '" + column + "'"
	}
	return "SELECT data_type FROM information_schema.columns WHERE table_name = '" + table + "' AND column_name = '" + column + "'"
}

// insertCopy slips in a row that is like a true one but for its key and, because
// some must be unique, its words.
func (d *dba) insertCopy(table *db.Meta, key string) done {
	last := table.Key[len(table.Key)-1]
	d.insert(table, key, func(column string) string {
		switch value := d.another(table, column); {
		case column == last && strings.HasSuffix(value, "+ 1"):
			return column + " + 1000"
		case column == last || !slices.Contains(table.Key, column) && strings.HasSuffix(value, "'x'"):
			return value
		}
		return column
	})
	slipped := d.column("SELECT " + keyExpression(table) + " FROM " + table.Name + " EXCEPT SELECT " + keyExpression(table) + " FROM " + table.Name + backup)
	return done{slipped[0], "insertion"}
}

// insert writes a copy of the row that had a key, with each column as value says.
func (d *dba) insert(table *db.Meta, key string, value func(column string) string) {
	values := make([]string, len(table.Columns))
	for i, c := range table.Columns {
		values[i] = value(c)
	}
	d.run(fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %s%s WHERE %s",
		table.Name, strings.Join(table.Columns, ", "), strings.Join(values, ", "), table.Name, backup, at(table, key)))
}

// swap exchanges what two rows hold.
func (d *dba) swap(table *db.Meta, free []string, a, b string) []done {
	kinds := d.column(fmt.Sprintf("SELECT COUNT(*) FROM (SELECT DISTINCT %s FROM %s WHERE %s OR %s) AS pair", strings.Join(free, ", "), table.Name, at(table, a), at(table, b)))
	if kinds[0] == "1" {
		return nil
	}
	d.run("DELETE FROM " + table.Name + " WHERE " + at(table, a) + " OR " + at(table, b))
	for key, from := range map[string]string{a: b, b: a} {
		d.insert(table, from, func(column string) string {
			if slices.Contains(table.Key, column) {
				return "(SELECT " + column + " FROM " + table.Name + backup + " WHERE " + at(table, key) + ")"
			}
			return column
		})
	}
	return []done{{a, "swap"}, {b, "swap"}}
}

// at matches the row of a key.
func at(table *db.Meta, key string) string { return keyExpression(table) + " = '" + key + "'" }

// undo puts every table back.
func (d *dba) undo() {
	for _, table := range protectedTables() {
		if !d.has(table.Name + backup) {
			continue
		}
		d.run("DELETE FROM " + table.Name)
		list := strings.Join(table.Columns, ", ")
		d.run("INSERT INTO " + table.Name + " (" + list + ") SELECT " + list + " FROM " + table.Name + backup)
		d.run("DROP TABLE " + table.Name + backup)
	}
}

func (d *dba) has(table string) bool {
	if d.h.Config.URL == "" {
		return len(d.column("SELECT name FROM sqlite_master WHERE name = '"+table+"'")) > 0
	}
	return len(d.column("SELECT table_name FROM information_schema.tables WHERE table_name = '"+table+"'")) > 0
}

// keyExpression writes a row's key as the ledger does.
func keyExpression(table *db.Meta) string {
	parts := make([]string, len(table.Key))
	for i, k := range table.Key {
		parts[i] = "CAST(" + k + " AS TEXT)"
	}
	return strings.Join(parts, " || '/' || ")
}
