package sharing

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	const all = "SELECT COUNT(*) FROM sharing_case"
	const handed = "SELECT COUNT(*) FROM sharing_handover"
	const steps = "(SELECT COUNT(DISTINCT s.person) FROM sharing_step s WHERE s.org = c.org AND s.case_id = c.id AND s.kind = $1)"
	return append(room.checksOfClaims(none), []evidence.Check{
		{
			ID: "sharing.items-ruled", Demands: []string{"A-119"},
			Title: fault.Text{ZH: "批准的机关和机构案件都逐项确定了披露和遮盖范围", EN: "Every approved case of an agency was ruled upon item by item, each ruling with its reason"},
			Run: none(all+" c WHERE c.approved IS NOT NULL AND c.agency <> $1 AND NOT EXISTS (SELECT 1 FROM sharing_masking m WHERE m.org = c.org AND m.case_id = c.id AND m.at <= c.approved)",
				func() []any { return []any{""} }, all+" WHERE approved IS NOT NULL AND agency <> $1", func() []any { return []any{""} }, "机构案件", "cases of agencies"),
		},
		{
			ID: "sharing.minimum-kept", Demands: []string{"B-090"},
			Title: fault.Text{ZH: "超出最小范围的内容都有逐项批准，其余已剔除并列出", EN: "What went beyond the minimum was approved item by item; the rest was stripped and is listed"},
			Run:   room.minimumKept,
		},
		{
			ID: "sharing.steps-whole", Demands: []string{"A-105", "A-118", "B-064", "B-067", "B-071"},
			Title: fault.Text{ZH: "批准的案件都经两人核验身份并确定范围", EN: "Every approved case was checked by two people and scoped"},
			Run: none("SELECT COUNT(*) FROM sharing_case c WHERE c.approved IS NOT NULL AND ("+steps+" < 2 OR c.scoped_by = $2 OR c.approved_by = c.received_by)",
				func() []any { return []any{"check", ""} }, all+" WHERE approved IS NOT NULL", nil, "已批准案件", "approved cases"),
		},
		{
			ID: "sharing.head-approved", Demands: []string{"B-068", "B-073"},
			Title: fault.Text{ZH: "总值班代批的案件都已由院领导确认", EN: "What the administrator on duty approved was confirmed in time"},
			Run: none(all+" WHERE confirm_by < $1 AND confirmed_by = $2 AND state = $3", func() []any { return []any{now(), "", Approved} },
				all+" WHERE confirm_by IS NOT NULL", nil, "代批案件", "approvals in the place of the head"),
		},
		{
			ID: "sharing.answered", Demands: []string{"B-065"},
			Title: fault.Text{ZH: "外部调阅都按时答复", EN: "Requests from outside are answered in time"},
			Run:   none(all+" WHERE deadline < $1 AND approved IS NULL AND closed IS NULL", func() []any { return []any{now()} }, all, nil, "案件", "cases"),
		},
		{
			ID: "sharing.by-assistant", Demands: []string{"B-069", "B-074"},
			Title: fault.Text{ZH: "每次交付都由指定人员在期限内完成", EN: "Every hand-over was by the assistant, in the time of the case"},
			Run: none(`SELECT COUNT(*) FROM sharing_handover h WHERE NOT EXISTS (SELECT 1 FROM sharing_case c
				WHERE c.org = h.org AND c.id = h.case_id AND c.patient = h.patient AND c.assistant = h.by_person AND c.approved <= h.at AND c.until > h.at)`, nil, handed, nil, "交付", "hand-overs"),
		},
		{
			ID: "sharing.recorded", Demands: []string{"B-070", "D-050"},
			Title: fault.Text{ZH: "每份交付的复制件都有交接单、摘要和依据", EN: "Every copy has a receipt, a digest and a basis"},
			Run: none(`SELECT COUNT(*) FROM sharing_handover h WHERE h.manner = $1 AND (h.receipt IS NULL OR h.code IS NULL OR EXISTS (
				SELECT 1 FROM sharing_case c WHERE c.org = h.org AND c.id = h.case_id AND c.basis = $2))`,
				func() []any { return []any{Copied, ""} }, handed+" WHERE manner = $1", func() []any { return []any{Copied} }, "复制件", "copies"),
		},
		{
			ID: "sharing.returned", Demands: []string{"A-106"},
			Title: fault.Text{ZH: "应收回或销毁的资料都已登记", EN: "What had to come back or be destroyed is on record"},
			Run: none("SELECT COUNT(*) FROM sharing_handover h WHERE h.return_by < $1 AND NOT EXISTS (SELECT 1 FROM sharing_return r WHERE r.org = h.org AND r.handover = h.id)",
				func() []any { return []any{now()} }, handed+" WHERE return_by IS NOT NULL", nil, "应收回的交付", "hand-overs that come back"),
		},
		{
			ID: "sharing.partners-agreed", Demands: []string{"B-095"},
			Title: fault.Text{ZH: "向其他机构和保险机构提供时都有生效的保密协议", EN: "Whatever went to other institutions and insurers went under a confidentiality agreement in force"},
			Run:   room.partnersAgreed,
		},
		{
			ID: "sharing.consented", Demands: []string{"B-072"},
			Title: fault.Text{ZH: "向其他机构提供都有患者同意或法定依据", EN: "What other institutions and insurers got rests on a consent or an exemption"},
			Run: none(all+" WHERE kind IN ($1, $2) AND approved IS NOT NULL AND consent = $3", func() []any { return []any{"institution", "insurer", ""} },
				all+" WHERE kind IN ($1, $2) AND approved IS NOT NULL", func() []any { return []any{"institution", "insurer"} }, "案件", "cases"),
		},
	}...)
}

// partnersAgreed counts what was handed over to partners, and what of it while they had
// no agreement.
func (room *Room) partnersAgreed(ctx context.Context) (evidence.Finding, error) {
	var handed, bare int
	err := room.desk.Look(ctx, func(r db.Reader) error {
		handed, bare = 0, 0
		found, err := handovers.Select(ctx, r, "WHERE case_id IN (SELECT id FROM sharing_case WHERE kind IN ($1, $2)) ORDER BY id", "institution", "insurer")
		if err != nil {
			return err
		}
		for _, h := range found {
			c, err := cases.Get(ctx, r, h.Org, h.Case)
			if err != nil {
				return err
			}
			_, agreed, err := staff.AgreedWith(ctx, r, h.Org, c.Agency, h.At)
			if err != nil {
				return err
			}
			if handed++; !agreed {
				bare++
			}
		}
		return nil
	})
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", handed-bare, handed), Detail: fault.Text{
		ZH: fmt.Sprintf("%d 次提供中 %d 次没有生效的保密协议", handed, bare), EN: fmt.Sprintf("%d of %d hand-overs to partners had no agreement in force", bare, handed),
	}}
	if bare > 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}
