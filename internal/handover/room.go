package handover

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Signer signs with the key of a person's open signing session.
type Signer interface {
	Sign(ctx context.Context, actor act.Actor, message []byte) (key string, signature []byte, err error)
}

// Options are what the room is made of.
type Options struct {
	Door       *act.Door
	Vault      *vault.Vault
	Blobs      vault.BlobStore
	Jobs       *job.Runner
	Duty       *duty.Room
	Patients   *patient.Room
	Records    *record.Room
	Recipients *recipient.Room
	Exchange   *exchange.Room
	Signer     Signer
	Ledger     *ledger.Ledger
	Org        string
	Bonds      staff.BondsOf // none: two people are two ids
	// Empty bears an empty house, into which a rehearsal is taken.
	Empty func(ctx context.Context) (*Taker, error)
}

// Room hands the house over.
type Room struct {
	desk       *act.Desk
	vault      *vault.Vault
	blobs      vault.BlobStore
	duty       *duty.Room
	patients   *patient.Room
	records    *record.Room
	recipients *recipient.Room
	exchange   *exchange.Room
	signer     Signer
	ledger     *ledger.Ledger
	org        string
	bonds      staff.BondsOf
	empty      func(ctx context.Context) (*Taker, error)
}

// New returns the room, takes over the making of exports, and tells the door when people
// may not write.
func New(o Options) *Room {
	room := &Room{
		desk: o.Door.Desk("handover"), vault: o.Vault, blobs: o.Blobs, duty: o.Duty, patients: o.Patients, records: o.Records, recipients: o.Recipients,
		exchange: o.Exchange, signer: o.Signer, ledger: o.Ledger, org: o.Org, bonds: o.Bonds, empty: o.Empty,
	}
	o.Jobs.Handle(carryJob, room.carry)
	o.Jobs.Handle(compareJob, room.compare)
	o.Door.Ties(room.ties)
	o.Door.Holds(act.Hold{Tables: Tables(), Spared: spared, Lasts: room.lasts, Says: errReadOnly})
	return room
}

// asHouse acts as the house itself.
func (room *Room) asHouse(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

// demographics are what is known of a patient, or nil where his key was destroyed.
func (room *Room) demographics(ctx context.Context, r db.Reader, org, id string) (*patient.Demographics, error) {
	f, err := room.patients.FactsOf(ctx, r, org, id)
	if errors.Is(err, vault.KeyDestroyed) {
		return nil, nil
	}
	return &f.Demographics, err
}

func (room *Room) names(ctx context.Context, r db.Reader, org string, people []string) (map[string]staff.Name, error) {
	return staff.Names(ctx, r, org, people, room.desk.Now())
}
