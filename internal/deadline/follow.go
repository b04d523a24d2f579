package deadline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

const (
	clockLease = "deadline-clock"
	// clockTerm is how long one process reckons without a word.
	clockTerm = 5 * time.Minute
	// entriesAtOnce is how many entries of the ledger one look goes through.
	entriesAtOnce = 2000
	// looksAtOnce bounds the looks of one tick: what lies further ahead is for the next.
	looksAtOnce = 50
	// atOnce is how many rows are looked for in one step.
	atOnce = 100
)

// place is up to which entry of the ledger the house has followed.
type place struct {
	Org      string `db:"org,key"`
	Position int64  `db:"position"`
}

var places = db.Define[place]("deadline_place", db.AsUpkeep)

// Tick follows what happened since the last look, ends pauses whose time is over, marks
// what has become overdue and reckons anew after a change of the rules. The house calls it
// every minute on every process; one of them does the work.
func (room *Room) Tick(ctx context.Context) error {
	ctx = room.jobContext(ctx)
	lease, held, err := room.lead(ctx)
	if err != nil || !held {
		return err
	}
	k := keeper{room, lease}
	return errors.Join(k.follow(ctx), k.endPauses(ctx), k.markOverdue(ctx), k.reckonAgain(ctx))
}

func (room *Room) jobContext(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
}

func (room *Room) lead(ctx context.Context) (lease db.Lease, held bool, err error) {
	err = room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) (err error) {
		lease, err = db.Acquire(ctx, w, clockLease, room.name, room.desk.Now(), clockTerm)
		return err
	})
	if errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) {
		return lease, false, nil
	}
	return lease, err == nil, err
}

// keeper reckons under a lease.
type keeper struct {
	room  *Room
	lease db.Lease
}

// do is one act of the clock. It fails when another process reckons by now.
func (k keeper) do(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return k.room.desk.Do(ctx, "deadline.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(k.room.org)); err != nil {
			return err
		}
		if err := db.Check(ctx, w, k.lease); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// follow reckons the encounters to which something happened since the last look. Before
// the first set is in force nothing is followed.
func (k keeper) follow(ctx context.Context) error {
	at, begun, err := k.begin(ctx)
	if err != nil || !begun {
		return err
	}
	for range looksAtOnce {
		var touched []string
		next := at
		err := k.room.desk.Look(ctx, func(r db.Reader) error {
			entries, upTo, err := k.room.ledger.Following(ctx, r, k.room.org, k.room.verbs, at, entriesAtOnce)
			if err != nil {
				return err
			}
			next = upTo
			touched, err = k.room.touched(ctx, r, entries)
			return err
		})
		if err != nil {
			return err
		}
		if err := k.reckonAll(ctx, touched); err != nil {
			return err
		}
		if next == at {
			return nil
		}
		at = next
		if err := k.keep(ctx, at); err != nil {
			return err
		}
	}
	return nil
}

// begin is from where to follow: where the last look ended, or where the first set came
// into force.
func (k keeper) begin(ctx context.Context) (at int64, begun bool, err error) {
	err = k.room.desk.Look(ctx, func(r db.Reader) error {
		kept, err := places.Get(ctx, r, k.room.org)
		if at, begun = kept.Position, err == nil; begun || !errors.Is(err, db.ErrNone) {
			return err
		}
		approved, err := approvedSets(ctx, r, k.room.org)
		if err != nil || len(approved) == 0 || approved[0].Since.After(k.room.desk.Now()) {
			return err
		}
		begun = true
		at, err = k.room.ledger.Before(ctx, r, k.room.org, approved[0].Since)
		return err
	})
	return at, begun, err
}

func (k keeper) keep(ctx context.Context, at int64) error {
	return k.room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		if err := db.Check(ctx, w, k.lease); err != nil {
			return err
		}
		return places.Put(ctx, w, &place{Org: k.room.org, Position: at})
	})
}

// touched are the encounters whose rows, or the rows of whose documents and requisitions,
// were written.
func (room *Room) touched(ctx context.Context, r db.Reader, entries []ledger.Entry) ([]string, error) {
	found, looked := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		for _, w := range e.Writes {
			_, key, keyed := strings.Cut(w.Key, "/")
			key, _, _ = strings.Cut(key, "/")
			if !keyed || looked[w.Table+key] {
				continue
			}
			looked[w.Table+key] = true
			encounter, err := room.encounterOf(ctx, r, w.Table, key)
			if err != nil {
				return nil, err
			}
			if encounter != "" {
				found[encounter] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

func (room *Room) encounterOf(ctx context.Context, r db.Reader, table, key string) (encounter string, err error) {
	switch table {
	case "patient_encounter":
		return key, nil
	case "patient_requisition":
		return room.patients.EncounterAsked(ctx, r, room.org, key)
	case "record_document":
		_, encounter, err = room.records.EncounterWith(ctx, r, room.org, key)
	case "deadline_condition":
		var found []Condition
		if found, err = conditions.Select(ctx, r, "WHERE org = $1 AND id = $2", room.org, key); len(found) > 0 {
			encounter = found[0].Encounter
		}
	}
	return encounter, err
}

// reckonAll reckons encounters one by one; one that fails does not keep the others.
func (k keeper) reckonAll(ctx context.Context, encounters []string) error {
	var failed error
	for _, one := range encounters {
		if err := k.reckon(ctx, one); err != nil {
			failed = errors.Join(failed, fmt.Errorf("encounter %s: %w", one, err))
		}
		if errors.Is(failed, db.ErrGone) {
			break
		}
	}
	return failed
}

// reckon brings the dues of an encounter to what they should be. One that is as it should
// be costs a look and no act.
func (k keeper) reckon(ctx context.Context, encounter string) error {
	idle := true
	err := k.room.desk.Look(ctx, func(r db.Reader) error {
		steps, _, err := k.room.stepsOf(ctx, r, encounter, k.room.desk.Now())
		idle = len(steps) == 0
		return err
	})
	if err != nil || idle {
		return err
	}
	return k.do(ctx, func(ctx context.Context, w *act.Work) error {
		steps, e, err := k.room.stepsOf(ctx, w, encounter, w.Now())
		if err != nil || len(steps) == 0 {
			return err
		}
		w.Concerns(policy.Object{Kind: "Encounter", ID: e.ID, Patient: e.Patient})
		for _, s := range steps[:min(len(steps), stepsAtOnce)] {
			if err := k.room.save(ctx, w, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// stepsAtOnce keeps an act within the rows that it may write: a due, its task, that task's
// step and its messages.
const stepsAtOnce = 60

func (room *Room) stepsOf(ctx context.Context, r db.Reader, encounter string, now time.Time) ([]step, patient.Encounter, error) {
	by, held, err := room.rulesAt(ctx, r, room.org, now)
	if err != nil || !held {
		return nil, patient.Encounter{}, err
	}
	e, err := room.patients.EncounterOf(ctx, r, room.org, encounter)
	if fault.KindOf(err) == fault.NotFound {
		return nil, e, nil
	}
	if err != nil {
		return nil, e, err
	}
	steps, err := room.plan(ctx, r, by, e, now)
	return steps, e, err
}
