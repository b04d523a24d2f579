package inspection

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const (
	// longestTerm is how long a grant lasts for any purpose when nobody extends it.
	longestTerm = 366 * day
	// idleAfter is how long a grant goes unused before that wants explaining.
	idleAfter = 14 * day
	// markedWithin is how soon the house marks and tries the end of a grant.
	markedWithin = time.Hour
)

func (a *asked) aboutGrant(ctx context.Context, id string) error {
	found, err := grantOf(ctx, a.r, a.org, id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return act.ErrAbsent.With()
	}
	g := found[0]
	a.subject = Subject{Kind: Granted, ID: id, Person: g.person, Patient: g.patient}
	used, err := a.usedBy(ctx, ledger.Query{Actor: g.person, Tie: policy.TieGrant, From: g.since}, id)
	if err != nil {
		return err
	}
	object := policy.Object{Kind: "Grant", ID: id, Org: a.org, Author: g.requester, Concerns: g.person}
	page := "/grants"
	trail := "/ledger?actor=" + g.person
	return a.askAll(ctx, []question{
		{Question{ID: "asked", Title: words("谁为谁申请", "Who asked, and for whom"), Demands: []string{"D-035", "D-036"}, Source: words("授权申请、审计日志", "requests, ledger"), Place: page}, "access.see-grants", object, a.requested(g)},
		{Question{ID: "approved", Title: words("谁批准", "Who agreed"), Demands: []string{"D-023", "D-036"}, Source: words("审批表决、审计日志", "votes, ledger"), Place: page}, "access.see-grants", object, a.agreed(g)},
		{Question{ID: "signed", Title: words("安全保密责任书", "The statement of responsibility"), Demands: []string{"D-046", "D-060"}, Source: words("责任书签署", "statements signed"), Place: page}, "access.see-grants", object, a.statement(g)},
		{Question{ID: "bounds", Title: words("范围与时限", "Scope and end"), Demands: []string{"D-035", "D-036"}, Source: words("授权登记", "register of grants"), Place: page}, "access.see-grants", object, grantBounds(g)},
		{Question{ID: "used", Title: words("据此打开了什么", "What was opened by it"), Demands: []string{"D-034", "D-063"}, Source: words("审计日志", "ledger"), Place: trail}, "ledger.search", a.book(), a.openedByTie(used)},
		{Question{ID: "kept", Title: words("是否超出范围或时限", "Whether it was kept to"), Demands: []string{"D-036", "D-048"}, Source: words("审计日志与授权范围逐条比对", "ledger, each entry held against the scope"), Place: trail}, "ledger.search", a.book(), a.keptTo(g, used)},
		{Question{ID: "reviewed", Title: words("定期复核", "Periodic reviews"), Demands: []string{"D-055"}, Source: words("权限复核登记", "reviews of rights"), Place: "/grant-reviews"}, "access.see-grants", object, a.grantReviews(g)},
		{Question{ID: "ended", Title: words("到期与收回", "Its end"), Demands: []string{"D-036", "D-055"}, Source: words("授权登记、收回后的试访问", "register of grants, trials after the end"), Place: page}, "access.see-grants", object, a.grantEnd(g)},
	})
}

func (a *asked) requested(g grant) step {
	return func(ctx context.Context, q *Question) error {
		entry, err := a.oldest(ctx, ledger.Query{Actor: g.requester, Verbs: []string{"access.request", "access.extend", "access.clone"}, Outcome: ledger.Done, From: g.asked, To: g.asked.Add(time.Minute)})
		if err != nil {
			return err
		}
		missing := count(entry.ID == "")
		q.prove(entry.ID)
		q.line(Line{At: g.asked, Person: g.requester, Patient: g.patient, Entry: entry.ID, Says: words("申请", "asked")})
		q.line(Line{At: g.since, Person: g.person, Says: words("被授权", "holds it")})
		q.Figures = append(q.Figures, figure("申请时刻", "asked", moment(g.asked)), figure("紧急", "urgent", count(g.urgent)))
		q.Verdict = verdictOf(missing, 0)
		q.Says = words("于 "+moment(g.asked)+" 申请，理由密封保存。", "Asked for on "+moment(g.asked)+"; the reason is kept sealed.")
		if missing > 0 {
			q.Says.ZH += "审计日志中没有这次申请。"
			q.Says.EN += " The ledger has no entry of it."
		}
		return nil
	}
}

