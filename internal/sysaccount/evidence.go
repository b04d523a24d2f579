package sysaccount

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

const (
	// closedIn is within what time the account of a leaver must be shown closed.
	closedIn = 24 * time.Hour
	// freshFor is how old the newest list of a system may be.
	freshFor = 35 * 24 * time.Hour
)

// Checks are the live checks of the room. Of it shows that systems are
// compared and differences seen to; it does not show that a foreign system enforces its
// roles.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	return []evidence.Check{
		{
			ID: "sysaccount.leavers-closed", Demands: []string{"E-222"},
			Title: fault.Text{ZH: "离职人员在各系统的账号均在 24 小时内关闭", EN: "The accounts of those who left were closed in every system within 24 hours"},
			Run:   room.leavers,
		},
		{
			ID: "sysaccount.differences-confirmed", Demands: []string{"A-138"},
			Title: fault.Text{ZH: "他系统自行授予的权限差异均在 10 日内由归口部门确认或收回", EN: "Rights given elsewhere were confirmed or taken back by the designated department within ten days"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM sysaccount_issue WHERE closed IS NULL AND state = $1 AND kind IN ($2, $3, $4) AND found < $5",
					Args: func() []any {
						return []any{Open, Extra, Unknown, Conflict, now() - (10 * 24 * time.Hour).Microseconds()}
					}},
				evidence.Query{SQL: "SELECT COUNT(*) FROM sysaccount_issue WHERE kind IN ($1, $2, $3)", Args: func() []any { return []any{Extra, Unknown, Conflict} }},
				fault.Text{ZH: "项差异", EN: "differences"}),
		},
		{
			ID: "sysaccount.roles-mapped", Demands: []string{"A-051"},
			Title: fault.Text{ZH: "各系统的角色均对应到本院角色和数据级别，且无互斥角色并存", EN: "Every role of every system comes to one of ours and a level, and nobody holds conflicting ones"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM sysaccount_issue WHERE closed IS NULL AND kind IN ($1, $2)", Args: func() []any { return []any{Unknown, Conflict} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM sysaccount_role"}, fault.Text{ZH: "个角色", EN: "roles"}),
		},
		{
			ID: "sysaccount.lists-fresh", Demands: []string{"A-138", "E-222"},
			Title: fault.Text{ZH: "每个系统都有近 35 日的账号清单", EN: "There is a list of every system from the last 35 days"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM (SELECT DISTINCT m.org, m.source FROM sysaccount_mapping m WHERE NOT EXISTS (
					SELECT 1 FROM sysaccount_snapshot s WHERE s.org = m.org AND s.source = m.source AND s.taken >= $1)) AS stale`,
					Args: func() []any { return []any{now() - freshFor.Microseconds()} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM (SELECT DISTINCT org, source FROM sysaccount_mapping) AS every"}, fault.Text{ZH: "个系统", EN: "systems"}),
		},
	}
}

// leavers tells how many accounts of leavers were closed, and how late.
func (room *Room) leavers(ctx context.Context) (evidence.Finding, error) {
	var all, late, open int
	var slowest time.Duration
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) error {
		rows, err := issues.Select(ctx, r, "WHERE kind = $1", Leaver)
		for _, i := range rows {
			all++
			until := i.Closed
			if until.IsZero() {
				until = now
				open++
			}
			took := until.Sub(i.Since)
			slowest = max(slowest, took)
			if took > closedIn {
				late++
			}
		}
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", all-late, all), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 个离职账号，按时关闭 %d 个，尚未关闭 %d 个，最长 %s", all, all-late, open, slowest.Truncate(time.Minute)),
		EN: fmt.Sprintf("%d accounts of leavers, %d closed in time, %d still alive, the slowest after %s", all, all-late, open, slowest.Truncate(time.Minute)),
	}}
	if late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
