package inspection

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
)

// longestLook is how far back accesses are told, and lately the nearer part of it.
const (
	longestLook = 180 * day
	lately      = 30 * day
)

func (a *asked) aboutPatient(ctx context.Context, id string) error {
	a.subject = Subject{Kind: Patient, ID: id, Patient: id}
	patient := policy.Object{Kind: "Patient", ID: id, Org: a.org, Patient: id}
	happened, more, err := a.traces(ctx, ledger.Query{Patient: id, From: a.now.Add(-longestLook)})
	if err != nil {
		return err
	}
	wards, failed := a.wardsOf(ctx)
	opened := sortOut(happened, wards)
	if err := failed(); err != nil {
		return err
	}
	page := "/patients/" + id
	return a.askAll(ctx, []question{
		{Question{ID: "registered", Title: words("何时由何来源登记", "When and by which source registered"), Demands: []string{"D-018", "D-068", "D-071"}, Source: words("患者登记、审计日志", "patient register, ledger"), Place: page}, "", patient, a.registered(id)},
		{Question{ID: "encounters", Title: words("就诊经过", "Encounters"), Demands: []string{"D-004"}, Source: words("就诊登记、诊疗关系", "encounters, care relations"), Place: page}, "", patient, a.encounters(id)},
		{Question{ID: "documents", Title: words("病历文书及签名核验", "Documents, and their signatures checked"), Demands: []string{"D-003", "D-019", "D-021", "D-040"}, Source: words("病历文书、签名逐份重新核验", "documents; every signature checked again"), Place: page}, "ledger.readers", patient, a.documents(id)},
		{Question{ID: "reach", Title: words("此刻谁能打开，凭什么", "Who could open the record now, and why"), Demands: []string{"D-033", "D-034", "D-035", "D-036"}, Source: words("对全体在岗人员逐一问策略", "the rules, asked for everybody who holds a post"), Place: "/reach?patient=" + id}, "policy.reach", patient, a.reachable()},
		{Question{ID: "opened", Title: words("近 30 天和 180 天谁打开过", "Who did open it in 30 and in 180 days"), Demands: []string{"D-013", "D-025", "D-063", "D-064"}, Source: words("审计日志", "ledger"), Place: page}, "ledger.readers", patient, a.opened(opened, more)},
		{Question{ID: "refused", Title: words("被拒绝的访问", "Refusals"), Demands: []string{"D-037", "D-078"}, Source: words("审计日志", "ledger"), Place: page}, "ledger.readers", patient, refusals(opened.refused)},
		{Question{ID: "reasons", Title: words("自述理由和紧急调阅及复核结论", "Stated reasons and break-glass, with verdicts"), Demands: []string{"D-025", "D-028"}, Source: words("自述理由、紧急调阅及复核", "stated reasons, break-glasses, reviews"), Place: "/reviews"}, "ledger.readers", patient, a.reasons("patient", id)},
		{Question{ID: "seals", Title: words("封存", "Seals"), Demands: []string{"D-041", "D-042"}, Source: words("封存登记", "register of seals"), Place: "/seals"}, "access.see-seals", a.house(), a.sealsOn(id)},
		{Question{ID: "consents", Title: words("知情同意与撤回", "Consents and withdrawals"), Demands: []string{"D-006", "D-007"}, Source: words("知情同意登记", "register of consents")}, "", patient, a.consents(id)},
		{Question{ID: "outside", Title: words("外部调阅与复制件", "Requests from outside, and copies"), Demands: []string{"D-038", "D-066", "D-067"}, Source: words("外部调阅登记、交接单", "cases from outside, hand-overs")}, "", patient, a.outside(id)},
		{Question{ID: "corrections", Title: words("病历更正", "Corrections"), Demands: []string{"D-020", "D-040"}, Source: words("文书版本", "versions of documents"), Place: page}, "ledger.readers", patient, a.corrections(id)},
	})
}