// agreed asks whether everybody who said yes is somebody else than who asked and who
// profits, and whether every step was answered.
func (a *asked) agreed(g grant) step {
	return func(ctx context.Context, q *Question) error {
		votes, err := votesOn(ctx, a.r, a.org, g.request)
		if err != nil {
			return err
		}
		own, answered := 0, map[int]bool{}
		for _, v := range votes {
			related := v.person == g.requester || v.person == g.person
			own += count(related)
			answered[v.step] = true
			entry, err := a.oldest(ctx, ledger.Query{Actor: v.person, Kind: "Grant", Object: g.request, Verbs: []string{"access.approve"}, Outcome: ledger.Done, From: v.at, To: v.at.Add(time.Minute)})
			if err != nil {
				return err
			}
			q.prove(entry.ID)
			q.line(Line{At: v.at, Person: v.person, Entry: entry.ID, Wrong: related, Says: words("同意", "agreed")})
		}
		open, unconfirmed := 0, 0
		for i := range g.steps {
			open += count(!answered[i])
		}
		if g.urgent && !g.confirmBy.IsZero() {
			open, unconfirmed = 0, 1
		}
		q.Figures = append(q.Figures, figure("审批步骤", "steps", len(g.steps)), figure("同意", "who agreed", len(votes)), figure("未答复的步骤", "steps without an answer", open),
			figure("申请人或受益人自批", "by who asked or profits", own), figure("紧急给予待确认", "given in urgency, to be confirmed", unconfirmed))
		q.Verdict = verdictOf(own+open, unconfirmed)
		q.Says = wordsOf("共 %d 步，%d 人同意；自批 %d 人，未答复的步骤 %d 个。", "%[1]d steps, %[2]d people agreed; %[3]d of them asked for it or profit, %[4]d steps have no answer.", len(g.steps), len(votes), own, open)
		return nil
	}
}

func (a *asked) statement(g grant) step {
	return func(ctx context.Context, q *Question) error {
		version, err := statementAt(ctx, a.r, a.org, g.asked)
		if err != nil {
			return err
		}
		if version == 0 {
			q.Says = words("申请时尚未颁布责任书。", "No statement was in force when it was asked for.")
			return nil
		}
		word, given, err := staff.PledgeOf(ctx, a.r, a.org, "grant", g.request, g.person)
		if err != nil {
			return err
		}
		q.Figures = append(q.Figures, figure("责任书版本", "version", version), figure("未签署", "not signed", count(!given)))
		q.Verdict = verdictOf(count(!given), 0)
		q.Says = words("被授权人没有签署责任书。", "Who holds it has not signed the statement.")
		if given {
			q.line(Line{At: word.Signed, Person: g.person, Says: words("签署责任书", "signed the statement")})
			q.Says = words("被授权人于 "+moment(word.Signed)+" 签署。", "Who holds it signed on "+moment(word.Signed)+".")
		}
		return nil
	}
}

func grantBounds(g grant) step {
	return func(_ context.Context, q *Question) error {
		endless, long, wide := count(g.until.IsZero()), count(g.until.Sub(g.since) > longestTerm), count(g.patient == "")
		days := int(g.until.Sub(g.since).Hours() / 24)
		purpose := purposeName(g.scope.Purpose)
		q.Figures = append(q.Figures, figure("天数", "days", days), figure("操作种类", "kinds of act", len(g.scope.Verbs)), figure("整个科室", "of a whole department", wide),
			figure("没有截止", "without an end", endless), figure("超过一年", "beyond a year", long))
		for _, verb := range g.scope.Verbs {
			q.line(Line{Says: called(verb)})
		}
		q.Verdict = verdictOf(endless, long)
		q.Says = words("目的“"+purpose.ZH+"”，自 "+moment(g.since)+" 至 "+moment(g.until)+"。", "For "+purpose.EN+", from "+moment(g.since)+" to "+moment(g.until)+".")
		return nil
	}
}

func purposeName(id string) fault.Text {
	for _, p := range policy.Purposes() {
		if p.ID == id {
			return p.Name
		}
	}
	return words(id, id)
}

