package inspection

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

const attention = "attention"

func (a *asked) aboutSeal(ctx context.Context, id string) error {
	found, err := sealsWhere(ctx, a.r, a.org, "id", id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return act.ErrAbsent.With()
	}
	s := found[0]
	a.subject = Subject{Kind: Sealed, ID: id, Patient: s.patient}
	steps, err := sealSteps(ctx, a.r, a.org, id)
	if err != nil {
		return err
	}
	before, _, err := a.traces(ctx, ledger.Query{Patient: s.patient, From: s.since.Add(-lately), To: s.since})
	if err != nil {
		return err
	}
	after, err := a.during(ctx, s)
	if err != nil {
		return err
	}
	patient := policy.Object{Kind: "Patient", ID: s.patient, Org: a.org, Patient: s.patient}
	page := "/seals/" + id
	return a.askAll(ctx, []question{
		{Question{ID: "order", Title: words("封存令", "The order"), Demands: []string{"D-041"}, Source: words("封存登记、审计日志", "register of seals, ledger"), Place: page}, "access.see-seals", a.house(), a.order(s)},
		{Question{ID: "effect", Title: words("生效用时与封存期内的访问", "Seconds to effect, and what was opened since"), Demands: []string{"D-041", "D-042"}, Source: words("审计日志", "ledger"), Place: page}, "ledger.readers", patient, a.effect(s, after)},
		{Question{ID: "before", Title: words("封存前 30 天谁看过", "Who looked in the 30 days before"), Demands: []string{"D-025", "D-041", "D-063"}, Source: words("审计日志", "ledger"), Place: page}, "ledger.readers", patient, a.lookBack(ctx, before)},
		{Question{ID: "may", Title: words("此刻谁可以看", "Who may look now"), Demands: []string{"D-033", "D-042"}, Source: words("诊疗关系、封存名单", "care relations, list of the seal"), Place: page}, "access.see-seals", a.house(), a.mayLook(s)},
		{Question{ID: "attempts", Title: words("封存期内被拒绝的尝试", "Attempts since"), Demands: []string{"D-037", "D-042", "D-078"}, Source: words("审计日志", "ledger"), Place: page}, "ledger.readers", patient, refusals(refusedAmong(after))},
		{Question{ID: "renewals", Title: words("续期", "Renewals"), Demands: []string{"D-041"}, Source: words("封存经过", "steps of the seal"), Place: page}, "", patient, a.renewals(s, steps)},
		{Question{ID: "documents", Title: words("封存文书与摘要", "Documents with their digests"), Demands: []string{"D-021", "D-040", "D-042"}, Source: words("封存清单、文书版本摘要逐份比对", "list of the seal, each digest compared with the version"), Place: page}, "access.see-seals", a.house(), a.digests(s)},
		{Question{ID: "parties", Title: words("双方当事人", "Both parties"), Demands: []string{"D-042"}, Source: words("封存登记", "register of seals"), Place: page}, "", patient, parties(s)},
		{Question{ID: "unsealing", Title: words("启封", "Unsealing"), Demands: []string{"D-042"}, Source: words("封存经过", "steps of the seal"), Place: page}, "access.see-seals", a.house(), a.unsealing(s, steps)},
	})
}

// during are the entries about the patient from the placing of the seal to its lifting.
func (a *asked) during(ctx context.Context, s seal) ([]ledger.Line, error) {
	q := ledger.Query{Patient: s.patient, From: s.since.Add(time.Microsecond)}
	if !s.lifted.IsZero() {
		q.To = s.lifted
	}
	found, _, err := a.traces(ctx, q)
	return found, err
}

func (a *asked) order(s seal) step {
	return func(ctx context.Context, q *Question) error {
		kind := sealName(s.kind)
		entry, err := a.oldest(ctx, ledger.Query{Patient: s.patient, Verbs: []string{"access.seal"}, Outcome: ledger.Done, From: s.since, To: s.since.Add(time.Minute)})
		if err != nil {
			return err
		}
		q.prove(entry.ID)
		missing := 0
		if entry.ID == "" {
			missing = 1
		}
		q.line(Line{At: s.since, Person: s.owner, Entry: entry.ID, Says: words("下达"+kind.ZH, kind.EN+" placed")})
		q.Figures = append(q.Figures, figure("种类", "kind", kind.ZH+" / "+kind.EN), figure("下达时刻", "placed", moment(s.since)))
		q.Verdict = verdictOf(missing, 0)
		q.Says = words(kind.ZH+"于 "+moment(s.since)+" 下达。", "An "+kind.EN+", placed on "+moment(s.since)+".")
		if s.kind != attention {
			q.Says.EN = "A " + kind.EN + ", placed on " + moment(s.since) + "."
		}
		if missing > 0 {
			q.Says.ZH += "审计日志中没有封存令。"
			q.Says.EN += " The ledger has no entry of it."
		}
		return nil
	}
}

