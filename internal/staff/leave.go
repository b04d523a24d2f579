package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Leave records that somebody leaves, now or at a set moment. From then on he
// holds nothing: every appointment and every stay ends, and what he was given must
// be taken back line by line.
func (r *Room) Leave(ctx context.Context, n NewDeparture) (Departure, error) {
	now := r.desk.Now()
	if n.At.IsZero() {
		n.At = now
	}
	if err := n.check(now); err != nil {
		return Departure{}, err
	}
	var made Departure
	err := r.desk.Do(ctx, "staff.leave", func(ctx context.Context, w *act.Work) (err error) {
		org := w.Actor().Org
		if err := mustKnow(findPerson(ctx, w, org, n.Person)); err != nil {
			return err
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Person", ID: n.Person, Org: org, Concerns: n.Person}); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), n.Person); err != nil {
			return err
		}
		made, err = r.depart(ctx, w, n)
		return err
	})
	if err != nil {
		return Departure{}, err
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}

// depart is [Room.Leave] within an act that was permitted.
func (r *Room) depart(ctx context.Context, w *act.Work, n NewDeparture) (Departure, error) {
	org := w.Actor().Org
	at := later(n.At.UTC(), w.Now())
	left, err := departuresOf(ctx, w, org, n.Person)
	if err != nil {
		return Departure{}, err
	}
	for _, d := range left {
		if d.Gone(at) {
			return Departure{}, errGone.With()
		}
	}
	if err := endAll(ctx, w, n.Person, at); err != nil {
		return Departure{}, err
	}
	made := Departure{Org: org, ID: id.New(w.Now()), Person: n.Person, Kind: n.Kind, At: at, Made: w.Now(), MadeBy: w.Actor().ID}
	w.Note("departure", made.ID)
	if err := departures.Insert(ctx, w, &made); err != nil {
		return Departure{}, err
	}
	return made, r.openLines(ctx, w, n.Person, made.ID, at)
}

// endAll ends at a moment whatever a person would hold after it.
func endAll(ctx context.Context, w *act.Work, person string, at time.Time) error {
	org := w.Actor().Org
	held, err := appointmentsOf(ctx, w, org, person)
	if err != nil {
		return err
	}
	for _, a := range held {
		if !a.End().After(at) {
			continue
		}
		a.Ended, a.EndedBy = later(at, a.Since), w.Actor().ID
		if err := appointments.Update(ctx, w, &a); err != nil {
			return err
		}
	}
	there, err := staysOf(ctx, w, org, person)
	if err != nil {
		return err
	}
	for _, s := range there {
		if !s.End().After(at) {
			continue
		}
		s.Ended, s.EndedBy = at, w.Actor().ID
		if err := stays.Update(ctx, w, &s); err != nil {
			return err
		}
	}
	return nil
}
