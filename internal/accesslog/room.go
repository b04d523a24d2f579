package accesslog

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Source is a foreign system as its register tells it.
type Source struct {
	ID    string // as an actor
	Code  string
	Name  fault.Text
	Owner string // the person who answers for it
	Live  bool
}

// Sources finds a foreign system by its code.
type Sources func(ctx context.Context, r db.Reader, org, code string) (Source, bool, error)

// Accounts tells to whom accounts of a source belong: a person by each account. One of
// nobody, or of several, is missing.
type Accounts func(ctx context.Context, r db.Reader, org, source string, accounts []string) (map[string]string, error)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Rules    *policy.Shelf
	Duty     *duty.Room
	Patients *patient.Room
	Vault    *vault.Vault
	Jobs     *job.Runner
	Org      string // whose clock it keeps
	Sources  Sources
	// Accounts knows what accounts there are in other systems. Nil: only staff numbers tell.
	Accounts Accounts
}

// Room keeps what was reported.
type Room struct {
	desk     *act.Desk
	rules    *policy.Shelf
	duty     *duty.Room
	patients *patient.Room
	vault    *vault.Vault
	sources  Sources
	accounts Accounts
	org      string
	live     *live
}

// New returns the room.
func New(o Options) *Room {
	room := &Room{desk: o.Door.Desk("accesslog"), rules: o.Rules, duty: o.Duty, patients: o.Patients, vault: o.Vault, sources: o.Sources, accounts: o.Accounts, org: o.Org, live: newLive()}
	o.Jobs.Handle(matchJob, room.match)
	return room
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// asHouse is a context in which the house itself acts, for what it does later on.
func asHouse(ctx context.Context, org string) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: org}, Purpose: "operation"})
}

// house is an act about the house as a whole.
func (room *Room) house(ctx context.Context, verb string, do func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		return do(ctx, w)
	})
}

// told is a disclosure about the house as a whole.
func (room *Room) told(ctx context.Context, verb string, tell func(ctx context.Context, r *act.Reading) error) error {
	return room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := r.Permit(ctx, houseObject(r.Actor().Org)); err != nil {
			return err
		}
		return tell(ctx, r)
	})
}

// mustHandIn refuses a source that may not hand in now, and a machine that speaks of
// another system than itself.
func (room *Room) mustHandIn(ctx context.Context, r db.Reader, a act.Actor, code string) error {
	s, known, err := room.sources(ctx, r, a.Org, code)
	if err == nil && (!known || !s.Live || a.Kind == act.Feed && s.ID != a.ID) {
		err = errSource.With("source", code)
	}
	return err
}

// hourOf is the beginning of the hour of a moment.
func hourOf(at time.Time) time.Time { return at.Truncate(time.Hour) }
