package privilege

import (
	"context"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room. Of A-180 it shows that nobody decides on his
// own requests; that posts are apart is shown where posts are given. Of A-142 it shows
// detection and that what was found was seen to: a forged row gives nothing, but the
// house does not write back what stood there before.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	args := func(all ...any) func() []any { return func() []any { return all } }
	const changed = "SELECT COUNT(*) FROM privilege_change WHERE began IS NOT NULL"
	const used = "SELECT COUNT(*) FROM privilege_checkout WHERE (opened IS NOT NULL OR opened_other IS NOT NULL)"
	const worked = "SELECT COUNT(*) FROM privilege_session WHERE began IS NOT NULL"
	const found = "SELECT COUNT(*) FROM privilege_finding"
	return append(room.importantChecks(), []evidence.Check{
		{
			ID: "privilege.changes-by-three", Demands: []string{"A-112", "A-180", "B-108"},
			Title: fault.Text{ZH: "后台变更均经审查和批准，三人互不相同，并在窗口内开始", EN: "Every change was reviewed and approved by two others, and begun in its window"},
			Run: none(changed+" AND (reviewed_by IN ($1, asked_by) OR approved_by IN ($2, asked_by, reviewed_by) OR began < since OR began >= until OR approved > began)",
				args("", ""), changed, nil, "后台变更", "changes that were begun"),
		},
		{
			ID: "privilege.changes-captured", Demands: []string{"A-112"},
			Title: fault.Text{ZH: "结束的后台变更都有前后摘要和结果", EN: "Every change that was carried out has captures before and after, and an outcome"},
			Run: none(`SELECT COUNT(*) FROM privilege_change c WHERE c.began IS NOT NULL AND c.closed IS NOT NULL AND (c.outcome = $1
				OR NOT EXISTS (SELECT 1 FROM privilege_capture p WHERE p.org = c.org AND p.change_id = c.id AND p.moment = $2)
				OR NOT EXISTS (SELECT 1 FROM privilege_capture p WHERE p.org = c.org AND p.change_id = c.id AND p.moment = $3))`,
				args("", Before, After), changed+" AND closed IS NOT NULL", nil, "已结束变更", "changes that ended"),
		},
		{
			ID: "privilege.rows-watched", Demands: []string{"A-112", "A-142"},
			Title: fault.Text{ZH: "权限数据每 5 分钟与账本核对一次", EN: "Rows that give power were compared with the ledger within the last ten minutes"},
			Run:   room.watched,
		},
		{
			ID: "privilege.findings-explained", Demands: []string{"A-112", "A-142"},
			Title: fault.Text{ZH: "没有未解释且未处置的后台改动", EN: "Nothing found behind the system is unexplained and without a disposal"},
			Run:   none(found+" WHERE change_id = $1 AND disposal = $2", args("", ""), found, nil, "发现", "findings"),
		},
		{
			ID: "privilege.credentials-by-two", Demands: []string{"A-196", "B-108", "E-148"},
			Title: fault.Text{ZH: "每次领用口令均由两人各看一半，时限明确", EN: "Every use of a credential had two people, each with his half, and an end"},
			Run:   none(used+" AND (approved_by IN ($1, asked_by) OR until IS NULL)", args(""), used, nil, "口令领用", "uses"),
		},
		{
			ID: "privilege.credentials-changed", Demands: []string{"A-196", "E-148"},
			Title: fault.Text{ZH: "使用过的口令都已按时更换", EN: "Credentials that were used were changed in time"},
			Run: none("SELECT COUNT(*) FROM privilege_envelope WHERE rotate_by < $1", func() []any { return []any{now()} },
				"SELECT COUNT(*) FROM privilege_envelope", nil, "口令信封", "envelopes"),
		},
		{
			ID: "privilege.sessions-by-two", Demands: []string{"B-108", "E-148"},
			Title: fault.Text{ZH: "特权会话均有第二人批准，紧急会话已按时复核", EN: "Every privileged session had a second person, or was urgent and was reviewed"},
			Run: none(worked+" AND ((urgent = 0 AND approved_by IN ($1, asked_by)) OR (urgent = 1 AND verdict = $2 AND ended < $3))",
				func() []any { return []any{"", "", now() - reviewIn} }, worked, nil, "特权会话", "privileged sessions"),
		},
		{
			ID: "privilege.sessions-recorded", Demands: []string{"E-149"},
			Title: fault.Text{ZH: "特权会话都有录屏", EN: "Every privileged session that ended was recorded"},
			Run:   none(worked+" AND ended IS NOT NULL AND parts = 0", nil, worked+" AND ended IS NOT NULL", nil, "特权会话", "privileged sessions"),
		},
	}...)
}

// reviewIn is how long an urgent session may wait for its verdict before the check
// fails: a working day and a long holiday around it, in microseconds.
const reviewIn = int64(10 * 24 * 3600 * 1e6)

func (room *Room) watched(ctx context.Context) (evidence.Finding, error) {
	last, err := room.round(ctx, Permissions)
	if err != nil {
		return evidence.Finding{}, err
	}
	age := room.desk.Now().Sub(last.At)
	if last.At.IsZero() || age > 2*every {
		return evidence.Finding{Verdict: evidence.NotMet, Figure: "0", Detail: fault.Text{ZH: "最近 10 分钟内没有核对", EN: "there was no comparison within ten minutes"}}, nil
	}
	return evidence.Finding{
		Verdict: evidence.Met, Figure: fmt.Sprintf("%d rows, %d tables", last.Rows, last.Tables),
		Detail: fault.Text{ZH: "最近一次核对在 " + age.Truncate(time.Second).String() + " 前", EN: "the last comparison was " + age.Truncate(time.Second).String() + " ago"},
	}, nil
}
