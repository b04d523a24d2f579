package staff

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Standing is what a person is at a moment.
type Standing struct {
	Person       Person
	Appointments []Appointment // that are live, by their beginning
	// Until is when the first of them ends, and the standing must be asked for
	// again. Zero when there is none.
	Until time.Time
}

// StandingOf returns what a person is at a moment. It fails with [ErrNoPerson],
// or with [db.ErrForged] when an appointment was not written by the house.
func StandingOf(ctx context.Context, r db.Reader, org, person string, at time.Time) (Standing, error) {
	var s Standing
	err := r.Together(ctx,
		func() (err error) {
			s.Person, err = findPerson(ctx, r, org, person)
			return mustKnow(s.Person, err)
		},
		func() (err error) {
			s.Appointments, err = liveAppointments(ctx, r, org, person, at)
			return err
		},
	)
	if err != nil {
		return Standing{}, err
	}
	for _, a := range s.Appointments {
		if s.Until.IsZero() || a.End().Before(s.Until) {
			s.Until = a.End()
		}
	}
	return s, nil
}

// Actor is the person as one who acts, without a session, place or purpose. The
// department is that of the appointment begun last.
func (s Standing) Actor() act.Actor {
	a := act.Actor{Actor: policy.Actor{
		Kind: act.Person, ID: s.Person.ID, Org: s.Person.Org,
		Roles: rolesOf(s.Appointments), Departments: departmentsOf(s.Appointments),
	}}
	a.Clearance = clearanceOf(a.Roles)
	if n := len(s.Appointments); n > 0 {
		a.Department = s.Appointments[n-1].Department
	}
	return a
}

// ActorOf returns a person as one who acts: [StandingOf], reduced to what policy
// asks for.
func ActorOf(ctx context.Context, r db.Reader, org, person string, at time.Time) (act.Actor, error) {
	s, err := StandingOf(ctx, r, org, person, at)
	if err != nil {
		return act.Actor{}, err
	}
	return s.Actor(), nil
}

// FindByNumber returns the person of a staff number, or [ErrNoPerson].
func FindByNumber(ctx context.Context, r db.Reader, org, number string) (Person, error) {
	found, err := personNumbered(ctx, r, org, number)
	return found, mustKnow(found, err)
}

// FindDepartment returns the department of a code, and whether there is one.
func FindDepartment(ctx context.Context, r db.Reader, org, code string) (Department, bool, error) {
	found, err := departmentCoded(ctx, r, org, code)
	if errors.Is(err, db.ErrNone) {
		return Department{}, false, nil
	}
	return found, err == nil, err
}
