package view

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// settledAfter is how long nobody must have written to a file: one that is being written
// is left for the next reading.
const settledAfter = 10 * time.Second

var documentPattern = regexp.MustCompile(`^[\p{L}\p{N}_*][\p{L}\p{N}_*. -]{0,120}\.(xml|cda|hl7|json|dcm)$`)

// CheckFiles reports whether files of a kind of connection may be called so.
func CheckFiles(kind, pattern string) error {
	if kind != Folder || !documentPattern.MatchString(pattern) {
		return ErrName
	}
	return nil
}

// Files lists the files of a folder whose names match, by name: a table of their names and
// of what tells that one was written anew. No link leads out of the folder, and none is
// followed in it.
func (c Connection) Files(pattern string, now time.Time) (t Table, err error) {
	if err := CheckFiles(c.Kind, pattern); err != nil {
		return Table{}, err
	}
	root, err := os.OpenRoot(c.Folder)
	if err != nil {
		return Table{}, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	names, err := fs.Glob(root.FS(), pattern)
	if err != nil {
		return Table{}, err
	}
	if len(names) > MaxRows {
		return Table{}, ErrTooMuch
	}
	t = Table{Name: pattern, Has: []string{"file", "version"}}
	for i, name := range names {
		info, err := root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return Table{}, err
		case !info.Mode().IsRegular() || now.Sub(info.ModTime()) < settledAfter:
			continue
		}
		row := Row{Line: i + 1, Cells: []string{name, strconv.FormatInt(info.Size(), 10) + " " + strconv.FormatInt(info.ModTime().UnixNano(), 10)}}
		if _, written := (Connection{}).decode([]byte(name)); !written {
			row.Broken = "file"
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// File reads a file that [Connection.Files] listed. It fails with [ErrNoFile] when it is
// gone, and with [ErrTooMuch].
func (c Connection) File(name string) (raw []byte, err error) {
	if c.Kind != Folder || filepath.Base(name) != name {
		return nil, ErrName
	}
	root, err := os.OpenRoot(c.Folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	raw, err = readBounded(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoFile
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return raw, nil
}
