// Package durable writes files that are on stable storage, whole, or not there at
// all: what a store needs to be opened again.
package durable

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// WriteNew makes a file that must not be there yet, for its owner alone.
func WriteNew(path string, data []byte) error {
	temp, err := writeBeside(path, data)
	if err != nil {
		return err
	}
	return errors.Join(os.Link(temp, path), os.Remove(temp), SyncFolder(filepath.Dir(path)))
}

// WriteOver replaces a file by its successor in one step, and then overwrites
// what the old file held as far as the file system allows.
func WriteOver(path string, data []byte) (err error) {
	old, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // the operator names the file
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	temp, err := writeBeside(path, data)
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	if err := SyncFolder(filepath.Dir(path)); err != nil {
		return err
	}
	return overwrite(old)
}

func overwrite(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(make([]byte, info.Size()), 0); err != nil {
		return fmt.Errorf("overwriting the keys that were destroyed: %w", err)
	}
	return f.Sync()
}

func writeBeside(path string, data []byte) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// SyncFolder makes the names of a folder durable.
func SyncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the folder of a file of ours
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
