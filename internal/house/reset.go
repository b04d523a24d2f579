package house

import (
	"context"
	"errors"
	"os"

	"github.com/medward/medward/internal/base/fault"
)

var (
	// ErrRealStore is returned for what only a demo store allows.
	ErrRealStore = fault.Define("house.real-store", fault.Refused,
		"这是正式库，不能重置，未作改动。", "This is a real store; it cannot be reset and nothing was changed.",
		"only a store that was born a demo can be made anew")
	errResetElsewhere = fault.Define("house.reset-embedded-only", fault.Invalid,
		"重置只适用于嵌入式演示库；请新建一个 PostgreSQL 库。", "Only an embedded demo store can be reset; make a new PostgreSQL database instead.",
		"demo reset removes the folder's database file and nothing else")
)

// RemoveDemo removes the embedded demo store of a folder. It opens the store
// first: only what says of itself, under its key, that it was born a demo is
// removed.
func RemoveDemo(ctx context.Context, c Config) error {
	if c.URL != "" {
		return errResetElsewhere.With()
	}
	h, err := Open(ctx, c)
	if errors.Is(err, ErrNoStore) {
		return nil
	}
	if err != nil {
		return err
	}
	kind := h.Birth.Kind
	if err := h.Close(); err != nil {
		return err
	}
	if kind != DemoStore {
		return ErrRealStore.With()
	}
	p := h.Place
	for _, file := range []string{p.file(), p.database(), p.database() + "-wal", p.database() + "-shm", p.PassphraseFile, p.Keyring} {
		if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return os.RemoveAll(p.blobs())
}
