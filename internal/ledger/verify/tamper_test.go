package verify_test

import (
	"context"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/ledger/ledgertest"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/schema"
)

var tamperings = flag.Int("tamperings", 110, "how often each engine is tampered with")

// target is a table to tamper with: its key first.
type target struct {
	table   string
	columns []string
	keys    int
	final   bool
}

var targets = []target{
	{"ledger_block", []string{"id", "at", "count", "body", "mac"}, 1, true},
	{"ledger_place", []string{"first", "block", "count"}, 1, true},
	{"ledger_tile", []string{"level", "number", "hashes"}, 2, true},
	{"ledger_checkpoint", []string{"size", "at", "root", "note"}, 1, true},
	{"ledger_line", []string{"position", "at", "org", "verb", "outcome", "actor_kind", "actor", "department", "purpose", "tie", "kind", "object", "patient", "objects", "n", "id"}, 1, false},
	{"ledger_subject", []string{"org", "kind", "id", "at", "position"}, 5, false},
	{"ledger_mark", []string{"name", "position"}, 1, false},
	{"ledgertest_bed", []string{"org", "id", "patient", "content", "version"}, 2, false},
	{"ledgertest_bed", []string{"org", "id", "patient", "content", "version"}, 2, false},
}

// lived is a place in which a house has lived for a while, made once for each
// engine and copied for each tampering.
func lived(t *testing.T, key ledgertest.Key) *dbtest.Prepared {
	return &dbtest.Prepared{Name: "lived", Do: func(ctx context.Context, at dbtest.Place) error {
		if err := ledgertest.Prepared.Do(ctx, at); err != nil {
			return err
		}
		t.Run("living", func(t *testing.T) {
			h := ledgertest.Open(t, at, key)
			h.Run()
			live(h, 400)
		})
		return nil
	}}
}

func TestEveryTamperingIsFoundAndLocated(t *testing.T) {
	times := *tamperings
	if testing.Short() {
		times = min(times, 12)
	}
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			key, err := ledgertest.NewKey()
			if err != nil {
				t.Fatal(err)
			}
			renew := renewed(t, lived(t, key), engine, key)
			found := 0
			for seed := range times {
				t.Run(fmt.Sprint(seed), func(t *testing.T) {
					if tamperOnce(t, renew(t), uint64(seed)) {
						found++
					}
				})
			}
			t.Logf("%s: %d of %d tamperings found and located", engine, found, times)
		})
	}
}

// renewed returns a function that gives an untouched house each time: a copy of
// the file on SQLite; on PostgreSQL, where copies are slow, the same one with
// its tables filled again.
func renewed(t *testing.T, place *dbtest.Prepared, engine db.Engine, key ledgertest.Key) func(t *testing.T) *tamperer {
	if engine == db.SQLite {
		return func(t *testing.T) *tamperer {
			at := place.On(t, engine)
			return &tamperer{t: t, at: at, h: ledgertest.Open(t, at, key)}
		}
	}
	at := place.On(t, engine)
	h := ledgertest.Open(t, at, key)
	keep := []string{"CREATE SCHEMA kept"}
	var refill []string
	for _, x := range targets[:len(targets)-1] {
		keep = append(keep, "CREATE TABLE kept."+x.table+" AS TABLE public."+x.table)
		refill = append(refill, "ALTER TABLE "+x.table+" DISABLE TRIGGER ALL", "DELETE FROM "+x.table, "INSERT INTO "+x.table+" SELECT * FROM kept."+x.table)
	}
	if err := ledgertest.Raw(t.Context(), at, keep...); err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T) *tamperer {
		r := &tamperer{t: t, at: at, h: h}
		r.sql(refill...)
		return r
	}
}

