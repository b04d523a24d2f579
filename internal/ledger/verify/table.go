package verify

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/base/db"
)

// table is a table as the database's own catalog describes it.
type table struct {
	name    string
	columns []string // sorted
	key     []string // in the order of the primary key
	whole   map[string]bool
}

// row is one row of a table.
type row struct {
	values []any // in the order of columns
	key    []any
}

const catalogSQLite = `SELECT m.name, c.name, c.pk, c.type FROM sqlite_master m, pragma_table_info(m.name) c
	WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY m.name, c.name`

const catalogPostgres = `SELECT c.relname, a.attname, COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)::bigint, format_type(a.atttypid, NULL)
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
	WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f') ORDER BY c.relname, a.attname COLLATE "C"`

// catalog reads which tables there are.
func catalog(ctx context.Context, r db.Reader) (map[string]*table, error) {
	text := catalogSQLite
	if r.Engine() == db.Postgres {
		text = catalogPostgres
	}
	rows, err := r.Query(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("reading the catalog: %w", err)
	}
	defer rows.Close()
	all := map[string]*table{}
	keys := map[string]map[int64]string{}
	for rows.Next() {
		var name, column, kind string
		var place int64
		if err := rows.Scan(&name, &column, &place, &kind); err != nil {
			return nil, fmt.Errorf("reading the catalog: %w", err)
		}
		if all[name] == nil {
			all[name] = &table{name: name, whole: map[string]bool{}}
			keys[name] = map[int64]string{}
		}
		t := all[name]
		t.columns = append(t.columns, column)
		t.whole[column] = strings.Contains(strings.ToLower(kind), "int")
		if place > 0 {
			keys[name][place] = column
		}
	}
	for name, t := range all {
		slices.Sort(t.columns)
		for _, place := range slices.Sorted(mapKeys(keys[name])) {
			t.key = append(t.key, keys[name][place])
		}
	}
	return all, rows.Err()
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quote(n)
	}
	return strings.Join(out, ", ")
}

// page reads the rows that follow a key in the order of the key.
func (t *table) page(ctx context.Context, r db.Reader, after []any, limit int) ([]row, error) {
	where := ""
	if after != nil {
		where = " WHERE (" + quoted(t.key) + ") > (" + dollars(1, len(t.key)) + ")"
	}
	return t.read(ctx, r, where+" ORDER BY "+quoted(t.key)+" LIMIT "+strconv.Itoa(limit), after...)
}

// get reads the row of a key.
func (t *table) get(ctx context.Context, r db.Reader, key []any) ([]row, error) {
	return t.read(ctx, r, " WHERE ("+quoted(t.key)+") = ("+dollars(1, len(t.key))+")", key...)
}

func dollars(first, n int) string {
	out := make([]string, n)
	for i := range n {
		out[i] = "$" + strconv.Itoa(first+i)
	}
	return strings.Join(out, ", ")
}

func (t *table) read(ctx context.Context, r db.Reader, rest string, args ...any) ([]row, error) {
	rows, err := r.Query(ctx, "SELECT "+quoted(t.columns)+" FROM "+quote(t.name)+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("reading table %s: %w", t.name, err)
	}
	defer rows.Close()
	var all []row
	for rows.Next() {
		one := row{values: make([]any, len(t.columns))}
		into := make([]any, len(t.columns))
		for i := range into {
			into[i] = &one.values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("reading table %s: %w", t.name, err)
		}
		for _, k := range t.key {
			i, _ := slices.BinarySearch(t.columns, k)
			one.key = append(one.key, one.values[i])
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// digest is the digest of a row, leaving out one column.
func (t *table) digest(r row, without string) []byte {
	return digest(t.name, t.columns, r.values, without)
}

// digest follows "Digest of a row" in docs/format/ledger.md. names are sorted.
func digest(table string, names []string, values []any, without string) []byte {
	buf := []byte("medward row 1\n" + table + "\n")
	for i, name := range names {
		kind, value := written(values[i])
		if kind == 0 || name == without {
			continue
		}
		buf = append(append(buf, name...), 0, kind)
		buf = binary.BigEndian.AppendUint64(buf, uint64(len(value)))
		buf = append(buf, value...)
	}
	return sum(buf)
}

// written returns the type and bytes of a value; type 0 is NULL. Values of a
// type that the house never writes have a type of their own.
func written(v any) (kind byte, value []byte) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case int64:
		return 'i', strconv.AppendInt(nil, v, 10)
	case int32:
		return 'i', strconv.AppendInt(nil, int64(v), 10)
	case string:
		return 't', []byte(v)
	case []byte:
		return 'b', v
	default:
		return '?', fmt.Append(nil, v)
	}
}

var keyEscapes = strings.NewReplacer("%", "%25", "/", "%2F")

// keyText is a key as entries write it.
func keyText(key []any) string {
	parts := make([]string, len(key))
	for i, v := range key {
		switch v := v.(type) {
		case string:
			parts[i] = keyEscapes.Replace(v)
		case int64:
			parts[i] = strconv.FormatInt(v, 10)
		case []byte:
			parts[i] = "%x" + hex.EncodeToString(v)
		default:
			parts[i] = fmt.Sprintf("%%?%v", v)
		}
	}
	return strings.Join(parts, "/")
}

// parseKey is the reverse of keyText.
func (t *table) parseKey(text string) ([]any, error) {
	parts := strings.Split(text, "/")
	if len(parts) != len(t.key) {
		return nil, fmt.Errorf("table %s has no key of the form %q", t.name, text)
	}
	key := make([]any, len(parts))
	for i, part := range parts {
		if t.whole[t.key[i]] {
			n, err := strconv.ParseInt(part, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("table %s has no key of the form %q", t.name, text)
			}
			key[i] = n
			continue
		}
		key[i] = strings.ReplaceAll(strings.ReplaceAll(part, "%2F", "/"), "%25", "%")
	}
	return key, nil
}
