package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// writeNew makes a file that must not be there yet. It is on stable storage, whole,
// or not there at all.
func writeNew(path string, data []byte) error {
	temp, err := writeBeside(path, data)
	if err != nil {
		return err
	}
	return errors.Join(os.Link(temp, path), os.Remove(temp), syncFolder(filepath.Dir(path)))
}

// writeOver replaces a file by its successor in one step, and then overwrites
// what the old file held as far as the file system allows.
func writeOver(path string, data []byte) (err error) {
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
	if err := syncFolder(filepath.Dir(path)); err != nil {
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

func syncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the folder of a file of ours
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// alone runs fn while no other process changes files of the folder through it.
func alone(folder string, fn func() error) error {
	d, err := os.Open(folder) //nolint:gosec // the folder of a file of ours
	if err != nil {
		return err
	}
	if err := syscall.Flock(int(d.Fd()), syscall.LOCK_EX); err != nil {
		return errors.Join(fmt.Errorf("locking %s: %w", folder, err), d.Close())
	}
	return errors.Join(fn(), d.Close())
}
