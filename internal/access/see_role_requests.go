package access

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// RoleRequestSeen is a request for a role with its words, for those who may see it.
type RoleRequestSeen struct {
	RoleRequest
	Said, Answered string
	Mine           bool // the decision waits for whoever looks
	Votes          []Vote
	Names          map[string]staff.Name
}

// RoleRequests discloses the requests for roles that concern whoever asks or wait for him,
// and all of them to the offices; the newest first.
func (room *Room) RoleRequests(ctx context.Context, waiting bool, cursor string, limit int) (web.Page[RoleRequestSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]RoleRequest, error) {
		return roleRequestsPage(ctx, r, r.Actor().Org, room.ofWhom(r), after, atOnce)
	}, func(ctx context.Context, r *act.Reading, q RoleRequest) (RoleRequestSeen, bool, error) {
		if waiting && q.State != Waiting {
			return RoleRequestSeen{}, false, nil
		}
		return room.seeRoleRequest(ctx, r, q)
	}, func(q RoleRequest) listPlace { return listPlace{q.Opened.UnixMicro(), q.ID} })
}

func (room *Room) seeRoleRequest(ctx context.Context, r *act.Reading, q RoleRequest) (seen RoleRequestSeen, may bool, err error) {
	seen = RoleRequestSeen{RoleRequest: q}
	if seen.Votes, err = votesOn(ctx, r, q.Org, q.ID); err != nil {
		return seen, false, err
	}
	voted := people(seen.Votes)
	if q.State == Waiting {
		holders, delegates, err := room.approvers(ctx, r, q.asked(), q.Steps[q.Step], r.Now())
		if err != nil {
			return seen, false, err
		}
		seen.Mine = slices.Contains(append(holders, delegates...), r.Actor().ID) && !slices.Contains(voted, r.Actor().ID)
	}
	var extra []policy.Tie
	if seen.Mine || slices.Contains(voted, r.Actor().ID) {
		extra = append(extra, charge(q.ID, r.Now()))
	}
	if !room.maySee(r, q.asked().object(), extra) {
		return seen, false, nil
	}
	if seen.Said, err = room.openNote(ctx, r, q.Org, "", wordsPlace("Grant", q.ID, "words"), q.Words); err != nil {
		return seen, false, err
	}
	if seen.Answered, err = room.openNote(ctx, r, q.Org, "", wordsPlace("Grant", q.ID, "answer"), q.Answer); err != nil {
		return seen, false, err
	}
	r.Concerns(policy.Object{Kind: "Grant", ID: q.ID})
	seen.Names, err = staff.Names(ctx, r, q.Org, append([]string{q.Requester, q.Person, q.ClosedBy}, voted...), r.Now())
	return seen, true, err
}