func (a *asked) registered(id string) step {
	return func(ctx context.Context, q *Question) error {
		found, err := registrationOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			q.Verdict, q.Says = NotInOrder, words("登记记录不存在。", "There is no such registration.")
			return nil
		}
		x := found[0]
		entry, err := a.oldest(ctx, ledger.Query{Kind: "Patient", Object: id, From: x.created.Add(-time.Minute), To: x.created.Add(day)})
		if err != nil {
			return err
		}
		source := words("本院录入", "entered here")
		if x.source != "" {
			source = words("来源系统 "+x.source, "the source "+x.source)
		}
		q.Figures = append(q.Figures, figure("登记时间", "registered", moment(x.created)), Figure{Name: words("来源", "source"), Value: x.source})
		if entry.ID == "" {
			q.Verdict, q.Says = NotInOrder, wordsOf("登记于 %s，但审计日志中没有对应记录。", "Registered on %s; the ledger has no entry of it.", moment(x.created))
			return nil
		}
		q.prove(entry.ID)
		q.Says = words("由"+source.ZH+"于 "+moment(x.created)+" 登记，审计日志有据。", "Registered by way of "+source.EN+" on "+moment(x.created)+"; the ledger holds the entry.")
		return nil
	}
}

func (a *asked) encounters(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := encountersOf(ctx, a.r, a.org, id, a.now)
		if err != nil {
			return err
		}
		open, untied := 0, 0
		for _, e := range all {
			lies := e.until.IsZero()
			lost := lies && e.tied == 0
			if lies {
				open++
			}
			if lost {
				untied++
			}
			ended := words("在诊", "under way")
			if !lies {
				ended = until(moment(e.until))
			}
			q.line(Line{At: e.since, Wrong: lost, Says: joined(called(e.kind), ended)})
		}
		q.Figures = append(q.Figures, figure("就诊", "encounters", len(all)), figure("在诊", "under way", open), figure("在诊而无人有诊疗关系", "under way with nobody tied", untied))
		q.Verdict = verdictOf(0, untied)
		q.Says = wordsOf("共 %d 次就诊，其中在诊 %d 次；在诊而无诊疗关系 %d 次。", "%d encounters, %d under way, %d of these with nobody tied to the patient.", len(all), open, untied)
		return nil
	}
}

func (a *asked) documents(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := papersOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		states, valid, invalid, late, foreign := map[string]int{}, 0, 0, 0, 0
		seen := map[string]bool{}
		for _, p := range all {
			if !seen[p.id] {
				states[p.state]++
				foreign += count(p.source != "" && p.key == "")
			}
			overdue := p.key == "" && p.source == "" && p.ended && !seen[p.id]
			seen[p.id] = true
			if overdue {
				late++
				q.line(Line{At: p.at, Person: p.author, Wrong: true, Says: words(p.kind+" · 就诊已结束而未签名", p.kind+" · the encounter is over and it is unsigned")})
			}
			if p.key == "" {
				continue
			}
			ok, err := a.signed(ctx, p)
			if err != nil {
				return err
			}
			if ok {
				valid++
				q.line(Line{At: p.at, Person: p.signer, Says: wordsOf("%s · 第 %d 版签名有效", "%s · version %d, signature valid", p.kind, p.version)})
			} else {
				invalid++
				q.line(Line{At: p.at, Person: p.signer, Wrong: true, Says: wordsOf("%s · 第 %d 版签名无效", "%s · version %d, signature NOT valid", p.kind, p.version)})
			}
		}
		q.Figures = append(q.Figures, figure("文书", "documents", len(seen)), figure("已签名", "signed", states["signed"]), figure("已归档", "archived", states["archived"]),
			figure("来源系统已签、本处只存", "signed at their source", foreign), figure("签名核验有效", "signatures valid", valid), figure("签名核验无效", "signatures not valid", invalid))
		q.Verdict = verdictOf(invalid, late)
		q.Says = wordsOf("共 %d 份文书；现场重新核验签名，有效 %d 份、无效 %d 份；来源系统文书 %d 份，签名留在来源系统；出院后仍未签名的本院文书 %d 份。",
			"%d documents; of the signatures checked just now %d are valid and %d are not; %d came from a source and were signed there; %d of our own are unsigned after the encounter.", len(seen), valid, invalid, foreign, late)
		trail, err := a.recent(ctx, id, "record.file", "record.sign", "record.archive", "intake.import")
		q.prove(trail...)
		return err
	}
}

