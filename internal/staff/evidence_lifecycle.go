package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// lifecycleChecks are the live checks about people who come, go and promise.
func (r *Room) lifecycleChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "staff.leavers-hold-nothing", Demands: []string{"A-056", "E-222"},
			Title: fault.Text{ZH: "离职人员没有任何有效任职", EN: "Nobody who has left holds an appointment"},
			Run: r.now(`SELECT COUNT(*) FROM staff_departure d WHERE d.at <= $1 AND (d.returned IS NULL OR d.returned > $1) AND EXISTS (
				SELECT 1 FROM staff_appointment a WHERE a.org = d.org AND a.person = d.person AND a.since <= $1 AND a.until > $1 AND (a.ended IS NULL OR a.ended > $1))`,
				"SELECT COUNT(*) FROM staff_departure WHERE at <= $1", fault.Text{ZH: "离职记录", EN: "departures"}),
		},
		{
			ID: "staff.short-stays-bound-posts", Demands: []string{"D-058", "D-059", "A-140"},
			Title: fault.Text{ZH: "短期人员的任职不超出其科室和培训时限", EN: "Nobody here for a short time holds a post beyond his stay"},
			Run: r.now(`SELECT COUNT(*) FROM staff_appointment a JOIN staff_person p ON p.org = a.org AND p.id = a.person
				WHERE p.category <> 'employee' AND a.since <= $1 AND a.until > $1 AND (a.ended IS NULL OR a.ended > $1) AND NOT EXISTS (
				SELECT 1 FROM staff_stay s WHERE s.org = a.org AND s.person = a.person AND s.department = a.department AND s.since <= a.since
				AND s.until >= a.until AND s.programme >= a.until AND (s.ended IS NULL OR s.ended > $1))`,
				`SELECT COUNT(*) FROM staff_appointment a JOIN staff_person p ON p.org = a.org AND p.id = a.person
				WHERE p.category <> 'employee' AND a.since <= $1 AND a.until > $1 AND (a.ended IS NULL OR a.ended > $1)`, fault.Text{ZH: "短期人员任职", EN: "posts of short-term people"}),
		},
		{
			ID: "staff.stays-have-sponsors", Demands: []string{"A-143", "A-277"},
			Title: fault.Text{ZH: "外来和短期人员都有在岗负责人", EN: "Somebody in post answers for every outsider"},
			Run: r.now(`SELECT COUNT(*) FROM staff_stay s WHERE s.sponsor <> '' AND s.since <= $1 AND s.until > $1 AND (s.ended IS NULL OR s.ended > $1) AND NOT EXISTS (
				SELECT 1 FROM staff_appointment a WHERE a.org = s.org AND a.person = s.sponsor AND a.since <= $1 AND a.until > $1 AND (a.ended IS NULL OR a.ended > $1))`,
				"SELECT COUNT(*) FROM staff_stay WHERE sponsor <> '' AND since <= $1 AND until > $1 AND (ended IS NULL OR ended > $1)", fault.Text{ZH: "在院短期人员", EN: "stays with a sponsor"}),
		},
		{
			ID: "staff.exit-lists-closed", Demands: []string{"A-203"},
			Title: fault.Text{ZH: "没有逾期未交接的离岗事项", EN: "Nothing is overdue to be taken back from leavers"},
			Run: r.now("SELECT COUNT(*) FROM staff_line WHERE signed IS NULL AND due <= $1", "SELECT COUNT(*) FROM staff_line WHERE made <= $1",
				fault.Text{ZH: "交接事项", EN: "lines"}),
		},
		{
			ID: "staff.lacks-give-nothing", Demands: []string{"D-056", "D-060", "A-145", "A-275", "E-088"},
			Title: fault.Text{ZH: "未培训或所属公司无有效协议者没有权限", EN: "Whoever is untrained, or of a vendor without agreement, has nothing"},
			Run:   r.overEverybody(lacksGiveNothing),
		},
		{
			ID: "staff.roles-independent", Demands: []string{"A-180", "D-023"},
			Title: fault.Text{ZH: "系统、网络、安全、审计、数据库管理岗位互不兼任", EN: "System, network, security, audit and database posts are held by different people"},
			Run:   r.overEverybody(rolesIndependent),
		},
		{
			ID: "staff.roster-reconciled", Demands: []string{"A-140", "E-003"},
			Title: fault.Text{ZH: "人员与人事花名册一致", EN: "The people here are those of the personnel roster"},
			Run:   r.overEverybody(rosterReconciled),
		},
		{
			ID: "staff.report-of-the-day", Demands: []string{"A-140"},
			Title: fault.Text{ZH: "每天都有人员不符报告", EN: "The mismatches of every day are reported"},
			Run: r.now("SELECT COUNT(*) FROM (SELECT MAX(made) AS newest FROM staff_report) AS r WHERE newest IS NULL OR newest < $1 - 93600000000",
				"SELECT COUNT(*) FROM staff_report WHERE made <= $1", fault.Text{ZH: "日报", EN: "reports"}),
		},
		{
			ID: "staff.licences-required", Demands: []string{"A-086", "B-017"},
			Title: fault.Text{ZH: "各临床岗位已规定所需执业资质", EN: "Every clinical role needs a licence to write"},
			Run:   r.overEverybody(licencesRequired),
		},
		{
			ID: "staff.undertakings-in-force", Demands: []string{"A-084", "A-144", "A-199", "B-002", "C-010", "D-046", "E-062"},
			Title: fault.Text{ZH: "现行承诺书约束全体人员，未签者权限已收缩", EN: "An undertaking binds everybody, and whoever has not signed has lost his reach"},
			Run:   r.overEverybody(undertakingsInForce),
		},
	}
}

