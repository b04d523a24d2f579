package house

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/durable"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/vault"
)

// brief is what opening the keyring of a rehearsal costs: its passphrase is random, and
// lives for a moment.
var brief = vault.Params{MemoryKiB: 8, Passes: 1, Lanes: 1}

// emptyHouse bears a store into which an export is taken in a rehearsal. Its keys are
// removed as soon as they are in memory, so that what a crash leaves behind tells nothing.
func (h *House) emptyHouse(ctx context.Context) (*handover.Taker, error) {
	base, err := os.MkdirTemp(h.Place.Folder, "rehearsal-")
	if err != nil {
		return nil, err
	}
	empty, err := h.bearEmpty(ctx, base)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(base))
	}
	taking := empty.Operator()
	taking.Roles = []string{"demo-operator"} // nobody has a post there, and nothing but this is in it
	under, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- empty.Ledger.Run(under) }()
	return &handover.Taker{
		Org: empty.Birth.Org, Door: empty.Door, Intake: empty.Intake, Records: empty.Records, Patients: empty.Patients,
		As: func(ctx context.Context) context.Context { return act.With(ctx, taking) },
		Close: func() error {
			stop()
			return errors.Join(<-ended, empty.Close(), os.RemoveAll(base))
		},
	}, nil
}

func (h *House) bearEmpty(ctx context.Context, base string) (*House, error) {
	passphrase := filepath.Join(base, "passphrase")
	if err := durable.WriteNew(passphrase, vault.NewPassphrase()); err != nil {
		return nil, err
	}
	c := Config{Folder: filepath.Join(base, "store"), Version: h.Version, Log: h.Log}
	if _, err := Bear(ctx, Bearing{Config: c, PassphraseFile: passphrase, NameZH: "移交演练", NameEN: "Rehearsal", Params: brief}); err != nil {
		return nil, err
	}
	empty, err := Open(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(os.Remove(passphrase), os.Remove(empty.Place.Keyring)); err != nil {
		return nil, errors.Join(err, empty.Close())
	}
	return empty, nil
}