// signed checks a signature anew.
func (a *asked) signed(ctx context.Context, p paper) (bool, error) {
	message := record.Signable(record.Document{Org: a.org, ID: p.id, Patient: p.patient}, record.Version{Number: p.version, Author: p.author, At: p.written, Digest: p.digest})
	ok, err := a.room.signatures.Verify(ctx, a.r, a.org, p.key, message, p.signature)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return ok, err
}

// recent are the ids of the newest entries of some verbs about a patient.
func (a *asked) recent(ctx context.Context, patient string, verbs ...string) ([]string, error) {
	page, err := a.room.ledger.Search(ctx, a.r, ledger.Query{Org: a.org, Patient: patient, Verbs: verbs, Limit: maxEntries})
	ids := make([]string, len(page.Lines))
	for i, l := range page.Lines {
		ids[i] = l.ID
	}
	return ids, err
}

func (a *asked) reachable() step {
	return func(_ context.Context, q *Question) error {
		if a.reach == nil {
			q.Withheld = a.withheld("policy.reach")
			q.Says = words("此项逐人列名，由有权的岗位查看。", "This answer names people one by one; it is for the roles named here.")
			return nil
		}
		unruled := 0
		for _, o := range a.reach.Openers {
			why, bare := words("岗位规则", "rule of the role"), len(o.Rules) == 0
			if o.Tie != nil {
				why = tieName(o.Tie.Kind)
			}
			if len(o.Sentences) > 0 {
				why = words(why.ZH+" · "+o.Sentences[0].ZH, why.EN+" · "+o.Sentences[0].EN)
			}
			if bare {
				unruled++
			}
			q.line(Line{Person: o.Person, Says: why, Wrong: bare})
		}
		q.Figures = append(q.Figures, figure("可直接打开", "could open at once", len(a.reach.Openers)), figure("填写自述理由后可打开", "after stating a reason", a.reach.WithReason),
			figure("紧急调阅可打开", "by breaking the glass", a.reach.WithGlass), figure("无规则依据", "without a rule", unruled))
		q.Verdict = verdictOf(unruled, 0)
		q.Says = wordsOf("此刻 %d 人可直接打开，每人均有规则依据；另有 %d 人须自述理由、%d 人须紧急调阅。",
			"%d people could open it now, each by a rule; %d more after stating a reason, %d by breaking the glass.", len(a.reach.Openers), a.reach.WithReason, a.reach.WithGlass)
		return nil
	}
}

// opened answers who did open, from accesses sorted by what explains them.
func (a *asked) opened(o openings, more bool) step {
	return func(_ context.Context, q *Question) error {
		recent, open := since(o.all, a.now.Add(-lately)), len(o.unexplained)
		q.Figures = append(q.Figures, figure("180 天内", "in 180 days", len(o.all)), figure("30 天内", "in 30 days", recent), figure("人数", "people", len(o.people)), figure("无法解释", "unexplained", open))
		for _, t := range tieNames {
			if n := o.byTie[t.kind]; n > 0 {
				q.Figures = append(q.Figures, Figure{Name: t.name, Value: itoa(n)})
			}
		}
		for _, l := range o.unexplained {
			q.line(lineOf(l, true))
			q.prove(l.ID)
		}
		for _, l := range o.all {
			if l.Tie == "" && contains(o.unexplained, l.ID) {
				continue
			}
			q.line(lineOf(l, false))
			q.prove(l.ID)
		}
		q.Verdict = verdictOf(0, open)
		q.Says = wordsOf("180 天内打开 %d 次（30 天内 %d 次），涉及 %d 人；无法解释 %d 次。", "Opened %d times in 180 days (%d in 30) by %d people; %d without an explanation.", len(o.all), recent, len(o.people), open)
		if more {
			q.Says.ZH += "仅统计最近 5000 条记录。"
			q.Says.EN += " Only the newest 5,000 entries were counted."
		}
		return nil
	}
}