// now is met when a question about this moment counts nothing. $1 is the moment.
func (r *Room) now(bad, all string, subject fault.Text) func(context.Context) (evidence.Finding, error) {
	at := func() []any { return []any{r.desk.Now().UnixMicro()} }
	return evidence.None(r.desk.Look, evidence.Query{SQL: bad, Args: at}, evidence.Query{SQL: all, Args: at}, subject)
}

// everybody are the people of one organisation at a moment.
type everybody struct {
	known
	all    footings
	report Reconciliation
	at     time.Time
}

// overEverybody asks about the people of every organisation of the store; the
// worst finding counts.
func (r *Room) overEverybody(ask func(e everybody) evidence.Finding) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		found := evidence.Finding{Verdict: evidence.NotMet, Figure: "–", Detail: fault.Text{ZH: "还没有人员", EN: "there is nobody yet"}}
		err := r.desk.Look(ctx, func(v db.Reader) error {
			orgs, err := organisations(ctx, v)
			if err != nil {
				return err
			}
			for i, org := range orgs {
				e := everybody{at: r.desk.Now()}
				if e.known, err = whatIsKnown(ctx, v, org, e.at); err != nil {
					return err
				}
				if e.all, err = readFootings(ctx, v, org, e.at); err != nil {
					return err
				}
				if e.report, err = reconcile(ctx, v, org, e.at); err != nil {
					return err
				}
				if one := ask(e); i == 0 || one.Verdict != evidence.Met {
					found = one
				}
			}
			return nil
		})
		return found, err
	}
}

func finding(ok bool, figure, zh, en string) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: figure, Detail: fault.Text{ZH: zh, EN: en}}
	if !ok {
		f.Verdict = evidence.NotMet
	}
	return f
}

func lacksGiveNothing(e everybody) evidence.Finding {
	lacking, acting := 0, 0
	for _, p := range e.people {
		f := e.all.of(p.ID)
		s := Standing{Person: p, Appointments: slices.Clone(e.held[p.ID])}
		if lack := f.lack(p, rolesOf(s.Appointments), e.at); lack != LackTraining && lack != LackAgreement {
			continue
		}
		lacking++
		if s.stand(f, e.at); len(s.Actor().Roles) > 0 {
			acting++
		}
	}
	return finding(acting == 0, fmt.Sprintf("%d / %d", acting, lacking),
		fmt.Sprintf("缺培训或协议的 %d 人中有权限的 %d 人", lacking, acting), fmt.Sprintf("%d of %d who lack training or agreement have rights", acting, lacking))
}

func rolesIndependent(e everybody) evidence.Finding {
	return countKinds(e, "人岗位冲突", "hold conflicting roles", Conflicting)
}

func rosterReconciled(e everybody) evidence.Finding {
	if e.report.Roster.ID == "" {
		return finding(false, "–", "还没有导入过人事花名册", "no personnel roster was taken in yet")
	}
	return countKinds(e, "人与花名册不一致", "do not fit the roster", NotInRoster, ElsewhereRoster, LeftHolding, ShortUnsettled)
}

func countKinds(e everybody, zh, en string, kinds ...MismatchKind) evidence.Finding {
	n := 0
	for _, m := range e.report.Mismatches {
		if slices.Contains(kinds, m.Kind) {
			n++
		}
	}
	return finding(n == 0, fmt.Sprintf("%d / %d", n, e.report.Governed),
		fmt.Sprintf("%d 人在岗，其中 %d %s", e.report.Governed, n, zh), fmt.Sprintf("%d of %d people in post %s", n, e.report.Governed, en))
}

// writers are the roles that write records.
var writers = []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician"}

func licencesRequired(e everybody) evidence.Finding {
	required := 0
	for _, role := range writers {
		if slices.ContainsFunc(e.all.shared.requirements, func(n Requirement) bool { return n.Role == role && !n.Since.After(e.at) }) {
			required++
		}
	}
	blocked := 0
	for _, m := range e.report.Mismatches {
		if m.Kind == NoLicence {
			blocked++
		}
	}
	return finding(required == len(writers), fmt.Sprintf("%d / %d", required, len(writers)),
		fmt.Sprintf("%d 个临床岗位中 %d 个已规定资质；无有效资质而暂停书写 %d 人", len(writers), required, blocked),
		fmt.Sprintf("%d of %d clinical roles need a licence; %d people may not write", required, len(writers), blocked))
}

func undertakingsInForce(e everybody) evidence.Finding {
	binding := slices.ContainsFunc(e.all.shared.undertakings, func(u Undertaking) bool {
		return u.inForce(e.at) && len(u.Roles) == 0 && len(u.Categories) == 0
	})
	lapsed := 0
	for _, m := range e.report.Mismatches {
		if m.Kind == NoUndertaking {
			lapsed++
		}
	}
	signed := e.report.Governed - lapsed
	if !binding {
		return finding(false, "–", "没有约束全体人员的现行承诺书", "no undertaking in force binds everybody")
	}
	return finding(true, fmt.Sprintf("%d / %d", signed, e.report.Governed),
		fmt.Sprintf("在岗 %d 人，已签或在宽限期 %d 人，其余权限已收缩", e.report.Governed, signed),
		fmt.Sprintf("%d of %d have signed or are in grace; the others have lost their reach", signed, e.report.Governed))
}
