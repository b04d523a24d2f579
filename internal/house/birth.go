package house

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// Bearing asks for a new store.
type Bearing struct {
	Config
	Demo           bool
	PassphraseFile string // of a real store
	NameZH         string
	NameEN         string
	Origin         string       // names the ledger; made from the organisation's id when empty
	Params         vault.Params // of the keyring; the default when zero
	Patients       int          // of a demonstration; the default when zero
	Progress       func(doing string, done, of int)
}

// Born is what a birth leaves to be shown once.
type Born struct {
	SignInName string // of the first administrator
	Password   string
}

// Bear makes a new store in a folder: its keys, its schema, what it is, and its
// first administrator; in a demonstration a whole invented hospital as well. A
// birth that was broken off can be begun again in an empty folder only.
func Bear(ctx context.Context, b Bearing) (Born, error) {
	place, err := newPlace(b.Folder, b.PassphraseFile, b.Demo)
	if err != nil {
		return Born{}, err
	}
	passphrase, err := vault.ReadPassphrase(place.PassphraseFile)
	if err != nil {
		return Born{}, err
	}
	keyring, err := vault.CreateKeyring(place.Keyring, passphrase, b.Params)
	if err != nil {
		return Born{}, err
	}
	if err := keyring.Close(); err != nil {
		return Born{}, err
	}
	h, err := openParts(ctx, b.Config, place)
	if err != nil {
		return Born{}, err
	}
	born, err := h.bear(ctx, b)
	if err := errors.Join(err, h.Close()); err != nil {
		return Born{}, err
	}
	return born, place.settle()
}

func (h *House) bear(ctx context.Context, b Bearing) (Born, error) {
	hospital := demoHospital(b)
	h.Birth = Birth{Org: id.New(h.Clock.Now()), Kind: RealStore, NameZH: b.NameZH, NameEN: b.NameEN, Origin: b.Origin, BornAt: h.Clock.Now()}
	if b.Demo {
		h.Birth.Kind, h.Birth.NameZH, h.Birth.NameEN = DemoStore, hospital.Organisation.Name.Zh, hospital.Organisation.Name.En
	}
	if h.Birth.Origin == "" {
		h.Birth.Origin = "medward/" + h.Birth.Org
	}
	err := h.Store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		if err := refuseInUse(ctx, w); err != nil {
			return err
		}
		return births.Insert(ctx, w, &h.Birth)
	}})
	if err != nil {
		return Born{}, err
	}
	if err := h.furnish(ctx, b.Config); err != nil {
		return Born{}, err
	}
	var born Born
	err = h.Tending(ctx, func() (err error) {
		if b.Demo {
			return h.settleHospital(ctx, hospital, b.Progress)
		}
		born.SignInName, born.Password, err = h.Identity.FirstAdministrator(ctx)
		return err
	})
	return born, err
}

// Tending runs fn while the ledger places and signs, and returns when all of it
// is signed. Commands that act use it in place of a server.
func (h *House) Tending(ctx context.Context, fn func() error) error {
	under, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- h.Ledger.Run(under) }()
	err := fn()
	if err == nil {
		settling, cancel := context.WithTimeout(ctx, time.Minute)
		err = h.Ledger.Settle(settling)
		cancel()
	}
	stop()
	return errors.Join(err, <-ended)
}

// refuseInUse keeps a store from being born in the database of another, whose
// keys the new one does not have.
func refuseInUse(ctx context.Context, r db.Reader) error {
	found, err := births.Select(ctx, r, "ORDER BY org LIMIT 1")
	if errors.Is(err, db.ErrForged) || len(found) > 0 {
		return errDatabaseInUse.Because(err)
	}
	return err
}
