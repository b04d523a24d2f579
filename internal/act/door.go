package act

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Rulebook decides. It is implemented by *policy.Book.
type Rulebook interface {
	Decide(policy.Request) policy.Decision
	Verbs() []string
	// Kinds returns the kinds of object that a verb applies to, sorted.
	Kinds(verb string) []string
}

// Ties finds what ties an actor to patients at a moment: by patient, every
// relation, stated reason, break-glass or grant that a room holds.
type Ties func(ctx context.Context, r db.Reader, actor Actor, patients []string, at time.Time) (map[string][]policy.Tie, error)

// Options are the parts a door is made of.
type Options struct {
	Store db.Store
	Rules Rulebook
	Clock clock.Clock
	Log   *slog.Logger
	// Blind makes a code of a value that only the keys of the store give.
	Blind func(org, column, value string) string
	// Step is between the moments at which what says no leaves; zero for at once.
	Step time.Duration
	// Alarm is told of what must never happen: a rulebook that cannot decide,
	// a forged row.
	Alarm func(ctx context.Context, what string, err error)
}

// Door is the one way to change and to content.
type Door struct {
	store    db.Store
	rules    Rulebook
	clock    clock.Clock
	log      *slog.Logger
	blind    func(org, column, value string) string
	step     time.Duration
	alarm    func(ctx context.Context, what string, err error)
	verbs    map[string]bool
	ties     []Ties
	seconds  Seconds
	holds    []Hold
	nobodies *nobodies
	kept     keeper
}

// New returns a door.
func New(o Options) *Door {
	d := &Door{store: o.Store, rules: o.Rules, clock: o.Clock, log: o.Log, blind: o.Blind, step: o.Step, alarm: o.Alarm, verbs: map[string]bool{}}
	for _, v := range o.Rules.Verbs() {
		d.verbs[v] = true
	}
	d.nobodies = newNobodies(d)
	return d
}

// Ties adds a room's answer to what ties an actor to a patient. It is called
// while the house is put together, before the first act.
func (d *Door) Ties(find Ties) { d.ties = append(d.ties, find) }

// Desk is a room's place at the door.
type Desk struct {
	door *Door
	room string
}

// Desk returns the desk of a room, which may use the verbs room.* only.
func (d *Door) Desk(room string) *Desk { return &Desk{door: d, room: room} }

// Now is the time by which the house acts.
func (k *Desk) Now() time.Time { return k.door.clock.Now() }

func (k *Desk) owns(verb string) bool {
	return strings.HasPrefix(verb, k.room+".") && k.door.verbs[verb]
}

// Upkeep writes rows that keep the machinery going: tables of the class upkeep
// and no others.
func (k *Desk) Upkeep(ctx context.Context, fn func(ctx context.Context, w db.Writer) error) error {
	return k.door.store.Write(ctx, db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		return fn(ctx, upkeepWriter{w})
	}})
}

// Look reads for the machinery's own use. What it reads must not reach a person
// except through [Desk.Disclose].
func (k *Desk) Look(ctx context.Context, fn func(r db.Reader) error) error {
	return k.door.store.Read(ctx, fn)
}

type upkeepWriter struct{ db.Writer }

func (w upkeepWriter) Apply(ctx context.Context, c db.Change) error {
	if c.Table.Class != db.Upkeep {
		return errWroteUnasked.With("table", c.Table.Name)
	}
	return w.Writer.Apply(ctx, c)
}

// TiesOf tells what would tie somebody to patients in an act of his at a moment, by
// patient: to show who could, and what would have been; never to decide an act.
func (r *Reading) TiesOf(ctx context.Context, who Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	return r.door.tiesOf(ctx, r.Reader, who, patients, at)
}

// tiesOf asks every room what ties the actor to the patients.
func (d *Door) tiesOf(ctx context.Context, r db.Reader, actor Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	answers := make([]map[string][]policy.Tie, len(d.ties))
	asking := make([]func() error, len(d.ties))
	for i, find := range d.ties {
		asking[i] = func() (err error) {
			answers[i], err = find(ctx, r, actor, patients, at)
			return err
		}
	}
	if err := r.Together(ctx, asking...); err != nil {
		return nil, err
	}
	all := map[string][]policy.Tie{}
	for _, found := range answers {
		for patient, ties := range found {
			all[patient] = append(all[patient], ties...)
		}
	}
	return all, nil
}