func contains(lines []ledger.Line, id string) bool {
	for _, l := range lines {
		if l.ID == id {
			return true
		}
	}
	return false
}

// insistent is how many refusals of one person want an explanation.
const insistent = 3

func refusals(refused []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		by := map[string]int{}
		for _, l := range refused {
			by[l.Actor]++
		}
		insisted := 0
		for _, n := range by {
			if n >= insistent {
				insisted++
			}
		}
		for _, l := range refused {
			q.line(lineOf(l, by[l.Actor] >= insistent))
			q.prove(l.ID)
		}
		q.Figures = append(q.Figures, figure("被拒绝", "refused", len(refused)), figure("人数", "people", len(by)), figure("反复尝试者", "who tried again and again", insisted))
		q.Verdict = verdictOf(0, insisted)
		q.Says = wordsOf("180 天内拒绝 %d 次，涉及 %d 人；同一人被拒 3 次以上的 %d 人。", "%d refusals in 180 days, of %d people; %d of them were refused three times or more.", len(refused), len(by), insisted)
		return nil
	}
}

// reasons answers about the stated reasons and break-glasses of a patient or a person.
func (a *asked) reasons(column, id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := reasonsOf(ctx, a.r, a.org, column, id)
		if err != nil {
			return err
		}
		kinds, overdue, improper := map[string]int{}, 0, 0
		for _, x := range all {
			kinds[x.kind]++
			late := x.kind == policy.TieGlass && x.verdict == "" && !x.reviewBy.IsZero() && x.reviewBy.Before(a.now)
			bad := x.verdict == "improper"
			if late {
				overdue++
			}
			if bad {
				improper++
			}
			l := Line{At: x.since, Person: x.person, Says: joined(tieName(x.kind), choiceName(x.choice), verdictName(x.verdict)), Wrong: late || bad}
			if column == "person" {
				l.Patient = x.patient
			}
			q.line(l)
		}
		q.Figures = append(q.Figures, figure("自述理由", "stated reasons", kinds[policy.TieReason]), figure("紧急调阅", "break-glasses", kinds[policy.TieGlass]),
			figure("逾期未复核", "overdue for review", overdue), figure("结论为不当", "found improper", improper))
		q.Verdict = verdictOf(overdue, improper)
		q.Says = wordsOf("自述理由 %d 次，紧急调阅 %d 次；逾期未复核 %d 次，结论为不当 %d 次。", "%d stated reasons and %d break-glasses; %d overdue for review, %d found improper.",
			kinds[policy.TieReason], kinds[policy.TieGlass], overdue, improper)
		query := ledger.Query{Org: a.org, Verbs: []string{"access.state-reason", "access.break-glass", "access.review"}, Outcome: ledger.Done, Limit: maxEntries}
		if column == "patient" {
			query.Patient = id
		} else {
			query.Actor = id
		}
		page, err := a.room.ledger.Search(ctx, a.r, query)
		for _, l := range page.Lines {
			q.prove(l.ID)
		}
		return err
	}
}