func refusedAmong(lines []ledger.Line) []ledger.Line {
	var refused []ledger.Line
	for _, l := range lines {
		if l.Outcome == ledger.Refused {
			refused = append(refused, l)
		}
	}
	return refused
}

// passes are the ties that lead through an attention seal.
var passes = []string{policy.TieCare, policy.TieDuty, policy.TieTask, policy.TieGlass, policy.TieListed}

func (a *asked) effect(s seal, after []ledger.Line) step {
	return func(ctx context.Context, q *Question) error {
		listed, err := listedOn(ctx, a.r, a.org, s.id)
		if err != nil {
			return err
		}
		through, wrong, first := 0, 0, time.Time{}
		for _, l := range after { // the newest first
			switch {
			case l.Outcome == ledger.Refused:
				first = l.At
				q.prove(l.ID)
			case slices.Contains(opening, l.Verb):
				through++
				stray := s.kind == attention && !slices.Contains(passes, l.Tie) &&
					!slices.ContainsFunc(listed, func(x span) bool { return x.person == l.Actor && x.live(l.At) })
				if stray {
					wrong++
					q.prove(l.ID)
				}
				q.line(lineOf(l, stray))
			}
		}
		q.Figures = append(q.Figures, figure("封存后打开", "opened since", through), figure("其中无权而打开", "by somebody shut out", wrong))
		q.Verdict = verdictOf(wrong, 0)
		q.Says = wordsOf("自下达的同一事务起生效；封存后打开 %d 次，其中应被挡住的 %d 次。", "In force from the transaction that placed it; opened %d times since, %d of them by somebody who should have been shut out.", through, wrong)
		if first.IsZero() {
			q.Says.ZH += "至今无人被拒绝。"
			q.Says.EN += " Nobody has been refused so far."
			return nil
		}
		seconds := int(first.Sub(s.since).Seconds())
		q.Figures = append(q.Figures, figure("到首次拒绝（秒）", "seconds to the first refusal", seconds))
		q.Says.ZH += "首次拒绝发生在下达后 " + itoa(seconds) + " 秒。"
		q.Says.EN += " The first refusal came " + itoa(seconds) + " seconds after."
		return nil
	}
}

func (a *asked) lookBack(ctx context.Context, before []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		wards, failed := a.wardsOf(ctx)
		o := sortOut(before, wards)
		if err := failed(); err != nil {
			return err
		}
		for _, l := range o.all {
			wrong := contains(o.unexplained, l.ID)
			q.line(lineOf(l, wrong))
			q.prove(l.ID)
		}
		q.Figures = append(q.Figures, figure("打开", "opened", len(o.all)), figure("人数", "people", len(o.people)), figure("无法解释", "unexplained", len(o.unexplained)))
		q.Verdict = verdictOf(0, len(o.unexplained))
		q.Says = wordsOf("封存前 30 天打开 %d 次，涉及 %d 人，无法解释 %d 次。", "Opened %d times in the 30 days before, by %d people; %d without an explanation.", len(o.all), len(o.people), len(o.unexplained))
		return nil
	}
}

func (a *asked) mayLook(s seal) step {
	return func(ctx context.Context, q *Question) error {
		if !s.lifted.IsZero() {
			q.Says = words("封存已解除，按平时的规则访问。", "The seal is lifted; the usual rules hold.")
			return nil
		}
		if s.kind != attention {
			q.Figures = append(q.Figures, figure("可以看列入清单的文书", "may open what is listed", 0))
			q.Says = words("列入清单的文书在启封前任何人不能查看。", "Nobody opens what is listed before it is unsealed.")
			return nil
		}
		team, err := teamOf(ctx, a.r, a.org, s.patient)
		if err != nil {
			return err
		}
		listed, err := listedOn(ctx, a.r, a.org, s.id)
		if err != nil {
			return err
		}
		treat, named := 0, 0
		for _, t := range team {
			if t.live(a.now) {
				treat++
				q.line(Line{At: t.since, Person: t.person, Says: joined(tieName(t.kind), roleName(t.state))})
			}
		}
		for _, l := range listed {
			if l.live(a.now) {
				named++
				q.line(Line{At: l.since, Person: l.person, Says: joined(words("名单", "on the list"), until(moment(l.until)))})
			}
		}
		q.Figures = append(q.Figures, figure("诊疗组", "who treat", treat), figure("名单", "on the list", named))
		q.Says = wordsOf("诊疗关系 %d 人（随班次变动），名单 %d 人；其余人员一律不能查看。", "%d who treat (as shifts change) and %d on the list; nobody else.", treat, named)
		return nil
	}
}

