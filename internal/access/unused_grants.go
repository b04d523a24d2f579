package access

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// unusedAfter is how long a grant that nobody uses is left alone before it is
// proposed for removal (D-034).
const unusedAfter = 14 * day

// UnusedGrants discloses, of the grants that whoever asks may see, those that live
// and that their holders have not used for [unusedAfter]: proposals to end them.
func (room *Room) UnusedGrants(ctx context.Context, cursor string, limit int) (web.Page[GrantSeen], error) {
	return walked(ctx, room, cursor, limit, func(ctx context.Context, r *act.Reading, after listPlace) ([]Grant, error) {
		return grantsPage(ctx, r, r.Actor().Org, room.ofWhom(r), after, atOnce)
	}, func(ctx context.Context, r *act.Reading, g Grant) (GrantSeen, bool, error) {
		var extra []policy.Tie
		if slices.Contains(g.Approvers, r.Actor().ID) {
			extra = append(extra, charge(g.ID, r.Now()))
		}
		if !room.maySee(r, g.object(), extra) {
			return GrantSeen{}, false, nil
		}
		unused, err := room.unused(ctx, r, g, r.Now())
		if err != nil || !unused {
			return GrantSeen{}, false, err
		}
		r.Concerns(policy.Object{Kind: "Grant", ID: g.ID, Patient: g.Patient})
		names, err := staff.Names(ctx, r, g.Org, append([]string{g.Person, g.Requester}, g.Approvers...), r.Now())
		return GrantSeen{Grant: g, Names: names}, true, err
	}, func(g Grant) listPlace { return listPlace{g.Since.UnixMicro(), g.ID} })
}

// unused reports whether a grant lives that its holder could have used for long and
// has not. An access that another tie explained was not the grant's.
func (room *Room) unused(ctx context.Context, r db.Reader, g Grant, now time.Time) (bool, error) {
	if !g.live(now) || g.Since.After(now.Add(-unusedAfter)) || room.ledger == nil {
		return false, nil
	}
	used, err := room.lastUse(ctx, r, g, now.Add(-unusedAfter))
	return used.IsZero(), err
}

func (room *Room) unusedRoute(s *web.Server) {
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/unused-grants", ID: "listUnusedGrants", Verb: "access.see-grants", Tag: "grants",
		Summary: "List live grants that nobody has used for two weeks, to be ended"}, room.getUnused)
}

func (room *Room) getUnused(ctx context.Context, in *web.Paging) (*pageOut[GrantBody], error) {
	page, err := room.UnusedGrants(ctx, in.Cursor, in.Limit)
	return &pageOut[GrantBody]{web.Shown(page, wireGrantSeen)}, err
}

// unusedCheck tells how many grants nobody uses.
func (room *Room) unusedCheck() evidence.Check {
	return evidence.Check{
		ID: "access.grants-used", Demands: []string{"D-034", "E-006"},
		Title: fault.Text{ZH: "没有十四天未使用的授权", EN: "No grant has gone unused for two weeks"},
		Run: func(ctx context.Context) (evidence.Finding, error) {
			idle, all := 0, 0
			err := room.desk.Look(ctx, func(r db.Reader) error {
				idle, all = 0, 0
				live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2", room.org, Live)
				for _, g := range live {
					unused, failed := room.unused(ctx, r, g, room.desk.Now())
					if failed != nil {
						return failed
					}
					all++
					if unused {
						idle++
					}
				}
				return err
			})
			return found(idle, all, fault.Text{ZH: "现行授权", EN: "live grants"}), err
		},
	}
}
