package privilege

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/base/said"
	"github.com/medward/medward/internal/policy"
)

// seconds is the room as the door asks it.
type seconds struct{ room *Room }

// Confirmed implements [act.Seconds]. An act of a person on the list rests on one
// confirmation of just this act that has not run out.
func (s seconds) Confirmed(ctx context.Context, r *act.Reading, o policy.Object) (string, error) {
	minutes, listed, err := s.room.wantsSecond(ctx, r)
	if err != nil || !listed {
		return "", err
	}
	request, err := said.In(ctx)
	if err != nil {
		return "", err
	}
	digest := saidDigest(request)
	actor := r.Actor()
	found, err := confirmedFor(ctx, r, o.Org, actor.ID, boundTo(o.Org, actor.ID, r.Verb(), o.Kind, o.ID, digest))
	if err != nil {
		return "", err
	}
	for _, one := range found {
		if !one.counts(r.Now()) {
			continue
		}
		bonds, err := s.room.bonds.Among(ctx, r, o.Org, r.Now(), actor.ID, one.Second)
		if err != nil {
			return "", err
		}
		if bonds.TwoPersons([]string{actor.ID}, []string{one.Second}, r.Now()) {
			r.Note(secondNote, one.Second)
			return one.ID, nil
		}
	}
	r.Note(secondNote, secondMissing)
	return "", act.ErrSecondWanted.With("minutes", strconv.Itoa(minutes)).Carrying(act.SecondWanted{
		Verb: r.Verb(), Kind: o.Kind, Object: o.ID, Patient: o.Patient, Said: digest, Minutes: minutes,
	})
}

// What the account of an important act says of its second person.
const (
	secondNote    = "second"
	secondMissing = "missing"
)

// Spend implements [act.Seconds].
func (s seconds) Spend(ctx context.Context, w *act.Work, confirmation string) error {
	one, err := confirmations.Get(ctx, w, w.Actor().Org, confirmation)
	if err != nil {
		return err
	}
	one.State, one.Spent, one.Act = Spent, w.Now(), w.ID()
	return confirmations.Update(ctx, w, &one)
}

// listFor is how long a process goes by the list as it read it; a change that it makes
// itself it knows at once.
const listFor = 2 * time.Second

// wantsSecond reports whether the door asks for a second person at the verb of an act.
func (room *Room) wantsSecond(ctx context.Context, r *act.Reading) (minutes int, listed bool, err error) {
	all, err := room.listed(ctx, r, r.Actor().Org, r.Now())
	for _, o := range all {
		if o.Verb == r.Verb() && o.Flow == (fault.Text{}) {
			return o.Minutes, true, err
		}
	}
	return 0, false, err
}

// listRead is the list of an organisation as it was read at a moment.
type listRead struct {
	org string
	at  time.Time
	all []Operation
}

func (room *Room) listed(ctx context.Context, r db.Reader, org string, at time.Time) ([]Operation, error) {
	if known := room.important.Load(); known != nil && known.org == org && !at.Before(known.at) && at.Before(known.at.Add(listFor)) {
		return known.all, nil
	}
	agreed, err := importantAgreed(ctx, r, org)
	if err != nil {
		return nil, err
	}
	all := operations(agreed)
	room.important.Store(&listRead{org, at, all})
	return all, nil
}

// Call says that an act waits for a second person. said is the digest that the refusal
// told.
func (room *Room) Call(ctx context.Context, verb, kind, object, said string) (Second, error) {
	const own = "privilege.call-second"
	if err := room.desk.Begin(ctx, own); err != nil {
		return Second{}, err
	}
	e := errInput.With()
	e.MustName("verb", verb, maxName)
	e.MustName("kind", kind, maxName)
	e.MustName("object", object, maxName)
	e.MustName("said", said, maxName)
	if err := e.OrNil(); err != nil {
		return Second{}, err
	}
	var s Second
	err := room.desk.Do(ctx, own, func(ctx context.Context, w *act.Work) error {
		org, actor := w.Actor().Org, w.Actor().ID
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		all, err := room.listed(ctx, w, org, w.Now())
		if err != nil {
			return err
		}
		minutes := 0
		for _, o := range all {
			if o.Verb == verb && o.Flow == (fault.Text{}) {
				minutes = o.Minutes
			}
		}
		if minutes == 0 {
			return errNotImportant.With()
		}
		s = Second{
			Org: org, ID: id.New(w.Now()), Verb: verb, Kind: kind, Object: object, Digest: boundTo(org, actor, verb, kind, object, said), AskedBy: actor,
			Asked: w.Now(), Expires: w.Now().Add(time.Duration(minutes) * time.Minute), State: Called,
		}
		w.Note("call", s.ID)
		w.Note("verb", verb)
		return confirmations.Insert(ctx, w, &s)
	})
	return s, err
}

// Confirm is the second person's yes to one act of somebody unrelated, who called for it.
func (room *Room) Confirm(ctx context.Context, call string) (Second, error) {
	var s Second
	err := room.desk.Do(ctx, "privilege.confirm-second", func(ctx context.Context, w *act.Work) (err error) {
		if s, err = confirmations.Get(ctx, w, w.Actor().Org, call); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, s.object()); err != nil {
			return err
		}
		switch {
		case s.State != Called:
			return errOrder.With("state", s.State)
		case !s.Expires.After(w.Now()):
			return errLapsed.With()
		}
		if err := room.mustBeAnother(ctx, w, s.AskedBy); err != nil {
			return err
		}
		s.State, s.Second, s.Session, s.Confirmed, s.Until = Confirmed, w.Actor().ID, w.Actor().Session, w.Now(), w.Now().Add(s.Expires.Sub(s.Asked))
		w.Note("call", s.ID)
		w.Note("verb", s.Verb)
		return confirmations.Update(ctx, w, &s)
	})
	return s, err
}