func tamperOnce(t *testing.T, random *tamperer, seed uint64) bool {
	h := random.h
	random.Rand = rand.New(rand.NewPCG(seed, 7))
	outside := h.Latest().Note
	if seed == 0 {
		if r := verified(t, h, outside); !r.Consistent || r.Size < 600 {
			t.Fatalf("before any tampering: %d entries%s", r.Size, describe(r))
		}
	}
	done := random.tamper()
	r := verified(t, h, outside)
	switch {
	case r.Consistent || !r.UnalteredSince.IsZero():
		t.Errorf("not found: %s", done)
	case !has(r, done.located):
		t.Errorf("found but not located: %s%s", done, describe(r))
	case seed%4 == 0 && !done.needsKey && consistentWithoutKey(t, h, outside):
		t.Errorf("not found without the row key: %s", done)
	default:
		return true
	}
	return false
}

func consistentWithoutKey(t *testing.T, h *ledgertest.House, outside string) bool {
	r, err := verify.Run(t.Context(), h.Store, verify.Options{PublicKey: h.Key.PublicKey(), Outside: outside, Upkeep: schema.Upkeep})
	if err != nil {
		t.Fatal(err)
	}
	return r.Consistent
}

// tampering is what was done, and where.
type tampering struct {
	what      string
	table     string
	keys      []string
	positions []int64
	blocks    []string
	needsKey  bool // only the code of the block tells
}

func (d tampering) String() string { return d.what }

func (d tampering) located(f verify.Finding) bool {
	if f.Table == d.table && slices.Contains(d.keys, f.Key) || f.Block != "" && slices.Contains(d.blocks, f.Block) {
		return true
	}
	if d.table == "ledger_mark" {
		return f.Kind == verify.IndexInserted && f.Table == "ledger_line"
	}
	return d.table != "ledgertest_bed" && slices.ContainsFunc(d.positions, func(p int64) bool { return f.Position <= p && p < f.End })
}

type tamperer struct {
	*rand.Rand
	t  *testing.T
	h  *ledgertest.House
	at dbtest.Place
}

// tamper changes, deletes, inserts or swaps one random row behind the system.
func (r *tamperer) tamper() tampering {
	x := targets[r.IntN(len(targets))]
	rows := r.rows(x)
	r.unlock(x)
	i := r.IntN(len(rows))
	old := rows[i]
	switch r.IntN(4) {
	case 0:
		return r.remove(x, old)
	case 1:
		return r.insert(x, old)
	case 2:
		if other := rows[r.IntN(len(rows))]; x.keys < len(x.columns) && !slices.EqualFunc(old[x.keys:], other[x.keys:], same) {
			return r.swap(x, old, other)
		}
	}
	return r.change(x, old)
}

