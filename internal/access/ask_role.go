package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// leads is the role that answers for a department which nobody heads.
const leads = "president"

// AskRole asks that somebody be given a role. What could not be appointed, and what no
// department is recorded to give, is refused at once.
func (room *Room) AskRole(ctx context.Context, a RoleApplication) (RoleRequest, error) {
	const verb = "access.request"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return RoleRequest{}, err
	}
	actor, now := act.From(ctx), room.desk.Now()
	if a.Person == "" {
		a.Person = actor.ID
	}
	if a.Since.Before(now) {
		a.Since = now
	}
	if err := checkRole(a, now); err != nil {
		return RoleRequest{}, err
	}
	q := RoleRequest{
		Org: actor.Org, ID: id.New(now), Requester: actor.ID, Person: a.Person, Role: a.Role, Department: a.Department, TitleZH: a.TitleZH, TitleEN: a.TitleEN,
		Since: a.Since.UTC(), Until: a.Until.UTC(), State: Waiting, Opened: now,
	}
	n, err := room.sealNote(ctx, "", wordsPlace("Grant", q.ID, "words"), a.Words)
	if err != nil {
		return RoleRequest{}, err
	}
	q.Words = n.words
	asked := q
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		q = asked
		if err := w.Permit(ctx, policy.Object{Kind: "Department", ID: q.Department, Org: q.Org, Department: q.Department}); err != nil {
			return err
		}
		if err := staff.Appointable(ctx, w, q.Org, q.appointment()); err != nil {
			return err
		}
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		return room.enterRole(ctx, w, &q, a.Exception)
	})
	return q, err
}

func checkRole(a RoleApplication, now time.Time) error {
	if err := a.appointment().Check(now); err != nil {
		return err
	}
	return checkWords(errGrantInput.With(), a.Words).OrNil()
}

func (room *Room) enterRole(ctx context.Context, w *act.Work, q *RoleRequest, exception bool) error {
	var err error
	if q.Steps, err = roleSteps(ctx, w, *q); err != nil {
		return err
	}
	if err := enterRoleFrame(ctx, w, q, exception); err != nil {
		return err
	}
	if err := room.askRoleStep(ctx, w, *q); err != nil {
		return err
	}
	w.Note("request", q.ID)
	w.Note("for", q.Person)
	w.Note("role", q.Role)
	return roleRequests.Insert(ctx, w, q)
}

// roleSteps are who answers for the department, the authorising department, and the one
// that carries it out.
func roleSteps(ctx context.Context, r db.Reader, q RoleRequest) ([]Step, error) {
	a, recorded, err := staff.AuthorityOver(ctx, r, q.Org, staff.RolePermission(q.Role))
	if err != nil {
		return nil, err
	}
	if !recorded {
		return nil, errNoAuthority.With()
	}
	first := Step{Role: headRole, Department: q.Department}
	heads, err := duty.HeadsOf(ctx, r, q.Org, q.Department, q.Opened)
	if err != nil {
		return nil, err
	}
	if len(heads) == 0 {
		first = Step{Role: leads}
	}
	return []Step{first, {Department: a.Authorises}, carrying(a)}, nil
}

// askRoleStep opens the tasks of the step at which a request for a role stands.
func (room *Room) askRoleStep(ctx context.Context, w *act.Work, q RoleRequest) error {
	return room.askStep(ctx, w, RoleApproval, q.asked())
}
