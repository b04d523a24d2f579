package access

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// signedGrants counts the live grants whose request fell under a statement, and those
// among them that nobody signed for. Without a statement the demand is not met.
func (room *Room) signedGrants(ctx context.Context) (evidence.Finding, error) {
	now := room.desk.Now()
	var current Statement
	under, unsigned := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		under, unsigned = 0, 0
		if current, err = statementAt(ctx, r, room.org, now); err != nil {
			return err
		}
		given, err := staff.Pledgers(ctx, r, room.org, responsibility)
		if err != nil {
			return err
		}
		live, err := grants.Select(ctx, r, `WHERE org = $1 AND state = $2 AND EXISTS (SELECT 1 FROM access_request q, access_statement s
			WHERE q.org = access_grant.org AND q.id = access_grant.request AND s.org = q.org AND s.since <= q.opened)`, room.org, Live)
		for _, g := range live {
			if under++; !slices.Contains(given[g.Request], g.Person) {
				unsigned++
			}
		}
		return err
	})
	if err == nil && current.Version == 0 {
		return evidence.Finding{Verdict: evidence.NotMet, Figure: "0 / 0", Detail: fault.Text{
			ZH: "尚未发布安全保密责任书，授权前不要求签署", EN: "no statement of responsibility is published, so nothing is signed for grants",
		}}, nil
	}
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", under-unsigned, under), Detail: fault.Text{
		ZH: fmt.Sprintf("责任书第 %d 版；%d 项现行授权中 %d 项未签署", current.Version, under, unsigned),
		EN: fmt.Sprintf("statement version %d; %d of %d live grants were not signed for", current.Version, unsigned, under),
	}}
	if unsigned > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
