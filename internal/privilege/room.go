package privilege

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// Eyes are how the room looks at rows: the verifier, which it does not run itself
// because a room holds a desk and not the store.
type Eyes struct {
	// Permissions compares the rows that give power, reading only what was written
	// since it was asked last.
	Permissions func(ctx context.Context) (verify.Look, error)
	// Tables compares some tables, reading the whole ledger.
	Tables func(ctx context.Context, tables []string) (verify.Look, error)
	// Whole verifies everything. progress is told how far it has come.
	Whole func(ctx context.Context, progress func(stage string, done, total int64)) (verify.Report, error)
	// Known are the tables that a change may name.
	Known []string
}

// Options are what the room is made of.
type Options struct {
	Door  *act.Door
	Duty  *duty.Room
	Vault *vault.Vault
	Jobs  *job.Runner
	Org   string // whose clock it keeps
	// Verbs are those of the rulebook, of which some want a second person.
	Verbs  []string
	Ledger *ledger.Ledger
	Eyes   Eyes
	// Bonds tells what makes two people count as one. Nil: nothing but being the same.
	Bonds staff.BondsOf
	// Suspend stops the account of somebody whom a forged row names, and reports
	// whether it did. Nil: no account is stopped.
	Suspend func(ctx context.Context, person string) (bool, error)
	// Alarm is told of what was done behind the house.
	Alarm func(ctx context.Context, what string, err error)
}

// CodeOf is the code under which a foreign system is registered, by its id.
type CodeOf func(ctx context.Context, r db.Reader, org, source string) (string, error)

// NamesSources adds who knows foreign systems. It is called while the house is put
// together.
func (room *Room) NamesSources(by CodeOf) { room.codeOf = by }

// Room holds changes, envelopes, sessions and findings.
type Room struct {
	codeOf  CodeOf
	desk    *act.Desk
	duty    *duty.Room
	vault   *vault.Vault
	org     string
	eyes    Eyes
	bonds   staff.BondsOf
	suspend func(ctx context.Context, person string) (bool, error)
	alarm   func(ctx context.Context, what string, err error)
	name    string // of this process among those that keep the clock
	looking sync.Mutex
	verbs   []string
	ledger  *ledger.Ledger

	important atomic.Pointer[listRead] // operations that want a second person, as read last
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("privilege"), duty: o.Duty, vault: o.Vault, org: o.Org, eyes: o.Eyes, bonds: o.Bonds, suspend: o.Suspend, alarm: o.Alarm, verbs: o.Verbs, ledger: o.Ledger}
	room.name = id.New(room.desk.Now())
	o.Door.Seconds(seconds{room})
	o.Jobs.Handle(wholeJob, room.verifyWhole)
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// object is a thing of the room as policy sees it: somebody asked for it.
func object(org, id, author string) policy.Object {
	return policy.Object{Kind: "Privilege", ID: id, Org: org, Author: author}
}

// mustBeAnother refuses whoever is not a natural person unrelated to those before him
// (E-148, B-108).
func (room *Room) mustBeAnother(ctx context.Context, w *act.Work, before ...string) error {
	return room.bonds.MustBeAnother(ctx, w, errOnePerson, before...)
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(room.clockContext(ctx), "privilege.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

func (room *Room) clockContext(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}
