package access

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// withCarrying adds to the steps of a request the one by which it is carried out, where
// the department that authorises such grants is to be apart from the one that gives them
//
func withCarrying(ctx context.Context, r db.Reader, q Request) ([]Step, error) {
	a, recorded, err := staff.AuthorityOver(ctx, r, q.Org, staff.GrantPermission(q.Scope.Purpose))
	if err != nil || !recorded || !a.Apart {
		return q.Steps, err
	}
	return append(q.Steps, carrying(a)), nil
}

// carrying is the step on which what was authorised is given.
func carrying(a staff.Authority) Step {
	return Step{Department: a.Implements, Carries: true}
}

// mustBeOfAuthority refuses a yes to whoever does not work in the department on which the
// permission hangs: the last yes is the authorising department's, and carrying out
// is the implementing one's, by a person who has not said yes before and does not work in
// the other department.
func (room *Room) mustBeOfAuthority(ctx context.Context, w *act.Work, q Request, permission string, before []Vote) error {
	a, recorded, err := staff.AuthorityOver(ctx, w, q.Org, permission)
	if err != nil || !recorded {
		return err
	}
	authorises := a.Authorises
	if authorises == staff.WherePatientLies {
		authorises = q.Department
	}
	step := q.Steps[q.Step]
	if step.Carries {
		return room.mustCarry(ctx, w, a, step.Department, authorises, before)
	}
	if last := q.Step+1 == len(q.Steps) || q.Steps[q.Step+1].Carries; last {
		return staff.MustWorkIn(ctx, w, authorises, errNotAuthorising)
	}
	return nil
}

func (room *Room) mustCarry(ctx context.Context, w *act.Work, a staff.Authority, implements, authorises string, before []Vote) error {
	if err := staff.MustWorkIn(ctx, w, implements, staff.ErrNotImplementing); err != nil {
		return err
	}
	if err := room.bonds.MustBeAnother(ctx, w, errCarriesOneself, people(before)...); err != nil {
		return err
	}
	both, err := staff.WorksIn(ctx, w, w.Actor(), authorises)
	if err == nil && both && a.Apart {
		err = errCarriesBoth.With()
	}
	return err
}

func people(said []Vote) []string {
	var all []string
	for _, v := range said {
		all = append(all, v.Person)
	}
	return all
}
