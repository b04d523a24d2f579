package staff

import (
	"context"
	"errors"

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
	if err := n.check(now); err != nil {
		return Appointment{}, err
	}
	var made Appointment
	err := r.desk.Do(ctx, "staff.appoint", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := mustKnow(findPerson(ctx, w, org, n.Person)); err != nil {
			return err
		}
		if err := w.Permit(ctx, appointing(org, n.Person, n.Department)); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), n.Person); err != nil {
			return err
		}
		if err := departmentExists(ctx, w, org, n.Department, "department"); err != nil {
			return err
		}
		made = Appointment{
			Org: org, ID: id.New(w.Now()), Person: n.Person, Role: n.Role, Department: n.Department,
			TitleZH: n.TitleZH, TitleEN: n.TitleEN, Team: n.Team, Since: n.Since.UTC(), Until: n.Until.UTC(),
		}
		w.Note("role", n.Role)
		w.Note("appointment", made.ID)
		return appointments.Insert(ctx, w, &made)
	})
	if err != nil {
		return Appointment{}, err
	}
	r.powersChanged(made.Org, made.Person)
	return made, nil
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
