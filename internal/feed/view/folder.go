package view

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/medward/medward/kit/sheet"
)

// readFolder reads the last file of a name in the operator's folder. No link leads out
// of it.
func (c Connection) readFolder(ask Ask) (Table, error) {
	root, err := os.OpenRoot(c.Folder)
	if err != nil {
		return Table{}, err
	}
	defer func() { _ = root.Close() }()
	names, err := fs.Glob(root.FS(), ask.Table)
	if err != nil {
		return Table{}, err
	}
	if len(names) == 0 {
		return Table{}, ErrNoFile
	}
	name := names[len(names)-1]
	raw, err := readBounded(root, name)
	if err != nil {
		return Table{}, err
	}
	comma := ','
	if strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".txt") {
		comma = '\t'
	}
	grid, err := sheet.Read(raw, MaxRows+1, comma)
	if err != nil {
		return Table{}, fmt.Errorf("%s: %w", name, err)
	}
	if len(grid.Rows) > MaxRows+1 {
		return Table{}, ErrTooMuch
	}
	return c.tableOf(name, grid, ask)
}

func readBounded(root *os.Root, name string) (raw []byte, err error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNoFile
	}
	if raw, err = io.ReadAll(io.LimitReader(file, MaxBytes+1)); len(raw) > MaxBytes {
		return nil, ErrTooMuch
	}
	return raw, err
}

func (c Connection) tableOf(name string, grid sheet.Grid, ask Ask) (Table, error) {
	if len(grid.Rows) == 0 {
		return Table{}, &MissingError{ask.Columns}
	}
	t := Table{Name: name, Has: grid.Rows[0]}
	at, err := places(t.Has, ask.Columns)
	if err != nil {
		return t, err
	}
	for i, cells := range grid.Rows[1:] {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		row := Row{Line: i + 2, Cells: make([]string, len(at))}
		for k, place := range at {
			if place >= len(cells) {
				continue
			}
			text, ok := Connection{}.decode([]byte(cells[place]))
			if !ok || grid.Formulas[[2]int{row.Line, place + 1}] {
				row.Broken = ask.Columns[k]
				continue
			}
			row.Cells[k] = text
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