func (a *asked) sealsOn(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := sealsWhere(ctx, a.r, a.org, "patient", id)
		if err != nil {
			return err
		}
		live, overdue := 0, 0
		for _, s := range all {
			lies := s.lifted.IsZero()
			late := lies && s.kind == attention && s.renewBy.Before(a.now)
			if lies {
				live++
			}
			if late {
				overdue++
			}
			state := words("已解除", "lifted")
			if lies {
				state = words("封存中", "in force")
			}
			q.line(Line{At: s.since, Person: s.owner, Says: joined(sealName(s.kind), state), Wrong: late})
		}
		q.Figures = append(q.Figures, figure("封存", "seals", len(all)), figure("封存中", "in force", live), figure("逾期未续期", "renewal overdue", overdue))
		q.Verdict = verdictOf(overdue, 0)
		q.Says = wordsOf("封存 %d 次，目前封存中 %d 次；逾期未续期 %d 次。", "%d seals, %d in force; %d overdue for renewal.", len(all), live, overdue)
		trail, err := a.recent(ctx, id, "access.seal", "access.renew-seal", "access.unseal")
		q.prove(trail...)
		return err
	}
}

func sealName(kind string) fault.Text {
	if kind == attention {
		return words("舆情封存", "attention seal")
	}
	return words("纠纷封存", "dispute seal")
}

func (a *asked) consents(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := consentsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		withdrawn, due := 0, 0
		for _, c := range all {
			late := c.withdrew.IsZero() && !c.review.IsZero() && c.review.Before(a.now)
			if late {
				due++
			}
			state := words("登记", "on record")
			if !c.withdrew.IsZero() {
				withdrawn++
				state = words("已于 "+moment(c.withdrew)+" 撤回", "withdrawn on "+moment(c.withdrew))
			}
			q.line(Line{At: c.since, Says: joined(called(c.decision), state), Wrong: late})
		}
		q.Figures = append(q.Figures, figure("同意与拒绝", "decisions", len(all)), figure("已撤回", "withdrawn", withdrawn), figure("应复核而未复核", "due for review", due))
		q.Verdict = verdictOf(0, due)
		q.Says = wordsOf("登记 %d 项决定，其中已撤回 %d 项；应复核而未复核 %d 项。", "%d decisions on record, %d withdrawn; %d are due to be asked again.", len(all), withdrawn, due)
		trail, err := a.recent(ctx, id, "consent.give", "consent.refuse", "consent.withdraw")
		q.prove(trail...)
		return err
	}
}

func (a *asked) outside(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := outsideOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		copies, err := copiesOf(ctx, a.r, a.org, id, a.now)
		if err != nil {
			return err
		}
		unanswered := 0
		for _, c := range all {
			late := c.approved.IsZero() && c.closed.IsZero() && c.deadline.Before(a.now)
			if late {
				unanswered++
			}
			q.line(Line{At: c.received, Says: joined(requesterName(c.kind), called(c.state)), Wrong: late})
		}
		q.Figures = append(q.Figures, figure("外部调阅", "cases", len(all)), figure("逾期未答复", "answer overdue", unanswered), figure("交付", "hand-overs", copies["all"]), figure("应收回未收回", "not come back in time", copies["late"]))
		q.Verdict = verdictOf(copies["late"], unanswered)
		q.Says = wordsOf("外部调阅 %d 件，逾期未答复 %d 件；交付 %d 次，应收回未收回 %d 次。", "%d requests from outside, %d overdue; %d hand-overs, %d did not come back in time.",
			len(all), unanswered, copies["all"], copies["late"])
		trail, err := a.recent(ctx, id, "sharing.receive", "sharing.approve", "sharing.disclose", "sharing.return")
		q.prove(trail...)
		return err
	}
}

func (a *asked) corrections(id string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := correctionsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		bare := 0
		for _, c := range all {
			if !c.reasoned {
				bare++
			}
			q.line(Line{At: c.at, Person: c.author, Says: wordsOf("第 %d 版", "version %d", c.number), Wrong: !c.reasoned})
		}
		q.Figures = append(q.Figures, figure("更正", "corrections", len(all)), figure("未写明原因", "without a reason", bare))
		q.Verdict = verdictOf(bare, 0)
		q.Says = wordsOf("更正 %d 次，原版本全部保留；未写明原因 %d 次。", "%d corrections, every earlier version kept; %d without a reason.", len(all), bare)
		trail, err := a.recent(ctx, id, "record.amend")
		q.prove(trail...)
		return err
	}
}
