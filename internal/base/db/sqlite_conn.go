package db

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// sqliteConn is one connection with its prepared statements. It serves one
// goroutine at a time.
type sqliteConn struct {
	conn       *sqlite.Conn
	statements map[string]*sqliteStatement
	open       *sqliteRows
	together   int // how deep in parts that may only ask
}

// sqliteStatement is a prepared statement; arguments says for each of its
// parameters, in the engine's order, which argument it takes.
type sqliteStatement struct {
	*sqlite.Stmt
	arguments []int
	highest   int
}

var sqlitePragmas = []string{
	"journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "case_sensitive_like=ON",
	"cache_size=-65536", "temp_store=MEMORY", "secure_delete=ON", "trusted_schema=OFF",
}

func connectSQLite(path string) (*sqliteConn, error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return nil, err
	}
	conn.SetBusyTimeout(10 * time.Second)
	for _, pragma := range sqlitePragmas {
		if err := sqlitex.ExecuteTransient(conn, "PRAGMA "+pragma, nil); err != nil {
			return nil, errors.Join(fmt.Errorf("setting %s: %w", pragma, err), conn.Close())
		}
	}
	return &sqliteConn{conn: conn, statements: map[string]*sqliteStatement{}}, nil
}

// close finalizes the statements as well. The last connection to leave a
// database moves the write-ahead log into it.
func (c *sqliteConn) close() error {
	c.closeRows()
	return c.conn.Close()
}

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 512

func (c *sqliteConn) prepare(text string) (*sqliteStatement, error) {
	if st, ok := c.statements[text]; ok {
		return st, nil
	}
	if len(c.statements) >= maxStatements {
		for old, st := range c.statements {
			if err := st.Finalize(); err != nil {
				return nil, err
			}
			delete(c.statements, old)
		}
	}
	prepared, err := c.conn.Prepare(text)
	if err != nil {
		return nil, err
	}
	st := &sqliteStatement{Stmt: prepared}
	for i := 1; i <= prepared.BindParamCount(); i++ {
		name := prepared.BindParamName(i)
		place, err := strconv.Atoi(name[min(1, len(name)):])
		if err != nil {
			return nil, errors.Join(fmt.Errorf("db: parameter %q in %q is not of the form $1", name, text), prepared.Finalize())
		}
		st.arguments = append(st.arguments, place-1)
		st.highest = max(st.highest, place)
	}
	c.statements[text] = st
	return st, nil
}

func (st *sqliteStatement) bind(args []any) error {
	if len(args) != st.highest {
		return fmt.Errorf("db: %d arguments given to a statement that takes %d", len(args), st.highest)
	}
	for i, argument := range st.arguments {
		if err := st.bindOne(i+1, args[argument]); err != nil {
			return fmt.Errorf("db: argument $%d: %w", argument+1, err)
		}
	}
	return nil
}

func (st *sqliteStatement) bindOne(at int, value any) error {
	switch v := value.(type) {
	case nil:
		st.BindNull(at)
	case string:
		st.BindText(at, v)
	case int64:
		st.BindInt64(at, v)
	case int:
		st.BindInt64(at, int64(v))
	case []byte:
		if v == nil {
			st.BindNull(at)
			return nil
		}
		st.BindBytes(at, v)
	default:
		return st.bindKind(at, reflect.ValueOf(value))
	}
	return nil
}

// bindKind binds values of named types.
func (st *sqliteStatement) bindKind(at int, v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		st.BindText(at, v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		st.BindInt64(at, v.Int())
	case reflect.Pointer:
		if v.IsNil() {
			st.BindNull(at)
			return nil
		}
		return st.bindOne(at, v.Elem().Interface())
	default:
		return fmt.Errorf("a column cannot hold %s", v.Type())
	}
	return nil
}

// exec carries out a statement without arguments.
func (c *sqliteConn) exec(text string) error {
	_, err := c.affect(text)
	return err
}

// affect carries out a statement and reports how many rows it changed.
func (c *sqliteConn) affect(text string, args ...any) (int64, error) {
	st, err := c.prepare(text)
	if err != nil {
		return 0, err
	}
	if err := st.bind(args); err != nil {
		return 0, err
	}
	for more := true; more; {
		if more, err = st.Step(); err != nil {
			return 0, err
		}
	}
	return int64(c.conn.Changes()), st.Reset()
}

func (c *sqliteConn) query(text string, args []any) (*sqliteRows, error) {
	st, err := c.prepare(text)
	if err != nil {
		return nil, err
	}
	if err := st.bind(args); err != nil {
		return nil, err
	}
	c.open = &sqliteRows{st: st, conn: c}
	return c.open, nil
}

func (c *sqliteConn) closeRows() {
	if c.open != nil {
		c.open.Close()
	}
}

// sqliteRows is an answer that is being read.
type sqliteRows struct {
	st   *sqliteStatement
	conn *sqliteConn
	err  error
}

func (r *sqliteRows) Next() bool {
	if r.conn.open != r {
		return false
	}
	more, err := r.st.Step()
	if err != nil {
		r.err = err
	}
	if !more {
		r.Close()
	}
	return more
}

func (r *sqliteRows) Err() error { return r.err }

func (r *sqliteRows) Close() {
	if r.conn.open != r {
		return
	}
	r.conn.open = nil
	r.err = errors.Join(r.err, r.st.Reset())
}

var errNoRow = errors.New("db: no row to scan")

func (r *sqliteRows) Scan(dest ...any) error {
	if r.conn.open != r {
		return errors.Join(errNoRow, r.err)
	}
	if len(dest) != r.st.ColumnCount() {
		return fmt.Errorf("db: %d places for %d columns", len(dest), r.st.ColumnCount())
	}
	for i, to := range dest {
		if err := r.scan(i, to); err != nil {
			return fmt.Errorf("db: column %d: %w", i, err)
		}
	}
	return nil
}

func (r *sqliteRows) scan(column int, dest any) error {
	kind := r.st.ColumnType(column)
	switch to := dest.(type) {
	case *any:
		*to = r.value(column, kind)
		return nil
	case *[]byte:
		*to = nil
		if kind == sqlite.TypeNull {
			return nil
		}
		if kind == sqlite.TypeBlob {
			*to = r.bytes(column)
			return nil
		}
	case **int64:
		*to = nil
		if kind == sqlite.TypeNull {
			return nil
		}
		if kind == sqlite.TypeInteger {
			n := r.st.ColumnInt64(column)
			*to = &n
			return nil
		}
	case *string:
		if kind == sqlite.TypeText {
			*to = r.st.ColumnText(column)
			return nil
		}
	case *int64:
		if kind == sqlite.TypeInteger {
			*to = r.st.ColumnInt64(column)
			return nil
		}
	case *int:
		if kind == sqlite.TypeInteger {
			*to = r.st.ColumnInt(column)
			return nil
		}
	}
	return fmt.Errorf("a value of kind %s does not fit into %T", kind, dest)
}

func (r *sqliteRows) bytes(column int) []byte {
	content := make([]byte, r.st.ColumnLen(column))
	r.st.ColumnBytes(column, content)
	return content
}

func (r *sqliteRows) value(column int, kind sqlite.ColumnType) any {
	switch kind {
	case sqlite.TypeInteger:
		return r.st.ColumnInt64(column)
	case sqlite.TypeFloat:
		return r.st.ColumnFloat(column)
	case sqlite.TypeText:
		return r.st.ColumnText(column)
	case sqlite.TypeBlob:
		return r.bytes(column)
	}
	return nil
}
