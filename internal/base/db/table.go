package db

import (
	"context"
	"crypto/hmac"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Class tells how a table's rows may be written.
type Class string

const (
	// Protected rows are written only inside an act, and the act's ledger
	// entry lists the digest of each.
	Protected Class = "protected"
	// Upkeep rows keep the machinery going and are written outside acts.
	Upkeep Class = "upkeep"
)

// Meta describes a table.
type Meta struct {
	Name  string
	Class Class
	// Keyed tables have a column mac: rows that grant power carry a code under
	// a key that the database does not hold.
	Keyed bool
	// Final rows are inserted and never changed or deleted.
	Final   bool
	Columns []string // sorted
	Key     []string // in the order of the primary key
}

var tables = struct {
	sync.Mutex
	byName map[string]*Meta
}{byName: map[string]*Meta{}}

// Tables returns every described table by name.
func Tables() []*Meta {
	tables.Lock()
	defer tables.Unlock()
	all := make([]*Meta, 0, len(tables.byName))
	for _, m := range tables.byName {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *Meta) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// TablesIn returns the described tables that a statement names, wherever it names
// them. A name in a longer word is not one.
func TablesIn(sql string) []string {
	tables.Lock()
	defer tables.Unlock()
	var named []string
	for word := range strings.FieldsFuncSeq(sql, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if m := tables.byName[word]; m != nil && !slices.Contains(named, m.Name) {
			named = append(named, m.Name)
		}
	}
	return named
}

// Table describes a table whose rows are of type T. T is a struct whose fields
// carry the tag `db:"column"`, with the options ",key" for a part of the primary
// key and ",json" for a value kept as JSON text. Fields are string, []byte,
// integers, bool or time.Time (and types made of these); an empty []byte and a
// zero time are NULL. A keyed table has a field `db:"mac"` of type []byte that
// only this package fills.
type Table[T any] struct {
	Meta
	fields    []field // in the order of Columns
	keyFields []field
	mac       int // index into fields, or -1
	selects   string
	inserts   string
	// insertsMany inserts rowsAtOnce rows.
	insertsMany string
	updates     string
	deletes     string
	upserts     string
}

type kind byte

const (
	textKind kind = iota
	bytesKind
	intKind
	boolKind
	timeKind
	jsonKind
)

type field struct {
	column string
	index  int
	kind   kind
}

// Option changes what Define makes.
type Option func(*Meta)

// AsUpkeep makes a table one of upkeep.
func AsUpkeep(m *Meta) { m.Class = Upkeep }

// AsFinal makes a table whose rows never change.
func AsFinal(m *Meta) { m.Final = true }

// Define describes a table. It panics on a description that cannot work and on
// a second description of the same table: descriptions are program text.
func Define[T any](name string, options ...Option) *Table[T] {
	t := &Table[T]{Meta: Meta{Name: name, Class: Protected}, mac: -1}
	for _, o := range options {
		o(&t.Meta)
	}
	t.describe(reflect.TypeFor[T]())
	t.compose()
	tables.Lock()
	defer tables.Unlock()
	if _, taken := tables.byName[name]; taken {
		panic("db: table described twice: " + name)
	}
	tables.byName[name] = &t.Meta
	return t
}

func (t *Table[T]) describe(row reflect.Type) {
	for i := range row.NumField() {
		tag, ok := row.Field(i).Tag.Lookup("db")
		if !ok {
			continue
		}
		column, rest, _ := strings.Cut(tag, ",")
		f := field{column: column, index: i, kind: kindOf(t.Name, row.Field(i), rest)}
		t.fields = append(t.fields, f)
		if strings.Contains(rest, "key") {
			t.keyFields = append(t.keyFields, f)
			t.Key = append(t.Key, column)
		}
	}
	if len(t.Key) == 0 {
		panic("db: table " + t.Name + " has no key")
	}
	slices.SortFunc(t.fields, func(a, b field) int { return strings.Compare(a.column, b.column) })
	for i, f := range t.fields {
		t.Columns = append(t.Columns, f.column)
		if f.column == "mac" {
			t.mac, t.Keyed = i, true
		}
	}
}

func kindOf(table string, f reflect.StructField, options string) kind {
	if strings.Contains(options, "json") {
		return jsonKind
	}
	switch {
	case f.Type == reflect.TypeFor[time.Time]():
		return timeKind
	case f.Type.Kind() == reflect.String:
		return textKind
	case f.Type.Kind() == reflect.Bool:
		return boolKind
	case f.Type.Kind() == reflect.Int64 || f.Type.Kind() == reflect.Int:
		return intKind
	case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Uint8:
		return bytesKind
	}
	panic(fmt.Sprintf("db: %s.%s: a column cannot hold %s", table, f.Name, f.Type))
}

func (t *Table[T]) compose() {
	list := strings.Join(t.Columns, ", ")
	t.selects = "SELECT " + list + " FROM " + t.Name + " "
	t.inserts = "INSERT INTO " + t.Name + " (" + list + ") VALUES (" + placeholders(1, len(t.Columns)) + ")"
	groups := make([]string, rowsAtOnce)
	for i := range groups {
		groups[i] = "(" + placeholders(1+i*len(t.Columns), len(t.Columns)) + ")"
	}
	t.insertsMany = "INSERT INTO " + t.Name + " (" + list + ") VALUES " + strings.Join(groups, ", ")
	var sets, excluded []string
	for _, c := range t.Columns {
		if !slices.Contains(t.Key, c) {
			sets = append(sets, fmt.Sprintf("%s = $%d", c, len(sets)+1))
			excluded = append(excluded, c+" = excluded."+c)
		}
	}
	t.updates = "UPDATE " + t.Name + " SET " + strings.Join(sets, ", ") + " WHERE " + t.keyMatch(len(sets)+1)
	t.deletes = "DELETE FROM " + t.Name + " WHERE " + t.keyMatch(1)
	t.upserts = t.inserts + " ON CONFLICT (" + strings.Join(t.Key, ", ") + ") DO "
	if len(excluded) == 0 {
		t.upserts += "NOTHING"
	} else {
		t.upserts += "UPDATE SET " + strings.Join(excluded, ", ")
	}
}

func (t *Table[T]) keyMatch(first int) string {
	parts := make([]string, len(t.Key))
	for i, c := range t.Key {
		parts[i] = fmt.Sprintf("%s = $%d", c, first+i)
	}
	return strings.Join(parts, " AND ")
}

func placeholders(first, n int) string {
	parts := make([]string, n)
	for i := range n {
		parts[i] = fmt.Sprintf("$%d", first+i)
	}
	return strings.Join(parts, ", ")
}

// Insert writes a new row.
func (t *Table[T]) Insert(ctx context.Context, w Writer, row *T) error {
	values, digest, err := t.seal(w, row)
	if err != nil {
		return err
	}
	return w.Apply(ctx, Change{Table: &t.Meta, Op: Insert, Key: t.keyOf(row), Digest: digest, SQL: t.inserts, Args: values})
}

// rowsAtOnce is how many rows one statement of InsertAll holds.
const rowsAtOnce = 64

// InsertAll writes many new rows of upkeep, some to a statement: a statement for
// each is what bounds how fast derived rows can be written.
func (t *Table[T]) InsertAll(ctx context.Context, w Writer, rows []T) error {
	if t.Class != Upkeep {
		return fmt.Errorf("db: %s: protected rows are written one by one, because the account lists each", t.Name)
	}
	for len(rows) >= rowsAtOnce {
		args := make([]any, 0, rowsAtOnce*len(t.fields))
		for i := range rows[:rowsAtOnce] {
			values, _, err := t.seal(w, &rows[i])
			if err != nil {
				return err
			}
			args = append(args, values...)
		}
		err := w.Apply(ctx, Change{Table: &t.Meta, Op: Insert, Key: t.keyOf(&rows[0]) + " …", SQL: t.insertsMany, Args: args, Rows: rowsAtOnce})
		if err != nil {
			return err
		}
		rows = rows[rowsAtOnce:]
	}
	for i := range rows {
		if err := t.Insert(ctx, w, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// Update writes every column of a row that is there. The row must have been
// read in the same transaction.
func (t *Table[T]) Update(ctx context.Context, w Writer, row *T) error {
	if t.Final {
		return fmt.Errorf("db: %s: rows are final", t.Name)
	}
	values, digest, err := t.seal(w, row)
	if err != nil {
		return err
	}
	args := make([]any, 0, len(values))
	for i, f := range t.fields {
		if !slices.Contains(t.Key, f.column) {
			args = append(args, values[i])
		}
	}
	args = append(args, t.keyValues(row)...)
	return w.Apply(ctx, Change{Table: &t.Meta, Op: Update, Key: t.keyOf(row), Digest: digest, SQL: t.updates, Args: args})
}

// Put writes a row of upkeep, whether it is there or not.
func (t *Table[T]) Put(ctx context.Context, w Writer, row *T) error {
	if t.Class != Upkeep || t.Final {
		return fmt.Errorf("db: %s: only rows of upkeep may be put", t.Name)
	}
	values, digest, err := t.seal(w, row)
	if err != nil {
		return err
	}
	return w.Apply(ctx, Change{Table: &t.Meta, Op: Update, Key: t.keyOf(row), Digest: digest, SQL: t.upserts, Args: values, Upsert: true})
}

// Delete removes a row that is there.
func (t *Table[T]) Delete(ctx context.Context, w Writer, row *T) error {
	if t.Final {
		return fmt.Errorf("db: %s: rows are final", t.Name)
	}
	return w.Apply(ctx, Change{Table: &t.Meta, Op: Delete, Key: t.keyOf(row), SQL: t.deletes, Args: t.keyValues(row)})
}

// Get reads the row of a key, or returns [ErrNone], as a [MissingError].
func (t *Table[T]) Get(ctx context.Context, r Reader, key ...any) (T, error) {
	rows, err := t.Select(ctx, r, "WHERE "+t.keyMatch(1), key...)
	var none T
	switch {
	case err != nil:
		return none, err
	case len(rows) == 0:
		return none, &MissingError{Table: t.Name, Key: key}
	}
	return rows[0], nil
}

// Select reads the rows that match. where is the portable SQL after the table's
// name: WHERE …, ORDER BY …, LIMIT …. A keyed row whose code is wrong makes the
// whole answer [ErrForged].
func (t *Table[T]) Select(ctx context.Context, r Reader, where string, args ...any) ([]T, error) {
	rows, err := r.Query(ctx, t.selects+where, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name, err)
	}
	defer rows.Close()
	var all []T
	into := t.scanner()
	for rows.Next() {
		var row T
		if err := into.scan(rows, &row); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		if err := t.authentic(r, &row); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name, err)
	}
	return all, nil
}

func (t *Table[T]) authentic(r Reader, row *T) error {
	if t.mac < 0 {
		return nil
	}
	values, err := t.values(row)
	if err != nil {
		return err
	}
	code, _ := values[t.mac].([]byte)
	if !hmac.Equal(code, r.MAC(digest(t.Name, t.Columns, values, "mac"))) {
		return fmt.Errorf("%s %s: %w", t.Name, t.keyOf(row), ErrForged)
	}
	return nil
}

// seal returns the values of a row in the order of its columns, with the code
// of a keyed row filled in, and the digest over all of them.
func (t *Table[T]) seal(w Writer, row *T) ([]any, []byte, error) {
	values, err := t.values(row)
	if err != nil {
		return nil, nil, err
	}
	if t.mac >= 0 {
		code := w.MAC(digest(t.Name, t.Columns, values, "mac"))
		values[t.mac] = code
		reflect.ValueOf(row).Elem().Field(t.fields[t.mac].index).SetBytes(code)
	}
	if t.Class == Upkeep {
		return values, nil, nil
	}
	return values, digest(t.Name, t.Columns, values, ""), nil
}

func (t *Table[T]) values(row *T) ([]any, error) {
	at := reflect.ValueOf(row).Elem()
	values := make([]any, len(t.fields))
	for i, f := range t.fields {
		v, err := f.value(at.Field(f.index))
		if err != nil {
			return nil, fmt.Errorf("db: %s.%s: %w", t.Name, f.column, err)
		}
		values[i] = v
	}
	return values, nil
}

func (t *Table[T]) keyValues(row *T) []any {
	at := reflect.ValueOf(row).Elem()
	values := make([]any, len(t.keyFields))
	for i, f := range t.keyFields {
		v, err := f.value(at.Field(f.index))
		if err != nil {
			panic(err)
		}
		values[i] = v
	}
	return values
}

func (t *Table[T]) keyOf(row *T) string { return keyText(t.keyValues(row)) }

func (f field) value(v reflect.Value) (any, error) {
	switch f.kind {
	case textKind:
		return v.String(), nil
	case intKind:
		return v.Int(), nil
	case boolKind:
		if v.Bool() {
			return int64(1), nil
		}
		return int64(0), nil
	case bytesKind:
		if v.Len() == 0 {
			return nil, nil
		}
		return v.Bytes(), nil
	case timeKind:
		at := v.Interface().(time.Time)
		if at.IsZero() {
			return nil, nil
		}
		return at.UnixMicro(), nil
	default:
		text, err := json.Marshal(v.Interface())
		return string(text), err
	}
}

// scanner holds the places that one row is read into.
type scanner struct {
	fields []field
	dest   []any
	ints   []int64
	times  []*int64
	texts  []string
}

func (t *Table[T]) scanner() *scanner {
	n := len(t.fields)
	return &scanner{fields: t.fields, dest: make([]any, n), ints: make([]int64, n), times: make([]*int64, n), texts: make([]string, n)}
}

func (s *scanner) scan(rows Rows, row any) error {
	at := reflect.ValueOf(row).Elem()
	for i, f := range s.fields {
		to := at.Field(f.index).Addr().UnsafePointer()
		switch f.kind {
		case textKind:
			s.dest[i] = (*string)(to)
		case bytesKind:
			s.dest[i] = (*[]byte)(to)
		case intKind, boolKind:
			s.dest[i] = &s.ints[i]
		case timeKind:
			s.dest[i] = &s.times[i]
		case jsonKind:
			s.dest[i] = &s.texts[i]
		}
	}
	if err := rows.Scan(s.dest...); err != nil {
		return err
	}
	for i, f := range s.fields {
		to := at.Field(f.index)
		switch f.kind {
		case intKind:
			to.SetInt(s.ints[i])
		case boolKind:
			to.SetBool(s.ints[i] != 0)
		case timeKind:
			if s.times[i] != nil {
				*(*time.Time)(to.Addr().UnsafePointer()) = time.UnixMicro(*s.times[i]).UTC()
			}
		case jsonKind:
			if err := json.Unmarshal([]byte(s.texts[i]), to.Addr().Interface()); err != nil {
				return fmt.Errorf("column %s: %w", f.column, err)
			}
		}
	}
	return nil
}
