package sharing

import (
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

type noneOf func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error)

func (room *Room) checksOfClaims(none noneOf) []evidence.Check {
	const exports = "SELECT COUNT(*) FROM sharing_claim_export x"
	return []evidence.Check{
		{
			ID: "sharing.claims-bounded", Demands: []string{"A-102"},
			Title: fault.Text{ZH: "医保调阅任务都有依据、期限、结算单和另一人的批准", EN: "Every approved claim task has a legal basis, an end, its claims, and the approval of somebody else"},
			Run: none(`SELECT COUNT(*) FROM sharing_claim_task t WHERE t.approved IS NOT NULL AND (t.basis = $1 OR t.article = $1 OR t.approved_by IN (t.asked_by, t.reviewer)
				OR t.until - t.since > $2 OR t.claims <> (SELECT COUNT(*) FROM sharing_claim c WHERE c.org = t.org AND c.task = t.id))`,
				func() []any { return []any{"", longestClaims.Microseconds()} },
				"SELECT COUNT(*) FROM sharing_claim_task WHERE approved IS NOT NULL", nil, "任务", "tasks"),
		},
		{
			ID: "sharing.claims-in-task", Demands: []string{"A-102"},
			Title: fault.Text{ZH: "医保导出都由任务指定的人在任务期限内完成", EN: "Every export for an insurer was made by the reviewer of its task, in its time"},
			Run: none(exports+` WHERE NOT EXISTS (SELECT 1 FROM sharing_claim_task t WHERE t.org = x.org AND t.id = x.task AND t.reviewer = x.by_person
				AND t.insurer = x.recipient AND t.approved <= x.at AND t.since <= x.at AND t.until > x.at AND (t.ended IS NULL OR t.ended >= x.at))`, nil,
				exports, nil, "导出", "exports"),
		},
		{
			ID: "sharing.claims-encrypted", Demands: []string{"A-104"},
			Title: fault.Text{ZH: "医保导出都加密给登记的接收方证书并计数，进行中任务的证书现在可用", EN: "Every export is encrypted to the certificate of its insurer and counted, and the certificates of open tasks can be used now"},
			Run:   room.claimsEncrypted,
		},
	}
}

// claimsEncrypted counts exports without what shows to whom they are encrypted, and open
// tasks to whose certificate nothing can be encrypted at this moment.
func (room *Room) claimsEncrypted(ctx context.Context) (evidence.Finding, error) {
	var exported, bare, open, broken int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		exported, bare, open, broken = 0, 0, 0, 0
		found, err := claimExports.Select(ctx, r, "ORDER BY org, id")
		if err != nil {
			return err
		}
		for _, x := range found {
			if exported++; len(x.Certificate) == 0 || len(x.Digest) == 0 || x.Recipient == "" || x.Rows == 0 {
				bare++
			}
		}
		tasks, err := claimTasks.Select(ctx, r, "WHERE state = $1 AND until > $2 ORDER BY org, id", ClaimsApproved, room.desk.Now().UnixMicro())
		for _, t := range tasks {
			open++
			if _, wrong := envelope(t.Certificate, []byte("trial"), room.desk.Now()); wrong != nil {
				broken++
			}
		}
		return err
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bare+broken, exported+open), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 次导出中 %d 次缺少加密凭据；%d 个进行中任务中 %d 个证书不可用", exported, bare, open, broken),
		EN: fmt.Sprintf("%d of %d exports show no encryption; %d of %d open tasks have a certificate that cannot be used", bare, exported, broken, open),
	}}
	if bare+broken > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// minimumKept counts exports that hold a field which nobody approved or that is said to
// be stripped, and hand-overs of a kind of requester with a minimum that nobody reviewed.
func (room *Room) minimumKept(ctx context.Context) (evidence.Finding, error) {
	var checked, beyond, extras, stripped int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		checked, beyond, extras, stripped = 0, 0, 0, 0
		exported, err := claimExports.Select(ctx, r, "ORDER BY org, id")
		if err != nil {
			return err
		}
		for _, x := range exported {
			t, err := claimTasks.Get(ctx, r, x.Org, x.Task)
			if err != nil {
				return err
			}
			checked, stripped = checked+1, stripped+len(x.Stripped)
			if !t.allows(x) {
				beyond++
			}
			extras += len(t.Extras) - len(t.stripped())
		}
		handed, err := handovers.Select(ctx, r, "ORDER BY org, id")
		if err != nil {
			return err
		}
		for _, h := range handed {
			c, err := cases.Get(ctx, r, h.Org, h.Case)
			if err != nil {
				return err
			}
			last, err := lastMasking(ctx, r, c)
			if err != nil {
				return err
			}
			kind, _ := kindOf(c.Kind)
			if checked++; kind.narrowed() && last.Round == 0 {
				beyond++
			}
			extras += last.Disclosed
			kept, err := cuts.Select(ctx, r, "WHERE org = $1 AND handover = $2", h.Org, h.ID)
			if err != nil {
				return err
			}
			stripped += len(kept)
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", beyond, checked), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 次提供中 %d 次超出批准范围；批准的额外项目 %d 项，剔除 %d 项", checked, beyond, extras, stripped),
		EN: fmt.Sprintf("%d of %d packages went beyond what was approved; %d extra items approved, %d stripped", beyond, checked, extras, stripped),
	}}
	if beyond > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// allows reports whether an export holds no field beyond those of its task.
func (t ClaimTask) allows(x ClaimExport) bool {
	allowed := t.fields()
	return !slices.ContainsFunc(x.Fields, func(id string) bool {
		return slices.Contains(x.Stripped, id) || !slices.ContainsFunc(allowed, func(f ClaimField) bool { return f.ID == id })
	})
}