func (a *asked) renewals(s seal, steps []sealStep) step {
	return func(_ context.Context, q *Question) error {
		renewed := 0
		for _, x := range steps {
			if x.kind == "renewed" {
				renewed++
			}
			q.line(Line{At: x.at, Person: x.person, Says: called(x.kind)})
		}
		overdue := 0
		if s.kind == attention && s.lifted.IsZero() && s.renewBy.Before(a.now) {
			overdue = 1
		}
		q.Figures = append(q.Figures, figure("续期", "renewals", renewed), figure("逾期", "overdue", overdue))
		q.Verdict = verdictOf(overdue, 0)
		q.Says = wordsOf("续期 %d 次。", "Renewed %d times.", renewed)
		switch {
		case s.kind != attention:
			q.Says.ZH += "纠纷封存无须续期。"
			q.Says.EN += " A dispute seal needs no renewal."
		case s.lifted.IsZero():
			q.Says.ZH += "下次续期期限 " + moment(s.renewBy) + "。"
			q.Says.EN += " To be renewed by " + moment(s.renewBy) + "."
		}
		return nil
	}
}

func (a *asked) digests(s seal) step {
	return func(ctx context.Context, q *Question) error {
		all, err := sealedPapers(ctx, a.r, a.org, s.id)
		if err != nil {
			return err
		}
		same, other, staged := 0, 0, 0
		for _, p := range all {
			wrong := p.state == "sealed" && !bytes.Equal(p.digest, p.now)
			switch {
			case p.state != "sealed":
				staged++
			case wrong:
				other++
			default:
				same++
			}
			q.line(Line{Wrong: wrong, Says: wordsOf("文书 %s 第 %d 版 · %x", "document %s, version %d · %x", p.document, p.version, p.digest)})
		}
		q.Figures = append(q.Figures, figure("列入文书", "documents", len(all)), figure("摘要一致", "digests agree", same), figure("摘要不一致", "digests differ", other), figure("待完成后封存", "staged", staged))
		q.Verdict = verdictOf(other, staged)
		q.Says = wordsOf("列入文书 %d 份，摘要一致 %d 份、不一致 %d 份，待完成后封存 %d 份。", "%d documents listed; %d digests agree, %d differ, %d are staged.", len(all), same, other, staged)
		if s.kind == attention {
			q.Says = words("舆情封存及于患者全部信息，不列文书。", "An attention seal covers all of the patient and lists no documents.")
		}
		return nil
	}
}

func parties(s seal) step {
	return func(_ context.Context, q *Question) error {
		if s.kind == attention {
			q.Says = words("舆情封存没有当事人到场要求。", "An attention seal needs no parties.")
			return nil
		}
		missing := 0
		q.Says = words("双方当事人和见证人已登记（姓名密封保存）。", "Both parties and the witnesses are on record (their names are kept sealed).")
		if !s.parties {
			missing = 1
			q.Says = words("没有登记双方当事人。", "The parties are not on record.")
		}
		q.Figures = append(q.Figures, figure("未登记", "not on record", missing))
		q.Verdict = verdictOf(missing, 0)
		return nil
	}
}

func (a *asked) unsealing(s seal, steps []sealStep) step {
	return func(ctx context.Context, q *Question) error {
		if s.lifted.IsZero() {
			q.Says = words("尚未启封。", "It is not unsealed.")
			return nil
		}
		agreed := map[string]bool{}
		for _, x := range steps {
			agreed[x.kind] = true
		}
		q.line(Line{At: s.lifted, Person: s.liftedBy, Says: words("启封", "unsealed")})
		alone := 0
		if s.kind != attention && s.lifted.Before(s.freeFrom) && (!agreed["agreed-hospital"] || !agreed["agreed-patient"]) {
			alone = 1
		}
		q.Figures = append(q.Figures, figure("启封时刻", "unsealed", moment(s.lifted)), figure("单方启封", "by one side alone", alone))
		q.Verdict = verdictOf(alone, 0)
		q.Says = wordsOf("于 %s 启封。", "Unsealed on %s.", moment(s.lifted))
		entry, err := a.oldest(ctx, ledger.Query{Patient: s.patient, Verbs: []string{"access.unseal"}, Outcome: ledger.Done, From: s.lifted, To: s.lifted.Add(time.Minute)})
		q.prove(entry.ID)
		return err
	}
}
