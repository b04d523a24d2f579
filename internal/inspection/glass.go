package inspection

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// longestGlass is how long a break-glass may last at most (D-025).
const longestGlass = policy.MaxGlassHours * time.Hour

func (a *asked) aboutGlass(ctx context.Context, id string) error {
	found, err := glassesWhere(ctx, a.r, a.org, "id", id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return act.ErrAbsent.With()
	}
	g := found[0]
	a.subject = Subject{Kind: Glass, ID: id, Person: g.person, Patient: g.patient}
	used, err := a.usedBy(ctx, ledger.Query{Actor: g.person, Patient: g.patient, Tie: policy.TieGlass, From: g.since}, id)
	if err != nil {
		return err
	}
	patient := policy.Object{Kind: "Patient", ID: g.patient, Org: a.org, Patient: g.patient}
	page := "/reviews"
	return a.askAll(ctx, []question{
		{Question{ID: "broken", Title: words("何时、因何紧急调阅", "When the glass was broken, and why"), Demands: []string{"D-025"}, Source: words("紧急调阅登记、审计日志", "register of break-glasses, ledger"), Place: page}, "ledger.readers", patient, a.broken(g)},
		{Question{ID: "limits", Title: words("时限", "The limit of time"), Demands: []string{"D-025", "D-036"}, Source: words("紧急调阅登记、审计日志", "register of break-glasses, ledger"), Place: page}, "", patient, glassLimits(g, used)},
		{Question{ID: "opened", Title: words("据此打开了什么", "What was opened by it"), Demands: []string{"D-025", "D-048", "D-063"}, Source: words("审计日志", "ledger"), Place: "/ledger?actor=" + g.person}, "ledger.readers", patient, a.openedByTie(used)},
		{Question{ID: "taken", Title: words("打印、导出和外发（应为零）", "Printed, exported or handed on (must be none)"), Demands: []string{"D-025", "D-048"}, Source: words("审计日志", "ledger"), Place: "/ledger?actor=" + g.person}, "ledger.readers", patient, takenByTie(used)},
		{Question{ID: "told", Title: words("严重情形的即时告知", "Severe ones are told at once"), Demands: []string{"D-025", "D-078"}, Source: words("复核任务", "tasks of review"), Place: page}, "", patient, glassTold(g)},
		{Question{ID: "review", Title: words("次日复核及结论", "Review by the next working day, with its verdict"), Demands: []string{"D-025", "D-028"}, Source: words("复核登记、审计日志", "reviews, ledger"), Place: page}, "ledger.readers", patient, a.glassReview(g)},
		{Question{ID: "again", Title: words("同一人 180 天内的紧急调阅", "Break-glasses of the same person in 180 days"), Demands: []string{"D-025", "D-028"}, Source: words("紧急调阅登记", "register of break-glasses"), Place: page}, "ledger.search", a.book(), a.glassesOf(g)},
	})
}

// usedBy are the entries that a query finds and that were allowed by one tie: a reason
// or a grant.
func (a *asked) usedBy(ctx context.Context, q ledger.Query, tie string) ([]ledger.Line, error) {
	q.Outcome = ledger.Done
	found, _, err := a.traces(ctx, q)
	if err != nil {
		return nil, err
	}
	var used []ledger.Line
	for _, l := range found {
		placed, err := a.room.ledger.ByID(ctx, a.r, l.ID)
		if err != nil {
			return nil, err
		}
		if t := placed.Entry.Why.Tie; t != nil && t.ID == tie {
			used = append(used, l)
		}
	}
	return used, nil
}

func (a *asked) broken(g glass) step {
	return func(ctx context.Context, q *Question) error {
		entry, err := a.oldest(ctx, ledger.Query{Actor: g.person, Patient: g.patient, Verbs: []string{"access.break-glass"}, Outcome: ledger.Done, From: g.since, To: g.since.Add(time.Minute)})
		if err != nil {
			return err
		}
		missing := count(entry.ID == "")
		why := choiceName(g.choice)
		q.prove(entry.ID)
		q.line(Line{At: g.since, Person: g.person, Patient: g.patient, Entry: entry.ID, Says: joined(tieName(policy.TieGlass), why)})
		q.Figures = append(q.Figures, figure("开始", "begun", moment(g.since)), figure("理由", "reason", why.ZH+" / "+why.EN))
		q.Verdict = verdictOf(missing, 0)
		q.Says = words("于 "+moment(g.since)+" 紧急调阅，理由“"+why.ZH+"”，说明密封保存。", "Broken on "+moment(g.since)+" for "+why.EN+"; the words are kept sealed.")
		if missing > 0 {
			q.Says.ZH += "审计日志中没有这次紧急调阅。"
			q.Says.EN += " The ledger has no entry of it."
		}
		return nil
	}
}

func glassLimits(g glass, used []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		long, late := count(g.until.Sub(g.since) > longestGlass), 0
		for _, l := range used {
			if !l.At.Before(g.until) {
				late++
				q.line(lineOf(l, true))
				q.prove(l.ID)
			}
		}
		hours := g.until.Sub(g.since).Round(time.Minute)
		q.Figures = append(q.Figures, figure("时长", "lasts", hours), figure("超过上限", "beyond the limit", long), figure("到期后仍被使用", "used after its end", late))
		q.Verdict = verdictOf(long+late, 0)
		q.Says = wordsOf("自 %s 至 %s；到期后仍被使用 %d 次，上限 %d 小时。", "From %s to %s; used %d times after its end; %d hours are the limit.", moment(g.since), moment(g.until), late, policy.MaxGlassHours)
		return nil
	}
}

