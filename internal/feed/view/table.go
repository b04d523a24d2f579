package view

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Ask says what is read.
type Ask struct {
	// Table is a view, such as his.v_patient; in a folder the name of a file, in which *
	// stands for anything: the last of them by its name is read.
	Table   string
	Columns []string
	// Changed is the column that tells when a row changed last; with Since only what
	// changed from then on is read. A folder is always read whole.
	Changed string
	Since   time.Time
}

// Table is what was read: its rows have the columns that were asked for, in that order.
type Table struct {
	// Name is what was read in the end.
	Name string
	// Has are all columns of the table.
	Has  []string
	Rows []Row
	// Part says that only what changed since was read.
	Part bool
}

// Row is a row of a table.
type Row struct {
	Line  int // from 1, in the order of the table; in a file its line
	Cells []string
	// Broken is the column of a cell that cannot be taken for text, or empty.
	Broken string
}

const (
	// MaxRows and MaxBytes bound a table.
	MaxRows  = 100_000
	MaxBytes = 64 << 20
	// patience bounds the reading of a table.
	patience = 5 * time.Minute
)

// MissingError says that a table has lost columns.
type MissingError struct{ Columns []string }

func (e *MissingError) Error() string {
	return "view: no column " + strings.Join(e.Columns, ", ")
}

var (
	// ErrTooMuch is returned for a table beyond the bounds.
	ErrTooMuch = fmt.Errorf("view: more than %d rows or %d MiB", MaxRows, MaxBytes>>20)
	// ErrNoFile is returned when a folder holds no file of the name.
	ErrNoFile = errors.New("view: no file of this name")
	// ErrName is returned for a name that cannot be that of a view or a file.
	ErrName = errors.New("view: not the name of a view or a file")
)

var (
	viewPattern = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_$#]{0,127}(\.[\p{L}_][\p{L}\p{N}_$#]{0,127}){0,2}$`)
	filePattern = regexp.MustCompile(`^[\p{L}\p{N}_*][\p{L}\p{N}_*. -]{0,120}\.(csv|tsv|txt|xlsx)$`)
)

// CheckName reports whether a table of a kind of connection may be called so.
func CheckName(kind, table string) error {
	pattern := viewPattern
	if kind == Folder {
		pattern = filePattern
	}
	if !pattern.MatchString(table) {
		return ErrName
	}
	return nil
}

// Read reads a table. It fails with a [MissingError], [ErrTooMuch], [ErrNoFile], or with
// what the other side says.
func (c Connection) Read(ctx context.Context, ask Ask) (Table, error) {
	if err := CheckName(c.Kind, ask.Table); err != nil {
		return Table{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if c.Kind == Folder {
		return c.readFolder(ask)
	}
	return c.readDatabase(ctx, ask)
}

// places are where the columns that were asked for stand among those that there are.
func places(has, asked []string) ([]int, error) {
	at := make([]int, len(asked))
	var missing []string
	for i, column := range asked {
		if at[i] = slices.Index(has, column); at[i] < 0 {
			at[i] = slices.IndexFunc(has, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), column) })
		}
		if at[i] < 0 {
			missing = append(missing, column)
		}
	}
	if len(missing) > 0 {
		return nil, &MissingError{missing}
	}
	return at, nil
}
