package access

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

const (
	// grace is how long the clock may be behind before the house says so.
	grace = 5 * time.Minute
	// quarter is how long after one review the next must have begun.
	quarter = 100 * day
)

func (room *Room) grantChecks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	const allGrants = "SELECT COUNT(*) FROM access_grant"
	return []evidence.Check{
		{
			ID: "access.grants-end", Demands: []string{"A-130", "A-134", "D-036", "D-035"},
			Title: fault.Text{ZH: "到期授权都已自动终止", EN: "Every grant that has run out was ended"},
			Run: none("SELECT COUNT(*) FROM access_grant WHERE state = $1 AND (until < $2 OR confirm_by < $3)",
				func() []any { late := now() - grace.Microseconds(); return []any{Live, late, late} }, allGrants, nil, "授权", "grants"),
		},
		{
			ID: "access.grants-approved", Demands: []string{"A-141", "B-054", "B-104"},
			Title: fault.Text{ZH: "每项授权都有与申请人、被授权人无关的人批准", EN: "Every grant was approved by somebody unrelated to who asked and who benefits"},
			Run: none(`SELECT COUNT(*) FROM access_grant g WHERE NOT EXISTS (
				SELECT 1 FROM access_vote v WHERE v.org = g.org AND v.request = g.request AND v.person <> g.person AND v.person <> g.requester)`,
				nil, allGrants, nil, "授权", "grants"),
		},
		{
			ID: "access.ends-tried", Demands: []string{"A-133", "A-134"},
			Title: fault.Text{ZH: "收回的授权都已复查确认失效", EN: "The end of every grant was tried and holds"},
			Run: none("SELECT COUNT(*) FROM access_grant WHERE state = $1 OR (state = $2 AND ended < $3)",
				func() []any { return []any{Failed, Ending, now() - grace.Microseconds()} },
				"SELECT COUNT(*) FROM access_grant WHERE state <> $1", func() []any { return []any{Live} }, "已结束授权", "ended grants"),
		},
		{
			ID: "access.ends-in-every-process", Demands: []string{"A-133", "A-134"},
			Title: fault.Text{ZH: "撤权指令都已在每个服务进程核实生效", EN: "Every order to end a right was tried in every process and holds"},
			Run: none("SELECT COUNT(*) FROM access_ending WHERE state = $1 OR (state = $2 AND due < $3)",
				func() []any { return []any{Failed, Ending, now() - grace.Microseconds()} }, "SELECT COUNT(*) FROM access_ending", nil, "撤权指令", "orders to end a right"),
		},
		{
			ID: "access.grants-in-catalogue", Demands: []string{"D-023", "A-076", "B-055"},
			Title: fault.Text{ZH: "现行授权都在可授权目录内", EN: "No live grant lies outside the catalogue"}, Run: room.inCatalogue,
		},
		{
			ID: "access.review-current", Demands: []string{"A-054", "A-132", "D-055"},
			Title: fault.Text{ZH: "授权复核按季度进行并按期结束", EN: "Grants are reviewed each quarter, in time"}, Run: room.reviewCurrent,
		},
		{
			ID: "access.posts-separate", Demands: []string{"A-180", "A-051"},
			Title: fault.Text{ZH: "没有人同时担任互斥岗位", EN: "Nobody holds posts that exclude one another"}, Run: room.postsSeparate,
		},
		{
			ID: "access.refusals-freeze", Demands: []string{"C-102"},
			Title: fault.Text{ZH: "多次越权访问者的额外权限都已冻结", EN: "Whoever was refused beyond his scope again and again was frozen"}, Run: room.refusalsFreeze,
		},
		{
			ID: "access.breaches-suspended", Demands: []string{"C-052"},
			Title: fault.Text{ZH: "被标记违规者的授权都已暂停，并按期由他人复核", EN: "The grants of whoever was flagged for a breach are suspended, and somebody else reviews it in time"}, Run: room.breachesSuspended,
		},
		{
			ID: "access.adjusts-itself", Demands: []string{"A-169"},
			Title: fault.Text{ZH: "权限按触发事件自动调整，到时都已生效", EN: "Rights adjust themselves upon what happens, and in time"}, Run: room.adjustsItself,
		},
		{
			ID: "access.grants-signed", Demands: []string{"C-120"},
			Title: fault.Text{ZH: "授权前都已签署安全保密责任书", EN: "Every grant was signed for by whoever holds it"}, Run: room.signedGrants,
		},
		{
			ID: "access.seals-renewed", Demands: []string{"D-041", "D-042"},
			Title: fault.Text{ZH: "舆情封存都按周续期", EN: "Every attention seal is renewed weekly"},
			Run: none("SELECT COUNT(*) FROM access_seal WHERE kind = $1 AND lifted IS NULL AND renew_by < $2", func() []any { return []any{Attention, now()} },
				"SELECT COUNT(*) FROM access_seal WHERE kind = $1 AND lifted IS NULL", func() []any { return []any{Attention} }, "舆情封存", "attention seals"),
		},
	}
}

