package retention

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

// Witness says that somebody is present and sees a destruction carried out (监销). It holds
// for two hours. Whoever drew the list up is no witness of it.
func (room *Room) Witness(ctx context.Context, list string, rev int) (Destruction, error) {
	return room.step(ctx, "retention.witness", list, rev, said{id: id.New(room.desk.Now())}, Approved, func(ctx context.Context, w *act.Work, _ *Destruction, before []Step) (Step, error) {
		others := append(byWhom(before, StepDrawUp), present(before, w.Now())...)
		return Step{Kind: StepWitness}, room.bonds.MustBeAnother(ctx, w, errOnePerson, others...)
	})
}

// present are the witnesses whose word holds at a moment.
func present(all []Step, at time.Time) (people []string) {
	for _, s := range all {
		if s.Kind == StepWitness && at.Sub(s.At) < witnessed {
			people = append(people, s.Person)
		}
	}
	return people
}

// Destroy destroys the data key of every record on an approved list, before two witnesses
// who are unrelated to whoever does it. A record that came to be kept since it was listed
// stays, and the list says why. From then on nobody opens what was destroyed; a copy of the
// database still holds its keys until the next rotation.
func (room *Room) Destroy(ctx context.Context, list string, rev int) (Destruction, error) {
	s := said{id: id.New(room.desk.Now())}
	return room.step(ctx, "retention.destroy", list, rev, s, Approved, func(ctx context.Context, w *act.Work, d *Destruction, before []Step) (Step, error) {
		seeing := present(before, w.Now())
		if len(seeing) < Witnesses {
			return Step{}, errWitnesses.With("count", strconv.Itoa(Witnesses))
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, seeing...); err != nil {
			return Step{}, err
		}
		listed, err := itemsOf(ctx, w, d.Org, d.ID)
		if err != nil {
			return Step{}, err
		}
		for i := range listed {
			if err := room.destroy(ctx, w, d, &listed[i]); err != nil {
				return Step{}, err
			}
		}
		if d.Destroyed == 0 {
			return Step{}, errEmpty.With()
		}
		d.State, d.Ended = Destroyed, w.Now()
		certificate, err := Certificate(*d, listed, append(slices.Clone(before), Step{ID: s.id, Kind: StepDestroy, Person: w.Actor().ID, At: w.Now()}))
		if err != nil {
			return Step{}, err
		}
		sum := sm.Sum(certificate)
		d.Digest = sum[:]
		w.Note("destroyed", strconv.Itoa(d.Destroyed))
		w.Note("certificate", fmt.Sprintf("%x", d.Digest))
		return Step{Kind: StepDestroy}, room.duty.DoneIn(ctx, w, CarryOut, d.ID)
	})
}

func (room *Room) destroy(ctx context.Context, w *act.Work, d *Destruction, item *Item) error {
	if item.State != ItemListed {
		return nil
	}
	_, kept, err := keepsOff(ctx, w, d.Org, item.Patient, w.Now())
	if err != nil {
		return err
	}
	item.At = w.Now()
	w.Concerns(policy.Object{Kind: "Patient", ID: item.Patient, Org: d.Org, Patient: item.Patient})
	if kept != "" {
		item.State, item.Kept = ItemKept, kept
		d.Kept++
		return items.Update(ctx, w, item)
	}
	held, err := record.HoldingsOf(ctx, w, d.Org, item.Patient)
	if err != nil {
		return err
	}
	item.State, item.Documents, item.Digest = ItemDestroyed, held.Documents, held.Digest
	d.Destroyed++
	if err := items.Update(ctx, w, item); err != nil {
		return err
	}
	return room.patients.Erase(ctx, w, d.Org, item.Patient)
}
