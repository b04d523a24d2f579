package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// ApproveRole says yes on the present step of a request for a role. On the last step the
// implementing department appoints, upon the request as it stands.
func (room *Room) ApproveRole(ctx context.Context, request string) (RoleRequest, error) {
	q, err := room.decideRole(ctx, "access.approve", request, "", room.agreeToRole)
	if err == nil && q.State == Approved {
		room.staff.PowersChanged(q.Org, q.Person)
	}
	return q, err
}

// RefuseRole says no, with words.
func (room *Room) RefuseRole(ctx context.Context, request, words string) (RoleRequest, error) {
	if err := room.desk.Begin(ctx, "access.refuse"); err != nil {
		return RoleRequest{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return RoleRequest{}, err
	}
	return room.decideRole(ctx, "access.refuse", request, words, func(ctx context.Context, w *act.Work, q *RoleRequest) error {
		return room.closeRole(ctx, w, q, Refused)
	})
}

// WithdrawRole takes a request for a role back.
func (room *Room) WithdrawRole(ctx context.Context, request string) (RoleRequest, error) {
	return room.decideRole(ctx, "access.withdraw-request", request, "", func(ctx context.Context, w *act.Work, q *RoleRequest) error {
		return room.closeRole(ctx, w, q, Withdrawn)
	})
}

// decideRole is the spine of all that is done to a request for a role.
func (room *Room) decideRole(ctx context.Context, verb, request, words string, do func(ctx context.Context, w *act.Work, q *RoleRequest) error) (RoleRequest, error) {
	if err := room.desk.Begin(ctx, verb); err != nil {
		return RoleRequest{}, err
	}
	n, err := room.sealNote(ctx, "", wordsPlace("Grant", request, "answer"), words)
	if err != nil {
		return RoleRequest{}, err
	}
	var q RoleRequest
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if q, err = roleRequests.Get(ctx, w, w.Actor().Org, request); err != nil {
			return absent(err)
		}
		extra, err := room.chargeOf(ctx, w, q.asked(), false)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, q.asked().object(), extra...); err != nil {
			return err
		}
		if q.State != Waiting {
			return errDecided.With()
		}
		if len(n.words) > 0 {
			q.Answer = n.words
		}
		if err := do(ctx, w, &q); err != nil {
			return err
		}
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		return roleRequests.Update(ctx, w, &q)
	})
	return q, room.staff.Kept(ctx, err)
}

func (room *Room) agreeToRole(ctx context.Context, w *act.Work, q *RoleRequest) error {
	before, err := votesOn(ctx, w, q.Org, q.ID)
	if err != nil {
		return err
	}
	if slices.Contains(people(before), w.Actor().ID) {
		return errVoted.With()
	}
	if err := room.mustBeOfAuthority(ctx, w, q.asked(), staff.RolePermission(q.Role), before); err != nil {
		return err
	}
	if err := votes.Insert(ctx, w, &Vote{Org: q.Org, Request: q.ID, Step: q.Step, Person: w.Actor().ID, At: w.Now()}); err != nil {
		return err
	}
	if err := room.duty.DoneIn(ctx, w, RoleApproval, q.ID); err != nil {
		return err
	}
	if !q.Steps[q.Step].Carries {
		q.Step++
		return room.askRoleStep(ctx, w, *q)
	}
	if err := roleMustFit(ctx, w, *q); err != nil {
		return err
	}
	made, err := room.staff.AppointIn(ctx, w, q.appointment(), q.ID)
	if err != nil {
		return err
	}
	q.State, q.Appointment, q.Closed, q.ClosedBy = Approved, made.ID, w.Now(), w.Actor().ID
	return settleExceptions(ctx, w, q.asked(), made.ID)
}

func (room *Room) closeRole(ctx context.Context, w *act.Work, q *RoleRequest, state string) error {
	q.State, q.Closed, q.ClosedBy = state, w.Now(), w.Actor().ID
	if err := settleExceptions(ctx, w, q.asked(), ""); err != nil {
		return err
	}
	return room.duty.CancelIn(ctx, w, RoleApproval, q.ID)
}

// vouched are the requests for roles that were granted, with who said yes, by their ids.
func vouched(ctx context.Context, r db.Reader, org string) (map[string][]Vote, error) {
	granted, err := roleRequests.Select(ctx, r, "WHERE org = $1 AND state = $2", org, Approved)
	if err != nil {
		return nil, err
	}
	said, err := votes.Select(ctx, r, "WHERE org = $1 AND EXISTS (SELECT 1 FROM access_role_request q WHERE q.org = access_vote.org AND q.id = access_vote.request)", org)
	all := make(map[string][]Vote, len(granted))
	for _, q := range granted {
		all[q.ID] = nil
	}
	for _, v := range said {
		if _, there := all[v.Request]; there {
			all[v.Request] = append(all[v.Request], v)
		}
	}
	return all, err
}
