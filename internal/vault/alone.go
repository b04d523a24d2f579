package vault

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

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