func same(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func (r *tamperer) change(x target, old []any) tampering {
	column := r.IntN(len(x.columns))
	changed := slices.Clone(old)
	changed[column] = r.mutate(old[column])
	if column < x.keys {
		changed[column] = elsewhere(old[column])
	}
	r.sql("UPDATE " + x.table + " SET " + x.columns[column] + " = " + r.literal(changed[column]) + " WHERE " + r.where(x, old))
	d := r.done(fmt.Sprintf("change %s of %s %v", x.columns[column], x.table, old[:x.keys]), x, old, changed)
	d.needsKey = x.table == "ledger_block" && (x.columns[column] == "at" || x.columns[column] == "mac")
	return d
}

// elsewhere returns a part of a key that no row has.
func elsewhere(v any) any {
	if n, ok := v.(int64); ok {
		return n + 1_000_003
	}
	return fmt.Sprint(v) + "~"
}

func (r *tamperer) remove(x target, old []any) tampering {
	r.sql("DELETE FROM " + x.table + " WHERE " + r.where(x, old))
	return r.done(fmt.Sprintf("delete %s %v", x.table, old[:x.keys]), x, old)
}

func (r *tamperer) insert(x target, like []any) tampering {
	fresh := slices.Clone(like)
	fresh[x.keys-1] = elsewhere(fresh[x.keys-1])
	if x.table == "ledger_place" {
		fresh[1] = "a block that is not there"
	}
	if x.table == "ledger_mark" {
		return r.change(x, like)
	}
	r.sql(r.inserting(x, fresh))
	return r.done(fmt.Sprintf("insert %s %v", x.table, fresh[:x.keys]), x, fresh)
}

func (r *tamperer) swap(x target, a, b []any) tampering {
	r.sql("DELETE FROM "+x.table+" WHERE "+r.where(x, a), "DELETE FROM "+x.table+" WHERE "+r.where(x, b),
		r.inserting(x, slices.Concat(a[:x.keys], b[x.keys:])), r.inserting(x, slices.Concat(b[:x.keys], a[x.keys:])))
	return r.done(fmt.Sprintf("swap %s %v and %v", x.table, a[:x.keys], b[:x.keys]), x, a, b)
}

// done notes where a tampering of rows must be found.
func (r *tamperer) done(what string, x target, rows ...[]any) tampering {
	d := tampering{what: what, table: x.table}
	for _, row := range rows {
		var parts []string
		for _, k := range row[:x.keys] {
			parts = append(parts, strings.NewReplacer("%", "%25", "/", "%2F").Replace(fmt.Sprint(k)))
		}
		d.keys = append(d.keys, strings.Join(parts, "/"))
		switch x.table {
		case "ledger_place":
			d.positions = append(d.positions, row[0].(int64))
			d.blocks = append(d.blocks, fmt.Sprint(row[1]))
		case "ledger_block":
			d.blocks = append(d.blocks, fmt.Sprint(row[0]))
		}
	}
	return d
}

func (r *tamperer) mutate(v any) any {
	switch v := v.(type) {
	case int64:
		return v + []int64{1, -1, 1000, 1 << 40}[r.IntN(4)]
	case string:
		if v == "" {
			return "x"
		}
		return v[:len(v)-1] + string(v[len(v)-1]^1)
	case []byte:
		out := slices.Clone(v)
		out[r.IntN(len(out))] ^= 1 << r.IntN(8)
		return out
	}
	r.t.Fatalf("a value of type %T", v)
	return nil
}

func (r *tamperer) rows(x target) (all [][]any) {
	r.h.Read(func(ctx context.Context, reader db.Reader) error {
		rows, err := reader.Query(ctx, "SELECT "+strings.Join(x.columns, ", ")+" FROM "+x.table+" ORDER BY "+strings.Join(x.columns[:x.keys], ", "))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			row := make([]any, len(x.columns))
			into := make([]any, len(row))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			all = append(all, row)
		}
		return rows.Err()
	})
	return all
}

func (r *tamperer) where(x target, row []any) string {
	var parts []string
	for i, c := range x.columns[:x.keys] {
		parts = append(parts, c+" = "+r.literal(row[i]))
	}
	return strings.Join(parts, " AND ")
}

func (r *tamperer) inserting(x target, row []any) string {
	var values []string
	for _, v := range row {
		values = append(values, r.literal(v))
	}
	return "INSERT INTO " + x.table + " (" + strings.Join(x.columns, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
}

func (r *tamperer) literal(v any) string {
	switch v := v.(type) {
	case []byte:
		if r.at.Engine == db.Postgres {
			return `'\x` + hex.EncodeToString(v) + "'"
		}
		return "X'" + hex.EncodeToString(v) + "'"
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	default:
		return fmt.Sprint(v)
	}
}

// unlock takes away what makes rows final, as an administrator could.
func (r *tamperer) unlock(x target) {
	switch {
	case !x.final:
	case r.at.Engine == db.Postgres:
		r.sql("ALTER TABLE " + x.table + " DISABLE TRIGGER ALL")
	default:
		r.sql("DROP TRIGGER "+x.table+"_never_changes", "DROP TRIGGER "+x.table+"_never_goes")
	}
}

func (r *tamperer) sql(statements ...string) {
	r.t.Helper()
	if err := ledgertest.Raw(context.Background(), r.at, statements...); err != nil {
		r.t.Fatal(err)
	}
}
