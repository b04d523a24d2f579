package order

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func (s Set) object() policy.Object {
	return policy.Object{Kind: "House", ID: s.Org, Org: s.Org, Author: s.MadeBy}
}

// LoadRules writes rules that count once somebody else has approved them. One set waits
// at a time: the next that is loaded takes its place.
func (room *Room) LoadRules(ctx context.Context, rules []Rule) (Set, error) {
	if err := room.desk.Begin(ctx, "order.load-rules"); err != nil {
		return Set{}, err
	}
	if err := checkRules(rules); err != nil {
		return Set{}, err
	}
	var s Set
	err := room.desk.Do(ctx, "order.load-rules", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		last, known, err := newestRules(ctx, w, org)
		if err != nil {
			return err
		}
		s = Set{Org: org, Number: last.Number + 1, Rules: rules, MadeBy: w.Actor().ID, Made: w.Now()}
		w.Note("rules", strconv.Itoa(len(rules)))
		if known && last.Approved.IsZero() {
			s.Number = last.Number
			return sets.Update(ctx, w, &s)
		}
		return sets.Insert(ctx, w, &s)
	})
	return s, err
}

// ApproveRules puts a set into force; somebody unrelated to whoever loaded it.
func (room *Room) ApproveRules(ctx context.Context, number int) (Set, error) {
	var s Set
	err := room.desk.Do(ctx, "order.approve-rules", func(ctx context.Context, w *act.Work) (err error) {
		s, err = sets.Get(ctx, w, w.Actor().Org, int64(number))
		missing := errors.Is(err, db.ErrNone)
		if missing {
			s, err = Set{Org: w.Actor().Org, Number: number}, nil
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, s.object()); err != nil {
			return err
		}
		if missing || !s.Approved.IsZero() {
			return errNotWaiting.With("number", strconv.Itoa(number))
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, s.MadeBy); err != nil {
			return err
		}
		s.ApprovedBy, s.Approved = w.Actor().ID, w.Now()
		w.Note("number", strconv.Itoa(s.Number))
		if err := sets.Update(ctx, w, &s); err != nil {
			return err
		}
		_, err = job.Enqueue(ctx, w, job.Order{Org: s.Org, Kind: weighAllJob, Args: weighArgs{}, By: w.ID(), Now: w.Now(), Dedupe: s.Org})
		return err
	})
	return s, err
}

// Ruled are the set in force and the one that waits; a set without a number is none.
type Ruled struct {
	InForce, Waiting Set
	Starter          []Rule
	Names            map[string]staff.Name
}

// SeeRules discloses the rules in force, those that wait, and those that come with the
// program.
func (room *Room) SeeRules(ctx context.Context) (Ruled, error) {
	var out Ruled
	err := room.desk.Disclose(ctx, "order.see-rules", func(ctx context.Context, r *act.Reading) (err error) {
		out = Ruled{}
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if out.InForce, _, err = rulesInForce(ctx, r, org); err != nil {
			return err
		}
		newest, _, err := newestRules(ctx, r, org)
		if err != nil {
			return err
		}
		if newest.Number > 0 && newest.Approved.IsZero() {
			out.Waiting = newest
		}
		if out.Starter, err = Starter(); err != nil {
			return err
		}
		var people []string
		for _, p := range []string{out.InForce.MadeBy, out.InForce.ApprovedBy, out.Waiting.MadeBy} {
			if p != "" {
				people = append(people, p)
			}
		}
		out.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return out, err
}
