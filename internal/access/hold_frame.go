package access

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/staff"
)

// passed is what a grant or an appointment passes: nothing, or limits of a frame.
type passed struct {
	frame Frame
	over  []string
}

// framePassed holds a grant against the frames of the departments in which its holder
// works; that which it passes least counts.
func (room *Room) framePassed(ctx context.Context, r db.Reader, q Request, from, at time.Time) (passed, error) {
	person, err := staff.ActorOf(ctx, r, q.Org, q.Person, at)
	if err != nil && !errors.Is(err, staff.ErrNoPerson) {
		return passed{}, err
	}
	g := wish{Scope: q.Scope, place: q.Department, from: from}
	if q.Patient != "" {
		known, err := room.patients.Find(ctx, r, q.Org, q.Patient)
		if err != nil && !errors.Is(err, act.ErrAbsent) {
			return passed{}, err
		}
		g.level = known.Object.Sensitivity
	}
	departments := person.Departments
	if len(departments) == 0 {
		departments = []string{""}
	}
	var least passed
	for i, department := range departments {
		f, there, err := frameOf(ctx, r, q.Org, department, at)
		if err != nil || !there {
			return passed{}, err
		}
		if over := f.beyond(g); i == 0 || len(over) < len(least.over) {
			least = passed{f, over}
		}
	}
	return least, nil
}

// rolePassed holds an appointment against the frame of the department it is for.
func rolePassed(ctx context.Context, r db.Reader, q RoleRequest, at time.Time) (passed, error) {
	f, there, err := frameOf(ctx, r, q.Org, q.Department, at)
	if err != nil || !there {
		return passed{}, err
	}
	return passed{f, f.beyondRole(q.Role, q.Since, q.Until)}, nil
}

// begins is since when whoever asks would have what is asked for: an extension counts with
// what it extends.
func (room *Room) begins(ctx context.Context, r db.Reader, q Request, now time.Time) (time.Time, error) {
	id := q.Extends
	if id == "" {
		id = q.Grant
	}
	if id != "" {
		g, err := grants.Get(ctx, r, q.Org, id)
		return g.Since, err
	}
	if q.Scope.Since.After(now) {
		return q.Scope.Since, nil
	}
	return now, nil
}

// enterFrame refuses what passes the frame, unless it was asked for as an exception: then
// the steps of one stand before those of the chain.
func (room *Room) enterFrame(ctx context.Context, w *act.Work, q *Request, exception bool) error {
	from, err := room.begins(ctx, w, *q, w.Now())
	if err != nil {
		return err
	}
	p, err := room.framePassed(ctx, w, *q, from, from)
	if err != nil {
		return err
	}
	if q.Scope.Level == 0 && !slices.Contains(p.over, BeyondLevel) {
		q.Scope.Level = p.frame.Level
	}
	switch {
	case len(p.over) == 0:
		return nil
	case !exception:
		return p.frame.refusal(p.over)
	}
	q.Steps = append(exceptionSteps(), q.Steps...)
	return exceptions.Insert(ctx, w, exceptionAsked(*q, ExceptionAsked, p, w.Now()))
}

func exceptionAsked(q Request, kind string, p passed, now time.Time) *Exception {
	return &Exception{
		Org: q.Org, ID: id.New(now), Kind: kind, Request: q.ID, Requester: q.Requester, Person: q.Person, Patient: q.Patient, Department: p.frame.Department,
		Beyond: p.over, Steps: []Step{}, State: Waiting, Opened: now, Until: q.Scope.Until,
	}
}

// mustFit refuses to give what passes the frame at the moment at which it would take
// effect, unless the exception was agreed to for just that.
func (room *Room) mustFit(ctx context.Context, w *act.Work, q Request) error {
	from, err := room.begins(ctx, w, q, w.Now())
	if err != nil {
		return err
	}
	at := w.Now()
	if from.After(at) {
		at = from
	}
	p, err := room.framePassed(ctx, w, q, from, at)
	if err != nil || len(p.over) == 0 {
		return err
	}
	return mustBeExcepted(ctx, w, q, p)
}

func mustBeExcepted(ctx context.Context, w *act.Work, q Request, p passed) error {
	asked, err := exceptionsOf(ctx, w, q.Org, q.ID, "")
	if err != nil {
		return err
	}
	for _, x := range asked {
		if x.State = Approved; x.lets(p.over, w.Now()) && q.excepted() {
			return nil
		}
	}
	return p.frame.refusal(p.over)
}

// settleExceptions says what came of the exceptions that a request had asked for.
func settleExceptions(ctx context.Context, w *act.Work, q Request, result string) error {
	asked, err := exceptionsOf(ctx, w, q.Org, q.ID, "")
	for _, x := range asked {
		x.State, x.Result, x.Closed, x.ClosedBy = q.State, result, w.Now(), w.Actor().ID
		if err := exceptions.Update(ctx, w, &x); err != nil {
			return err
		}
	}
	return err
}

// enterRoleFrame does for a request for a role what [Room.enterFrame] does for one for a
// grant.
func enterRoleFrame(ctx context.Context, w *act.Work, q *RoleRequest, exception bool) error {
	p, err := rolePassed(ctx, w, *q, q.Since)
	switch {
	case err != nil || len(p.over) == 0:
		return err
	case !exception:
		return p.frame.refusal(p.over)
	}
	q.Steps = append(exceptionSteps(), q.Steps...)
	x := exceptionAsked(q.asked(), ExceptionRole, p, w.Now())
	x.Until = q.Until
	return exceptions.Insert(ctx, w, x)
}

// roleMustFit does for a role what [Room.mustFit] does for a grant.
func roleMustFit(ctx context.Context, w *act.Work, q RoleRequest) error {
	at := w.Now()
	if q.Since.After(at) {
		at = q.Since
	}
	p, err := rolePassed(ctx, w, q, at)
	if err != nil || len(p.over) == 0 {
		return err
	}
	return mustBeExcepted(ctx, w, q.asked(), p)
}

// RoleFits refuses an appointment that nobody asked for by a request and that passes the
// frame of its department: an exception is asked for by one.
func (room *Room) RoleFits(ctx context.Context, r db.Reader, org string, n staff.NewAppointment) error {
	p, err := rolePassed(ctx, r, RoleRequest{Org: org, Role: n.Role, Department: n.Department, Since: n.Since, Until: n.Until}, n.Since)
	if err != nil || len(p.over) == 0 {
		return err
	}
	return p.frame.refusal(p.over)
}
