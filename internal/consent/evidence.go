package consent

import (
	"context"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (room *Room) Checks() []evidence.Check {
	now := func() int64 { return room.desk.Now().UnixMicro() }
	const given = "SELECT COUNT(*) FROM consent_record WHERE decision = $1"
	given1 := func() []any { return []any{Given} }
	none := func(bad string, badArgs func() []any, of string, ofArgs func() []any, zh, en string) func(context.Context) (evidence.Finding, error) {
		return evidence.None(room.desk.Look, evidence.Query{SQL: bad, Args: badArgs}, evidence.Query{SQL: of, Args: ofArgs}, fault.Text{ZH: zh, EN: en})
	}
	return []evidence.Check{
		{
			ID: "consent.proven", Demands: []string{"B-006", "B-093", "A-079", "C-066"},
			Title: fault.Text{ZH: "每份同意都有范围、期限、签署人和凭证", EN: "Every consent has a scope, an end or a review, somebody who gave it, and proof"},
			Run: none(given+" AND (due IS NULL OR scope = $2 OR evidence IS NULL AND form <> $3)",
				func() []any { return []any{Given, "{}", Verbal} }, given, given1, "同意", "consents"),
		},
		{
			ID: "consent.guardian-ends", Demands: []string{"B-006", "B-093"},
			Title: fault.Text{ZH: "监护人作出的同意不超过监护期限", EN: "What a guardian agreed to ends with his power"},
			Run: none(`SELECT COUNT(*) FROM consent_record r WHERE r.decision = $1 AND r.relation = $2 AND (r.until IS NULL OR NOT EXISTS (
				SELECT 1 FROM consent_guardian g WHERE g.org = r.org AND g.id = r.guardian AND g.patient = r.patient AND g.until >= r.until))`,
				func() []any { return []any{Given, ByGuardian} }, given+" AND relation = $2", func() []any { return []any{Given, ByGuardian} }, "监护人同意", "consents by guardians"),
		},
		{
			ID: "consent.reviewed", Demands: []string{"B-006"},
			Title: fault.Text{ZH: "将到期和应复核的同意都已派出任务", EN: "Somebody was asked to see to every consent that ends or waits for review"},
			Run: none(given+" AND withdrawn IS NULL AND told IS NULL AND due <= $2", func() []any { return []any{Given, now()} },
				given+" AND withdrawn IS NULL", given1, "有效同意", "consents in force"),
		},
		{
			ID: "consent.exemptions-cited", Demands: []string{"B-094", "C-128"},
			Title: fault.Text{ZH: "每项豁免都有法条、期限和另一人的审批", EN: "Every exemption cites an article, ends, and was approved by somebody else"},
			Run: none("SELECT COUNT(*) FROM consent_exemption WHERE article = $1 OR basis = $2 OR requester = approved_by OR until - since > $3",
				func() []any { return []any{"", "", longestExemption.Microseconds()} }, "SELECT COUNT(*) FROM consent_exemption", nil, "豁免", "exemptions"),
		},
		{
			ID: "consent.notices-told", Demands: []string{"B-015"},
			Title: fault.Text{ZH: "告知都已由患者或代理人确认", EN: "Those who were told something confirmed it"},
			Run:   none("SELECT COUNT(*) FROM consent_notice WHERE acknowledged = 0", nil, "SELECT COUNT(*) FROM consent_notice", nil, "告知", "notices"),
		},
	}
}
