package staff

import (
	"context"
	"errors"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// Appoint gives a person a role in a department until a day.
func (r *Room) Appoint(ctx context.Context, n NewAppointment) (Appointment, error) {
	now := r.desk.Now()
	if n.Since.IsZero() {
		n.Since = now
	}
	if err := n.Check(now); err != nil {
		return Appointment{}, err
	}
	var made Appointment
	err := r.desk.Do(ctx, "staff.appoint", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		person, err := findPerson(ctx, w, org, n.Person)
		if err := mustKnow(person, err); err != nil {
			return err
		}
		if err := w.Permit(ctx, appointing(org, n.Person, n.Department)); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), n.Person); err != nil {
			return err
		}
		if err := mustCarryOut(ctx, w, n.Role, false); err != nil {
			return err
		}
		if err := Appointable(ctx, w, org, n); err != nil {
			return err
		}
		if err := r.frame(ctx, w, org, n); err != nil {
			return err
		}
		if err := r.MustNotBeBarred(ctx, &w.Reading, n.Person); err != nil {
			return err
		}
		made, err = place(ctx, w, n, basisOf(w.Actor()))
		return err
	})
	if err != nil {
		return Appointment{}, r.barring.Kept(ctx, err)
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
}

// place inserts an appointment with its basis, unless it must not be held beside another.
func place(ctx context.Context, w *act.Work, n NewAppointment, basis Basis) (Appointment, error) {
	org := w.Actor().Org
	held, err := appointmentsOf(ctx, w, org, n.Person)
	if err != nil {
		return Appointment{}, err
	}
	made := Appointment{
		Org: org, ID: id.New(w.Now()), Person: n.Person, Role: n.Role, Department: n.Department,
		TitleZH: n.TitleZH, TitleEN: n.TitleEN, Team: n.Team, Since: n.Since.UTC(), Until: n.Until.UTC(),
	}
	if err := mustNotConflict(made, held); err != nil {
		return Appointment{}, err
	}
	w.Note("role", n.Role)
	w.Note("appointment", made.ID)
	if err := appointments.Insert(ctx, w, &made); err != nil {
		return Appointment{}, err
	}
	return made, basis.keep(ctx, w, made)
}

// withinStays refuses an appointment to whoever has left, to whoever is here only
// by a stay that would bring it, and beyond the programme of whoever is here to
// learn.
func withinStays(ctx context.Context, r db.Reader, p Person, n NewAppointment) error {
	left, err := departuresOf(ctx, r, p.Org, p.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(left, func(d Departure) bool { return d.Gone(n.Since) || d.At.After(n.Since) && d.At.Before(n.Until) }) {
		return errGone.With()
	}
	stays, err := staysOf(ctx, r, p.Org, p.ID)
	if err != nil {
		return err
	}
	short := false
	for _, s := range stays {
		if !s.nature().sponsored || !s.End().After(n.Since) || !s.Since.Before(n.Until) {
			continue
		}
		short = true
		if s.Department == n.Department && !n.Until.After(s.End()) && !s.Since.After(n.Since) {
			return nil
		}
	}
	switch {
	case short:
		return errBeyondStay.With()
	case p.Category != Employee:
		return errNeedsStay.With()
	}
	return nil
}

// appointing is what policy is asked about: a person is to be something in a
// department, and must not be the one who decides it.
func appointing(org, person, department string) policy.Object {
	return policy.Object{Kind: "Person", ID: person, Org: org, Department: department, Concerns: person}
}

func notOneself(actor act.Actor, person string) error {
	if actor.Kind == act.Person && actor.ID == person {
		return errOwn.With()
	}
	return nil
}

func mustKnow(_ Person, err error) error {
	if errors.Is(err, db.ErrNone) {
		return ErrNoPerson.Because(err)
	}
	return err
}
