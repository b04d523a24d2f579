package view

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/dial"
)

// readDatabase reads a view in one transaction.
func (c Connection) readDatabase(ctx context.Context, ask Ask) (t Table, err error) {
	database, err := c.open()
	if err != nil {
		return Table{}, fmt.Errorf("connection %s: %w", c.Code, err)
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	database.SetMaxOpenConns(1)
	e := engines[c.Kind]
	tx, err := database.BeginTx(ctx, e.transaction())
	if err != nil {
		return Table{}, fmt.Errorf("connection %s: %w", c.Code, err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range e.first {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return Table{}, fmt.Errorf("connection %s: %w", c.Code, err)
		}
	}
	return c.readView(ctx, tx, e, ask)
}

func (c Connection) readView(ctx context.Context, tx *sql.Tx, e engine, ask Ask) (Table, error) {
	from := e.quoted(ask.Table)
	has, raw, err := c.columnsOf(ctx, tx, from)
	if err != nil {
		return Table{}, err
	}
	asked := ask.Columns
	if ask.Changed != "" {
		asked = append(slices.Clip(asked), ask.Changed)
	}
	at, err := places(has, asked)
	t := Table{Name: ask.Table, Has: has}
	if err != nil {
		return t, err
	}
	cells := make([]string, len(ask.Columns))
	for i := range cells {
		cells[i] = e.text(e.quote(raw[at[i]]), c.Encoding == GB18030)
	}
	statement, args := "SELECT "+strings.Join(cells, ", ")+" FROM "+from, []any(nil) //nolint:gosec // made of names that were checked
	if ask.Changed != "" && !ask.Since.IsZero() {
		statement += " WHERE " + e.quote(raw[at[len(cells)]]) + " >= " + e.place
		args, t.Part = []any{ask.Since}, true
	}
	rows, err := tx.QueryContext(ctx, statement, args...)
	if err != nil {
		return t, fmt.Errorf("reading %s: %w", ask.Table, err)
	}
	defer func() { _ = rows.Close() }()
	return t, c.scan(rows, ask.Columns, &t)
}

// columnsOf are the columns that a view has, decoded and as its engine calls them.
func (c Connection) columnsOf(ctx context.Context, tx *sql.Tx, from string) (has, raw []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+from+" WHERE 1 = 0") //nolint:gosec // as above
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", from, err)
	}
	defer func() { _ = rows.Close() }()
	if raw, err = rows.Columns(); err != nil {
		return nil, nil, err
	}
	for _, name := range raw {
		text, ok := c.decodeName([]byte(name))
		if !ok {
			text = name
		}
		has = append(has, text)
	}
	return has, raw, errors.Join(rows.Err(), rows.Close())
}

func (c Connection) scan(rows *sql.Rows, columns []string, t *Table) error {
	cells, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	size := 0
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		row := Row{Line: len(t.Rows) + 1, Cells: make([]string, len(columns))}
		for i, cell := range cells {
			size += len(cell)
			text, ok := c.decode(cell)
			if !ok {
				row.Broken = columns[i]
			}
			row.Cells[i] = text
		}
		if t.Rows = append(t.Rows, row); len(t.Rows) > MaxRows || size > MaxBytes {
			t.Rows = nil
			return ErrTooMuch
		}
	}
	return rows.Err()
}

// way is how a database is reached: only at the address that the operator wrote down.
func (c Connection) way() (*dial.Dialer, dial.Destination, error) {
	roots, err := c.roots()
	return dial.New(roots), dial.Destination{Address: c.Address, Internal: true, Plain: c.Plain}, err
}