// keptTo holds every use against what was granted: the acts, the patient, the time.
func (a *asked) keptTo(g grant, used []ledger.Line) step {
	return func(_ context.Context, q *Question) error {
		late, other := 0, 0
		for _, l := range used {
			after := !l.At.Before(g.over())
			beyond := !slices.Contains(g.scope.Verbs, l.Verb) || g.patient != "" && l.Patient != "" && l.Patient != g.patient
			late, other = late+count(after), other+count(beyond)
			if after || beyond {
				q.line(lineOf(l, true))
				q.prove(l.ID)
			}
		}
		idle := count(len(used) == 0 && g.since.Before(a.now.Add(-idleAfter)))
		q.Figures = append(q.Figures, figure("到期后使用", "after its end", late), figure("超出范围", "beyond its scope", other), figure("从未使用", "never used", idle))
		q.Verdict = verdictOf(late+other, idle)
		q.Says = wordsOf("使用 %d 次，到期后 %d 次，超出范围 %d 次。", "Used %d times, %d after its end, %d beyond its scope.", len(used), late, other)
		if idle > 0 {
			q.Says.ZH += "给出超过十四天从未使用，请说明是否仍需要。"
			q.Says.EN += " Given more than two weeks ago and never used: is it needed?"
		}
		return nil
	}
}

func (a *asked) grantReviews(g grant) step {
	return func(ctx context.Context, q *Question) error {
		all, err := reviewsOf(ctx, a.r, a.org, g.id)
		if err != nil {
			return err
		}
		open := 0
		for _, x := range all {
			who := x.by
			if who == "" {
				who = x.reviewer
			}
			open += count(x.verdict == "")
			q.line(Line{At: x.decided, Person: who, Says: called(reviewWord(x.verdict))})
		}
		q.Figures = append(q.Figures, figure("复核", "reviews", len(all)), figure("待答复", "waiting for an answer", open))
		q.Verdict = verdictOf(0, open)
		q.Says = wordsOf("经过 %d 次复核，待答复 %d 次。", "Reviewed %d times, %d wait for an answer.", len(all), open)
		return nil
	}
}

func reviewWord(verdict string) string {
	if verdict == "" {
		return "waiting"
	}
	return verdict
}

func (a *asked) grantEnd(g grant) step {
	return func(ctx context.Context, q *Question) error {
		failed := count(g.state == "failed")
		stale := count(g.state == "live" && !g.over().After(a.now.Add(-markedWithin)))
		untried := count(g.state == "ending" && g.ended.Before(a.now.Add(-markedWithin)))
		q.Figures = append(q.Figures, figure("状态", "state", called(g.state).ZH+" / "+called(g.state).EN), figure("收回失败", "failed to end", failed),
			figure("过期未标记", "past its end, not marked", stale), figure("结束后未试访问", "end not tried", untried))
		q.Verdict = verdictOf(failed+stale, untried)
		if g.ended.IsZero() {
			q.Says = words("截止 "+moment(g.over())+"。", "It ends on "+moment(g.over())+".")
			return nil
		}
		cause := causeName(g.cause)
		l := Line{At: g.ended, Person: g.endedBy, Wrong: failed > 0, Says: joined(called(g.state), cause)}
		if g.endedBy == act.Job {
			l.Person = ""
		}
		q.line(l)
		q.Says = words("于 "+moment(g.ended)+" 结束（"+cause.ZH+"）。", "It ended on "+moment(g.ended)+" ("+cause.EN+").")
		if !g.checked.IsZero() {
			seconds, outcome := int(g.checked.Sub(g.ended).Seconds()), words("已不能打开。", "it opened nothing.")
			if failed > 0 {
				outcome = words("仍能打开。", "it still opened.")
			}
			q.Figures = append(q.Figures, figure("结束到试访问（秒）", "seconds from end to trial", seconds))
			q.Says.ZH += "结束后 " + itoa(seconds) + " 秒以其身份试访问，" + outcome.ZH
			q.Says.EN += " Tried as the person " + itoa(seconds) + " seconds after: " + outcome.EN
		}
		entry, err := a.oldest(ctx, ledger.Query{Kind: "Grant", Object: g.id, Verbs: []string{"access.revoke"}, Outcome: ledger.Done, From: g.ended, To: g.ended.Add(time.Minute)})
		q.prove(entry.ID)
		return err
	}
}
