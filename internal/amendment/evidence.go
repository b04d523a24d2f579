package amendment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	completed := evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_case WHERE state = $1", Args: func() []any { return []any{Completed} }}
	return append([]evidence.Check{
		{
			ID: "amendment.agreed-after-archive", Demands: []string{"D-020", "A-030"},
			Title: fault.Text{ZH: "归档后的更正都经发起人以外的人批准", EN: "Every correction after archiving was approved by somebody other than whoever began it"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_case WHERE state = $1 AND was = $2 AND (decided_by = '' OR decided_by = opened_by)", Args: func() []any { return []any{Completed, "archived"} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_case WHERE state = $1 AND was = $2", Args: func() []any { return []any{Completed, "archived"} }},
				fault.Text{ZH: "归档后更正", EN: "corrections after archiving"}),
		},
		{
			ID: "amendment.trail", Demands: []string{"A-032", "D-020"},
			Title: fault.Text{ZH: "每次更正都有原版本、新版本、原因和签名，需批准的有批准人", EN: "Every correction has its original, its new version, reason and signature, and who agreed where somebody must"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM amendment_case c WHERE c.state = $1 AND (c.approver <> $2 AND c.decided_by = ''
					OR NOT EXISTS (SELECT 1 FROM record_version o WHERE o.org = c.org AND o.document = c.document AND o.number = c.base)
					OR NOT EXISTS (SELECT 1 FROM record_version v JOIN record_signature s ON s.org = v.org AND s.document = v.document AND s.number = v.number
						WHERE v.org = c.org AND v.document = c.document AND v.number = c.version AND v.reason IS NOT NULL))`, Args: func() []any { return []any{Completed, NoApproval} }},
				completed, fault.Text{ZH: "更正", EN: "corrections"}),
		},
		{
			ID: "amendment.held-while-open", Demands: []string{"A-033"},
			Title: fault.Text{ZH: "标出错误的文书在更正期间都暂停对外提供", EN: "Whatever is marked as wrong is kept from leaving until its correction ends"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_case c WHERE c.state IN ($1, $2, $3) AND c.step > 1 AND NOT EXISTS (SELECT 1 FROM record_hold h WHERE h.org = c.org AND h.id = c.id AND h.lifted IS NULL)", Args: func() []any { return []any{Writing, Asked, Approved} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_case c WHERE c.state IN ($1, $2, $3) AND c.step > 1", Args: func() []any { return []any{Writing, Asked, Approved} }},
				fault.Text{ZH: "进行中的更正", EN: "corrections under way"}),
		},
		{
			ID: "amendment.complaints-decided", Demands: []string{"B-013"},
			Title: fault.Text{ZH: "被隔离和移出使用的文书确实不能使用，已裁定的投诉都有理由", EN: "What is quarantined or removed is held, and every decision has its reason"},
			Run: evidence.None(room.desk.Look,
				evidence.Query{SQL: `SELECT COUNT(*) FROM amendment_complaint c WHERE c.state <> $1 AND c.reason IS NULL
					OR c.state IN ($2, $3) AND NOT EXISTS (SELECT 1 FROM record_hold h WHERE h.org = c.org AND h.id = c.id AND h.lifted IS NULL)
					OR c.state = $4 AND EXISTS (SELECT 1 FROM record_hold h WHERE h.org = c.org AND h.id = c.id AND h.lifted IS NULL)`, Args: func() []any { return []any{Brought, Quarantined, Removed, Freed} }},
				evidence.Query{SQL: "SELECT COUNT(*) FROM amendment_complaint"}, fault.Text{ZH: "投诉", EN: "complaints"}),
		},
		{
			ID: "amendment.claims-alerted", Demands: []string{"A-103"},
			Title: fault.Text{ZH: "结算所依据的就诊有更正的，医保办都收到差异提醒且未逾期", EN: "The insurance office was alerted of every correction in an encounter that a claim rests on, and none waits beyond its time"},
			Run:   room.claimsAlerted(now),
		},
		{ID: "amendment.rules-in-force", Demands: []string{"A-030"}, Title: fault.Text{ZH: "更正规则在用，规则外的申请按原因拒绝", EN: "Rules of correction are in force; requests beyond them are refused, by reason"}, Run: room.rulesInForce},
		{ID: "amendment.by-steps", Demands: []string{"A-031"}, Title: fault.Text{ZH: "完成的更正都走完了全部步骤", EN: "Every completed correction took every step"}, Run: room.bySteps},
		{ID: "amendment.told", Demands: []string{"A-033"}, Title: fault.Text{ZH: "以前的接收方均已按时告知，确认情况在催办中", EN: "Earlier recipients were told in time and are chased until they acknowledge"}, Run: room.told},
	}, room.integrityChecks()...)
}

func (room *Room) count(ctx context.Context, question string, args ...any) (n int64, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		found, err := db.Several(ctx, r, func(rows db.Rows, x *int64) error { return rows.Scan(x) }, question, args...)
		if len(found) > 0 {
			n = found[0]
		}
		return err
	})
	return n, err
}

func verdict(bad bool) evidence.Verdict {
	if bad {
		return evidence.NotMet
	}
	return evidence.Met
}

// rulesInForce tells which rules hold, and what they refused.
func (room *Room) rulesInForce(ctx context.Context) (evidence.Finding, error) {
	var rules []Rule
	var number int
	var refused map[string]int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if rules, number, err = inForce(ctx, r, room.o.Org); err == nil {
			refused, err = refusedByCode(ctx, r, room.o.Org)
		}
		return err
	})
	var reasons []string
	total := 0
	for code, n := range refused {
		total += n
		reasons = append(reasons, fmt.Sprintf("%s %d", strings.TrimPrefix(code, "amendment."), n))
	}
	slices.Sort(reasons)
	why := strings.Join(reasons, ", ")
	return evidence.Finding{Verdict: verdict(checkRules(rules, "-") != nil), Figure: fmt.Sprintf("%d", len(rules)), Detail: fault.Text{
		ZH: fmt.Sprintf("第 %d 版规则 %d 条，拒绝规则外申请 %d 次 %s", number, len(rules), total, why),
		EN: fmt.Sprintf("version %d with %d rules; %d requests beyond them were refused %s", number, len(rules), total, why),
	}}, err
}

// bySteps counts completed corrections that lack a step, and those that were left, by the
// step that would have come next.
func (room *Room) bySteps(ctx context.Context) (evidence.Finding, error) {
	all, err := room.some(ctx, "WHERE org = $1 AND state IN ($2, $3, $4)", room.o.Org, Completed, Abandoned, Withdrawn)
	if err != nil {
		return evidence.Finding{}, err
	}
	done, lacking := 0, 0
	left := map[string]int{}
	for _, c := range all {
		if c.State != Completed {
			left[Steps[min(c.Step, len(Steps)-1)]]++
			continue
		}
		done++
		took, err := room.took(ctx, c)
		if err != nil {
			return evidence.Finding{}, err
		}
		if !took {
			lacking++
		}
	}
	var at []string
	for _, s := range Steps {
		if left[s] > 0 {
			at = append(at, fmt.Sprintf("%s %d", s, left[s]))
		}
	}
	where := strings.Join(at, ", ")
	return evidence.Finding{Verdict: verdict(lacking > 0), Figure: fmt.Sprintf("%d / %d", lacking, done), Detail: fault.Text{
		ZH: fmt.Sprintf("按步骤完成 %d 项，缺步骤 %d 项；未完成而终止于：%s", done, lacking, where),
		EN: fmt.Sprintf("%d completed by steps, %d lack one; ended before: %s", done, lacking, where),
	}}, nil
}

func (room *Room) took(ctx context.Context, c Case) (all bool, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		taken, err := stepsOf(ctx, r, c)
		all = !slices.ContainsFunc(Steps, func(s string) bool {
			return !slices.ContainsFunc(taken, func(t Step) bool { return t.Step == s })
		})
		return err
	})
	return all, err
}

// told counts earlier recipients: told, acknowledged, out of reach, and those whom nobody
// has told in time.
func (room *Room) told(ctx context.Context) (evidence.Finding, error) {
	n := map[string]int64{}
	var err error
	for _, s := range []string{Due, Told, Acknowledged, Unreachable} {
		if n[s], err = room.count(ctx, "SELECT COUNT(*) FROM amendment_notice WHERE org = $1 AND state = $2", room.o.Org, s); err != nil {
			return evidence.Finding{}, err
		}
	}
	late, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_notice WHERE org = $1 AND state = $2 AND due < $3", room.o.Org, Due, room.desk.Now().UnixMicro())
	return evidence.Finding{Verdict: verdict(late > 0), Figure: fmt.Sprintf("%d / %d", n[Acknowledged], n[Due]+n[Told]+n[Acknowledged]+n[Unreachable]), Detail: fault.Text{
		ZH: fmt.Sprintf("待告知 %d（逾期 %d），已告知待确认 %d，已确认 %d，无法联系 %d", n[Due], late, n[Told], n[Acknowledged], n[Unreachable]),
		EN: fmt.Sprintf("%d to be told (%d late), %d told and not acknowledged, %d acknowledged, %d out of reach", n[Due], late, n[Told], n[Acknowledged], n[Unreachable]),
	}}, err
}

// claimsAlerted counts corrections in encounters that a claim rests on, alerts of them,
// and what checks before submission found.
func (room *Room) claimsAlerted(now func() int64) func(ctx context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		var checked []ClaimCheck
		if err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			checked, err = claimChecksOf(ctx, r, room.o.Org)
			return err
		}); err != nil {
			return evidence.Finding{}, err
		}
		compared, differences := 0, 0
		for _, c := range checked {
			compared, differences = compared+c.Compared, differences+c.Differences
		}
		alerted, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_notice WHERE org = $1 AND kind = $2", room.o.Org, ByClaim)
		if err != nil {
			return evidence.Finding{}, err
		}
		late, err := room.count(ctx, "SELECT COUNT(*) FROM amendment_notice WHERE org = $1 AND kind = $2 AND state = $3 AND due < $4", room.o.Org, ByClaim, Due, now())
		if err != nil {
			return evidence.Finding{}, err
		}
		missing, err := room.count(ctx, `SELECT COUNT(*) FROM amendment_case c WHERE c.org = $1 AND c.state = $2 AND c.encounter <> ''
			AND EXISTS (SELECT 1 FROM sharing_claim l JOIN sharing_claim_export x ON x.org = l.org AND x.task = l.task WHERE l.org = c.org AND l.encounter = c.encounter AND x.at < c.ended AND x.withheld NOT LIKE '%"' || l.number || '"%')
			AND NOT EXISTS (SELECT 1 FROM amendment_notice n WHERE n.org = c.org AND n.amendment = c.id AND n.kind = $3)`, room.o.Org, Completed, ByClaim)
		return evidence.Finding{Verdict: verdict(late+missing > 0), Figure: fmt.Sprintf("%d", alerted), Detail: fault.Text{
			ZH: fmt.Sprintf("申报后更正提醒 %d 次（漏提醒 %d，逾期 %d）；申报前核对 %d 项，差异 %d 项", alerted, missing, late, compared, differences),
			EN: fmt.Sprintf("%d alerts of corrections after a claim (%d missing, %d late); %d fields checked before submission, %d differed", alerted, missing, late, compared, differences),
		}}, err
	}
}

// scanWithin is how old the last look may be.
const scanWithin = 48 * time.Hour
