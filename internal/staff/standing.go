package staff

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Standing is what a person is at a moment.
type Standing struct {
	Person       Person
	Appointments []Appointment // that are live and count, by their beginning
	Lacks        Lack          // why there are none, or none gives anything
	Unbound      bool          // an undertaking has lapsed
	Unlicensed   bool          // a qualification that a role needs has lapsed
	Provisional  bool          // what is written stands until somebody countersigns
	// Until is when the first of them ends or the next one begins, and the standing
	// must be asked for again. Zero when there is none.
	Until time.Time
}

// StandingOf returns what a person is at a moment. It fails with [ErrNoPerson],
// or with [db.ErrForged] when an appointment was not written by the house.
func StandingOf(ctx context.Context, r db.Reader, org, person string, at time.Time) (Standing, error) {
	var s Standing
	var f footing
	err := r.Together(ctx, append(f.read(ctx, r, org, person, at),
		func() (err error) {
			s.Person, err = findPerson(ctx, r, org, person)
			return mustKnow(s.Person, err)
		},
		func() (err error) {
			s.Appointments, err = lastingAppointments(ctx, r, org, person, at)
			return err
		},
	)...)
	if err != nil {
		return Standing{}, err
	}
	s.stand(&f, at)
	return s, nil
}

// stand weighs what is live against all that may take it away.
func (s *Standing) stand(f *footing, at time.Time) {
	s.Until = f.next(at)
	for _, a := range s.Appointments {
		turn := a.End()
		if a.Since.After(at) {
			turn = a.Since
		}
		if s.Until.IsZero() || turn.Before(s.Until) {
			s.Until = turn
		}
	}
	s.Appointments = slices.DeleteFunc(s.Appointments, func(a Appointment) bool { return a.Since.After(at) })
	roles := rolesOf(s.Appointments)
	s.Lacks = f.lack(s.Person, roles, at)
	s.Unbound = f.unbound(s.Person, roles, at)
	s.Unlicensed = unlicensed(roles, f.requirements, f.qualifications, at)
	s.Provisional = f.provisional(at)
	if s.Lacks != LackNothing && s.Lacks != LackUndertaking {
		s.Appointments = nil
	}
}

// Actor is the person as one who acts, without a session, place or purpose. The
// department is that of the appointment begun last.
func (s Standing) Actor() act.Actor {
	a := act.Actor{Actor: policy.Actor{
		Kind: act.Person, ID: s.Person.ID, Org: s.Person.Org,
		Unbound: s.Unbound, Unlicensed: s.Unlicensed, Provisional: s.Provisional,
	}}
	if s.Lacks != LackNothing {
		return a
	}
	a.Roles, a.Departments = rolesOf(s.Appointments), departmentsOf(s.Appointments)
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