// openedByTie lists what one tie opened, whether or not anything is amiss.
func (a *asked) openedByTie(used []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		opened, patients := 0, map[string]bool{}
		for _, l := range used {
			if slices.Contains(opening, l.Verb) {
				opened++
			}
			if l.Patient != "" {
				patients[l.Patient] = true
			}
			q.line(lineOf(l, false))
			q.prove(l.ID)
		}
		q.Figures = append(q.Figures, figure("据此操作", "acts by it", len(used)), figure("打开病历", "opened", opened), figure("患者", "patients", len(patients)))
		q.Says = wordsOf("据此操作 %d 次，其中打开病历 %d 次，涉及患者 %d 名。", "%d acts by it, of which %d opened a record, of %d patients.", len(used), opened, len(patients))
		return nil
	}
}

// takesAway reports whether an act takes content off the screen.
func takesAway(verb string) bool {
	room, _, _ := strings.Cut(verb, ".")
	return room == "output" || room == "sharing" || verb == "record.print"
}

func takenByTie(used []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		taken := 0
		for _, l := range used {
			if takesAway(l.Verb) {
				taken++
				q.line(lineOf(l, true))
				q.prove(l.ID)
			}
		}
		q.Figures = append(q.Figures, figure("打印、导出或外发", "taken away", taken))
		q.Verdict = verdictOf(taken, 0)
		q.Says = wordsOf("据此打印、导出或外发 %d 次。", "Printed, exported or handed on by it %d times.", taken)
		return nil
	}
}

// severities are why a break-glass is severe.
var severities = map[string]fault.Text{
	"sealed": words("患者信息已封存", "the patient is sealed"), "barred": words("本人被限制访问该患者", "who broke it is barred from the patient"),
	"level": words("最高敏感级别", "the highest level of sensitivity"), "colleague": words("患者是本院职工", "the patient works here"),
}

func glassTold(g glass) step {
	return func(_ context.Context, q *Question) error {
		untold := count(g.severe != "" && g.task == "")
		q.Figures = append(q.Figures, figure("严重", "severe", count(g.severe != "")), figure("未即时告知", "not told at once", untold))
		q.Verdict = verdictOf(untold, 0)
		if g.severe == "" {
			q.Says = words("不属于严重情形，列入次日早晨的汇总。", "It is not severe, and stands in the next morning's digest.")
			return nil
		}
		why, known := severities[g.severe]
		if !known {
			why = words(g.severe, g.severe)
		}
		q.Says = words("属于严重情形（"+why.ZH+"），已即时交复核人。", "It is severe ("+why.EN+") and was handed to a reviewer at once.")
		if untold > 0 {
			q.Says = words("属于严重情形（"+why.ZH+"），没有即时交复核人。", "It is severe ("+why.EN+") and was handed to no reviewer.")
		}
		return nil
	}
}

func (a *asked) glassReview(g glass) step {
	return func(ctx context.Context, q *Question) error {
		late, own, doubtful := count(g.late(a.now)), count(g.reviewer != "" && g.reviewer == g.person), count(g.verdict == "improper" || g.verdict == "unclear")
		verdict := verdictName(g.verdict)
		q.Figures = append(q.Figures, figure("期限", "due", moment(g.reviewBy)), figure("逾期", "late", late), figure("自己复核自己", "reviewed by himself", own))
		q.Verdict = verdictOf(late+own, doubtful)
		q.Says = words("复核期限 "+moment(g.reviewBy)+"，结论："+verdict.ZH+"。", "To be reviewed by "+moment(g.reviewBy)+"; verdict: "+verdict.EN+".")
		if g.reviewed.IsZero() {
			return nil
		}
		q.line(Line{At: g.reviewed, Person: g.reviewer, Wrong: late+own > 0, Says: joined(words("复核", "reviewed"), verdict)})
		entry, err := a.oldest(ctx, ledger.Query{Actor: g.reviewer, Patient: g.patient, Verbs: []string{"access.review"}, Outcome: ledger.Done, From: g.reviewed, To: g.reviewed.Add(time.Minute)})
		q.prove(entry.ID)
		return err
	}
}

func (a *asked) glassesOf(g glass) step {
	return func(ctx context.Context, q *Question) error {
		all, err := glassesWhere(ctx, a.r, a.org, "person", g.person)
		if err != nil {
			return err
		}
		lately, overdue, improper := 0, 0, 0
		for _, x := range all {
			if x.since.Before(a.now.Add(-longestLook)) {
				continue
			}
			lately++
			late := x.verdict == "" && x.reviewBy.Before(a.now)
			overdue, improper = overdue+count(late), improper+count(x.verdict == "improper")
			q.line(Line{At: x.since, Patient: x.patient, Wrong: late || x.verdict == "improper", Says: joined(choiceName(x.choice), verdictName(x.verdict))})
		}
		q.Figures = append(q.Figures, figure("次数", "times", lately), figure("逾期未复核", "overdue for review", overdue), figure("结论为不当", "found improper", improper))
		q.Verdict = verdictOf(overdue, improper)
		q.Says = wordsOf("180 天内紧急调阅 %d 次，逾期未复核 %d 次，结论为不当 %d 次。", "Broke the glass %d times in 180 days; %d overdue for review, %d found improper.", lately, overdue, improper)
		return nil
	}
}