func (room *Room) inCatalogue(ctx context.Context) (evidence.Finding, error) {
	known := room.rules.GrantVerbs()
	outside, all := 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2", room.org, Live)
		for _, g := range live {
			all++
			if slices.ContainsFunc(g.Scope.Verbs, func(v string) bool { return !slices.Contains(known, v) }) {
				outside++
			}
		}
		return err
	})
	return found(outside, all, fault.Text{ZH: "现行授权", EN: "live grants"}), err
}

// refusalsFreeze looks for whom the clock should have frozen and has not.
func (room *Room) refusalsFreeze(ctx context.Context) (evidence.Finding, error) {
	missed, all := 0, 0
	until := room.desk.Now().Add(-grace)
	limits := room.rules.LimitsAt(until)
	err := room.desk.Look(ctx, func(r db.Reader) error {
		over, err := room.refusedBeyond(ctx, r, until.Add(-limits.FreezeWindow()), until, limits.FreezeAfter)
		if err != nil {
			return err
		}
		missed = len(over)
		all, err = counted(ctx, r, "SELECT COUNT(*) FROM access_freeze WHERE org = $1", room.org)
		return err
	})
	return found(missed, all+missed, fault.Text{ZH: "多次越权访问者", EN: "people refused again and again"}), err
}

func (room *Room) postsSeparate(ctx context.Context) (evidence.Finding, error) {
	var people []string
	var all int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		people, all, err = conflicting(ctx, r, room.org, room.desk.Now())
		return err
	})
	return found(len(people), all, fault.Text{ZH: "在职人员", EN: "people in posts"}), err
}

func (room *Room) reviewCurrent(ctx context.Context) (evidence.Finding, error) {
	var recent, late int
	now := room.desk.Now()
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if recent, err = counted(ctx, r, "SELECT COUNT(*) FROM access_campaign WHERE org = $1 AND opened >= $2", room.org, now.Add(-quarter).UnixMicro()); err != nil {
			return err
		}
		late, err = counted(ctx, r, "SELECT COUNT(*) FROM access_campaign WHERE org = $1 AND state <> $2 AND deadline < $3", room.org, Closed, now.Add(-grace).UnixMicro())
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", recent, late), Detail: fault.Text{
		ZH: fmt.Sprintf("近一季度复核 %d 次，超期未结束 %d 次", recent, late), EN: fmt.Sprintf("%d reviews within the quarter, %d past their deadline", recent, late),
	}}
	if recent == 0 || late > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

func found(bad, all int, subject fault.Text) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bad, all), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 个%s中有 %d 个不符合", all, subject.ZH, bad), EN: fmt.Sprintf("%d of %d %s do not comply", bad, all, subject.EN),
	}}
	if bad > 0 {
		f.Verdict = evidence.NotMet
	}
	return f
}
