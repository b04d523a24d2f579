package recipient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Duty     *duty.Room
	Vault    *vault.Vault
	Jobs     *job.Runner
	Org      string // whose clock it keeps
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Barring is the register of who is barred. Nil: nobody is.
	Barring staff.Barring
}

// Room keeps the recipients and what was sent to them.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	duty     *duty.Room
	vault    *vault.Vault
	org      string
	bonds    staff.BondsOf
	barring  staff.Barring
	name     string // of this process among those that keep the clock
}

// New returns the room and takes over the telling of other systems.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("recipient"), patients: o.Patients, duty: o.Duty, vault: o.Vault, org: o.Org, bonds: o.Bonds}
	room.name = id.New(room.desk.Now())
	if room.barring = o.Barring; o.Barring == nil {
		room.barring = staff.NobodyBarred{}
	}
	o.Jobs.Handle(notifyJob, room.notify)
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// mustBeAnother refuses whoever is not a natural person unrelated to those before him.
func (room *Room) mustBeAnother(ctx context.Context, w *act.Work, before ...string) error {
	return room.bonds.MustBeAnother(ctx, w, errOnePerson, before...)
}

// asHouse acts as the house itself.
func (room *Room) asHouse(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(room.asHouse(ctx), "recipient.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// change is the spine of all that is done to a recipient.
func (room *Room) change(ctx context.Context, verb, recipient string, do func(ctx context.Context, w *act.Work, x *Recipient) error) (Recipient, error) {
	var x Recipient
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if x, err = recipients.Get(ctx, w, w.Actor().Org, recipient); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, x.Object()); err != nil {
			return err
		}
		w.Note("recipient", x.ID)
		if err := do(ctx, w, &x); err != nil {
			return err
		}
		x.Rev++
		return recipients.Update(ctx, w, &x)
	})
	return x, room.barring.Kept(ctx, err)
}
