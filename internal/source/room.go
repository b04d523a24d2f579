package source

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/brief"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Signer signs in the name of whoever acts.
type Signer interface {
	Sign(ctx context.Context, actor act.Actor, message []byte) (key string, signature []byte, err error)
}

// Options are what the room is made of.
type Options struct {
	Door   *act.Door
	Duty   *duty.Room
	Vault  *vault.Vault
	Ledger *ledger.Ledger // asked what sources have done
	Signer Signer
	Org    string // whose clock it keeps
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Acting is who acts in a session that counts, from where a program calls. It fails
	// with [ErrGone] for one that does not. Nil: no program acts for anybody.
	Acting func(ctx context.Context, org, session string, from act.Actor) (act.Actor, error)
	// Address is under which people reach the house; empty: the one that a caller used.
	Address string
	// Alarm is told of a forged row.
	Alarm func(ctx context.Context, what string, err error)
}

// Room keeps the sources.
type Room struct {
	desk    *act.Desk
	duty    *duty.Room
	vault   *vault.Vault
	ledger  *ledger.Ledger
	signer  Signer
	org     string
	bonds   staff.BondsOf
	acting  func(ctx context.Context, org, session string, from act.Actor) (act.Actor, error)
	address string
	alarm   func(ctx context.Context, what string, err error)
	name    string // of this process among those that keep the clock
	meter   *meter
	rates   rates
	openers *brief.Memory[string, opener] // keys shown a moment ago
	// knocks bounds what is shown from one address, refusals how many of one source
	// are put on the account.
	knocks, refusals web.Throttle
}

const (
	// A source may call as often as was agreed, and all its machines from one address.
	knocksInMinute   = maxPerMinute
	refusalsInMinute = 30
)

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("source"), duty: o.Duty, vault: o.Vault, ledger: o.Ledger, signer: o.Signer, org: o.Org, bonds: o.Bonds, acting: o.Acting, address: o.Address, alarm: o.Alarm, meter: newMeter(), openers: brief.New[string, opener](openerLimit)}
	if room.acting == nil {
		room.acting = func(context.Context, string, string, act.Actor) (act.Actor, error) { return act.Actor{}, ErrGone }
	}
	room.name = id.New(room.desk.Now())
	room.knocks.ByAddress, room.knocks.ByAll = knocksInMinute, 20*knocksInMinute
	room.refusals.ByAddress, room.refusals.ByAll = refusalsInMinute, 20*refusalsInMinute
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// mustBeAnother refuses whoever is not a natural person unrelated to those before him
//
func (room *Room) mustBeAnother(ctx context.Context, w *act.Work, before ...string) error {
	return room.bonds.MustBeAnother(ctx, w, errOnePerson, before...)
}

// write is an act that may change sources and their keys, which are not remembered
// beyond it.
func (room *Room) write(ctx context.Context, verb string, fn func(ctx context.Context, w *act.Work) error) error {
	defer room.openers.Forget()
	return room.desk.Do(ctx, verb, fn)
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
	return room.write(ctx, "source.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// change is the spine of all that is done to a source.
func (room *Room) change(ctx context.Context, verb, source string, do func(ctx context.Context, w *act.Work, s *Source) error) (Source, error) {
	var s Source
	err := room.write(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if s, err = sources.Get(ctx, w, w.Actor().Org, source); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, s.Object()); err != nil {
			return err
		}
		w.Note("source", s.ID)
		if err := do(ctx, w, &s); err != nil {
			return err
		}
		s.Rev++
		return sources.Update(ctx, w, &s)
	})
	return s, err
}
