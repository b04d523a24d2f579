package lineage

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
)

// Options are what the gate reads from.
type Options struct {
	Door       *act.Door
	Rules      *policy.Shelf
	Ledger     *ledger.Ledger
	Patients   *patient.Room
	Records    *record.Room
	Sources    *source.Room
	Recipients *recipient.Room
}

// Room tells where records came from and went.
type Room struct {
	desk *act.Desk
	o    Options
}

// New returns the gate.
func New(o Options) *Room { return &Room{desk: o.Door.Desk("lineage"), o: o} }

// Kinds of subject.
const (
	OfDocument = "document"
	OfPatient  = "patient"
)

const (
	// mostUses bounds how many uses are told, the newest first.
	mostUses = 1000
	// mostDocuments bounds of how many documents of a patient the ways are told.
	mostDocuments = 200
	// mostProofs bounds how many entries are proven in one evidence.
	mostProofs = 300
	// settling bounds how long an evidence waits for what was just done to be signed.
	settling = 3 * time.Second
)

// Of discloses where a document, or all of a patient, came from and where it went. With
// proofs it is the evidence of that.
func (room *Room) Of(ctx context.Context, kind, id string, proofs bool) (Lineage, error) {
	if err := room.desk.Begin(ctx, "lineage.view"); err != nil {
		return Lineage{}, err
	}
	if proofs {
		if err := room.settle(ctx); err != nil {
			return Lineage{}, err
		}
	}
	var l Lineage
	err := room.desk.Disclose(ctx, "lineage.view", func(ctx context.Context, r *act.Reading) error {
		object, err := room.object(ctx, r, kind, id)
		if err != nil {
			return err
		}
		if err := r.Permit(ctx, object); err != nil {
			return err
		}
		l = Lineage{Subject: Subject{kind, id, object.Patient}, At: r.Now(), By: r.Actor().ID, Nodes: []Node{}, Edges: []Edge{}, Uses: []Use{}, Entries: []Proven{}}
		if err := room.trace(ctx, r, &l); err != nil {
			return err
		}
		if !proofs {
			return nil
		}
		r.Note("evidence", "true")
		return room.prove(ctx, r, &l)
	})
	return l, err
}

func (room *Room) object(ctx context.Context, r *act.Reading, kind, id string) (policy.Object, error) {
	if kind == OfDocument {
		return room.o.Records.Asked(ctx, r, r.Actor().Org, id)
	}
	known, err := room.o.Patients.Find(ctx, r, r.Actor().Org, id)
	return known.Object, err
}

// settle waits a moment until what was just recorded has its place. Where nobody signs
// at the moment, what is signed must do.
func (room *Room) settle(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, settling)
	defer cancel()
	if err := room.o.Ledger.Settle(waiting); err != nil && waiting.Err() == nil {
		return err
	}
	return ctx.Err()
}

// prove gives every use its place in the ledger and, to those who may have it, its proof
// against the newest checkpoint.
func (room *Room) prove(ctx context.Context, r *act.Reading, l *Lineage) error {
	if err := l.seal(); err != nil {
		return err
	}
	newest, err := room.o.Ledger.Latest(ctx, r)
	if err != nil {
		return err
	}
	l.Checkpoint = newest.Note
	actor := r.Actor()
	l.Withheld = !room.o.Rules.Decide(policy.Request{
		Actor: actor.Actor, Verb: "ledger.prove", Object: policy.Object{Kind: "Ledger", ID: actor.Org, Org: actor.Org}, Purpose: actor.Purpose, At: r.Now(), Terminal: actor.Terminal, IP: actor.IP,
	}).Allowed
	for _, u := range l.Uses[:min(len(l.Uses), mostProofs)] {
		p, placed, err := room.proven(ctx, r, u.Entry, newest.Size, !l.Withheld)
		if err != nil {
			return err
		}
		if placed {
			l.Entries = append(l.Entries, p)
		}
	}
	return nil
}

func (room *Room) proven(ctx context.Context, r db.Reader, entry string, size int64, proof bool) (Proven, bool, error) {
	placed, err := room.o.Ledger.ByID(ctx, r, entry)
	if errors.Is(err, ledger.ErrNoEntry) || err == nil && placed.Position >= size {
		return Proven{}, false, nil // it has no signed place yet
	}
	if err != nil {
		return Proven{}, false, err
	}
	p := Proven{ID: entry, Position: placed.Position}
	if proof {
		found, err := room.o.Ledger.Inclusion(ctx, r, placed.Position, size)
		if err != nil {
			return p, false, err
		}
		p.Proof = &found
	}
	return p, true, nil
}

// name finds how the people in a lineage are called.
func (l *Lineage) name(ctx context.Context, r *act.Reading) (err error) {
	people := []string{l.By}
	for _, n := range l.Nodes {
		people = append(people, n.Person)
	}
	for _, u := range l.Uses {
		people = append(people, u.Person)
	}
	slices.Sort(people)
	people = slices.DeleteFunc(slices.Compact(people), func(one string) bool { return one == "" })
	l.Names, err = staff.Names(ctx, r, r.Actor().Org, people, r.Now())
	return err
}
