package sharing

import (
	"context"
	"math"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/staff"
)

// ClaimTasks is a page of claim tasks, with the people they name.
type ClaimTasks struct {
	web.Page[ClaimTask]
	Names map[string]staff.Name
}

// claimPlace is where a page of claim tasks ended.
type claimPlace struct {
	Asked int64  `json:"asked"`
	ID    string `json:"id"`
}

// ListClaims discloses claim tasks, the newest first. They name no patient.
func (room *Room) ListClaims(ctx context.Context, cursor string, limit int) (l ClaimTasks, err error) {
	after := claimPlace{Asked: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return l, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, "sharing.list-claims", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		found, err := claimTasks.Select(ctx, r, "WHERE org = $1 AND (asked, id) < ($2, $3) ORDER BY asked DESC, id DESC LIMIT $4", org, after.Asked, after.ID, int64(limit+1))
		if err != nil {
			return err
		}
		if l.Page, err = web.PageOf(found, limit, func(t ClaimTask) claimPlace { return claimPlace{t.Asked.UnixMicro(), t.ID} }); err != nil {
			return err
		}
		l.Names, err = staff.Names(ctx, r, org, peopleOf(l.Items...), r.Now())
		return err
	})
	return l, err
}

func peopleOf(tasks ...ClaimTask) []string {
	var people []string
	for _, t := range tasks {
		people = append(people, t.AskedBy, t.Reviewer, t.ApprovedBy, t.EndedBy)
	}
	return slices.DeleteFunc(people, func(p string) bool { return p == "" })
}

// SeenClaims is a claim task with its claims and what was exported.
type SeenClaims struct {
	ClaimTask
	Numbers []string
	Exports []ClaimExport
	Names   map[string]staff.Name
}

// ViewClaims discloses a claim task: what was asked and approved, and what left. It holds
// the numbers of the claims and nothing of what they say.
func (room *Room) ViewClaims(ctx context.Context, task string) (s SeenClaims, err error) {
	err = room.desk.Disclose(ctx, "sharing.view-claims", func(ctx context.Context, r *act.Reading) (err error) {
		s = SeenClaims{Numbers: []string{}}
		if s.ClaimTask, err = claimTasks.Get(ctx, r, r.Actor().Org, task); err != nil {
			return absent(err)
		}
		if err := r.Permit(ctx, s.object()); err != nil {
			return err
		}
		listed, err := claims.Select(ctx, r, "WHERE org = $1 AND task = $2 ORDER BY number", s.Org, s.ID)
		if err != nil {
			return err
		}
		for _, c := range listed {
			s.Numbers = append(s.Numbers, c.Number)
		}
		if s.Exports, err = claimExports.Select(ctx, r, "WHERE org = $1 AND task = $2 ORDER BY at, id", s.Org, s.ID); err != nil {
			return err
		}
		s.Names, err = staff.Names(ctx, r, s.Org, peopleOf(s.ClaimTask), r.Now())
		return err
	})
	return s, err
}

// Tellable discloses what a row about a claim can tell.
func (room *Room) Tellable(ctx context.Context) ([]ClaimField, error) {
	err := room.desk.Disclose(ctx, "sharing.list-claims", func(ctx context.Context, r *act.Reading) error {
		return r.Permit(ctx, houseObject(r.Actor().Org))
	})
	if err != nil {
		return nil, err
	}
	return ClaimFields(), nil
}
