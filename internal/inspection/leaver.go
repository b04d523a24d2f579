package inspection

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// cutWithin is in what time everything that a leaver held must have ended.
const cutWithin = time.Minute

func (a *asked) aboutLeaver(ctx context.Context, id string) error {
	found, err := departureOf(ctx, a.r, a.org, id)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return act.ErrAbsent.With()
	}
	d := found[0]
	a.subject = Subject{Kind: Leaver, ID: id, Person: d.person}
	person := policy.Object{Kind: "Person", ID: d.person, Org: a.org, Concerns: d.person}
	page := "/staff/" + d.person
	last := d.at // when the last of what he held was over
	return a.askAll(ctx, []question{
		{Question{ID: "left", Title: words("离职时刻", "The hour of leaving"), Demands: []string{"D-036", "D-055"}, Source: words("离职登记、审计日志", "departures, ledger"), Place: page}, "", person, a.left(d)},
		{Question{ID: "sessions", Title: words("会话结束", "The end of sessions"), Demands: []string{"D-043", "D-055"}, Source: words("会话登记", "sessions"), Place: "/accounts"}, "", person, a.lateSessions(d, &last)},
		{Question{ID: "posts", Title: words("任职结束", "The end of appointments"), Demands: []string{"D-045", "D-055"}, Source: words("任职", "appointments"), Place: page}, "", person, a.latePosts(d, &last)},
		{Question{ID: "grants", Title: words("授权结束", "The end of grants"), Demands: []string{"D-036", "D-055"}, Source: words("授权", "grants"), Place: "/grants"}, "access.see-grants", policy.Object{Kind: "Grant", Org: a.org}, a.lateGrants(d)},
		{Question{ID: "delegations", Title: words("代理与顶班", "Delegations and cover"), Demands: []string{"D-009", "D-055"}, Source: words("值班与代理", "rosters and cover"), Place: "/roster"}, "", person, a.delegations(d)},
		{Question{ID: "after", Title: words("离职时刻之后的一切操作（应为零）", "Anything after that hour (must be none)"), Demands: []string{"D-037", "D-063", "D-064"}, Source: words("审计日志", "ledger"), Place: "/ledger?actor=" + d.person}, "ledger.search", a.book(), a.after(d)},
		{Question{ID: "lines", Title: words("离岗交接", "The exit list"), Demands: []string{"D-053"}, Source: words("离岗交接单", "exit list"), Place: "/handovers"}, "", person, a.exitLines(id)},
		{Question{ID: "minutes", Title: words("用时", "How long it took"), Demands: []string{"D-028", "D-055"}, Source: words("以上各项的结束时刻", "the ends told above"), Place: page}, "", person, minutes(d, &last)},
	})
}

func (a *asked) left(d departure) step {
	return func(ctx context.Context, q *Question) error {
		q.Figures = append(q.Figures, figure("离职时刻", "left", moment(d.at)), figure("登记时刻", "recorded", moment(d.made)))
		q.line(Line{At: d.made, Person: d.by, Says: joined(words("登记离职", "departure recorded"), called(d.kind))})
		entry, err := a.oldest(ctx, ledger.Query{Kind: "Person", Object: d.person, Verbs: []string{"staff.leave", "staff.apply-roster", "staff.end-stay"}, From: d.made, To: d.made.Add(time.Minute)})
		if err != nil {
			return err
		}
		missing := 0
		if entry.ID == "" {
			missing = 1
		}
		q.prove(entry.ID)
		q.Verdict = verdictOf(missing, 0)
		q.Says = wordsOf("自 %s 起离职，于 %s 登记。", "Left on %s; recorded on %s.", moment(d.at), moment(d.made))
		if missing > 0 {
			q.Says.ZH += "审计日志中没有这次登记。"
			q.Says.EN += " The ledger has no entry of it."
		}
		return nil
	}
}

// lateSessions asks whether a session was begun or used after the hour of leaving. A
// session that was quiet gives nothing from that hour on, whatever its row says.
func (a *asked) lateSessions(d departure, last *time.Time) step {
	return func(ctx context.Context, q *Question) error {
		all, err := sessionsOf(ctx, a.r, a.org, d.person)
		if err != nil {
			return err
		}
		late, open := 0, 0
		for _, s := range all {
			over := s.seen.After(d.at) || !s.since.Before(d.at)
			if !s.until.Before(d.at) && !s.since.After(d.at) && (s.ended.IsZero() || s.ended.After(d.at)) {
				open++
			}
			if over {
				late++
				if s.seen.After(*last) {
					*last = s.seen
				}
			}
			q.line(Line{At: s.since, Wrong: over, Says: words("会话 · 最近活动 "+moment(s.seen), "session · last used "+moment(s.seen))})
		}
		q.Figures = append(q.Figures, figure("会话", "sessions on record", len(all)), figure("离职时刻打开着", "open at that hour", open), figure("离职后仍被使用", "used after it", late))
		q.Verdict = verdictOf(late, 0)
		q.Says = wordsOf("登记会话 %d 个，离职时刻打开着 %d 个（自该时刻起不再有效）；离职后仍被使用 %d 个。", "%d sessions on record, %d open at that hour (which gave nothing from then on); %d used after it.", len(all), open, late)
		page, err := a.room.ledger.Search(ctx, a.r, ledger.Query{Org: a.org, Actor: d.person, Verbs: []string{"identity.sign-in", "identity.sign-out"}, Limit: maxEntries})
		for _, l := range page.Lines {
			q.prove(l.ID)
		}
		return err
	}
}

func (a *asked) latePosts(d departure, last *time.Time) step {
	return func(ctx context.Context, q *Question) error {
		posts, err := postsOf(ctx, a.r, a.org, d.person)
		if err != nil {
			return err
		}
		stays, err := staysOf(ctx, a.r, a.org, d.person)
		if err != nil {
			return err
		}
		late := 0
		for _, p := range append(posts, stays...) {
			over := p.end().After(d.at)
			if over {
				late++
				*last = later(*last, p.end())
			}
			name := roleName(p.kind)
			q.line(Line{At: p.since, Wrong: over, Says: joined(name, until(moment(p.end())))})
		}
		total := len(posts) + len(stays)
		q.Figures = append(q.Figures, figure("任职与人员变动", "posts and stays", total), figure("离职后仍有效", "in force after it", late))
		q.Verdict = verdictOf(late, 0)
		q.Says = wordsOf("任职与人员变动 %d 项，离职后仍有效 %d 项。", "%d posts and stays, %d in force after that hour.", total, late)
		return a.proveAbout(ctx, q, d.person, "staff.leave", "staff.appoint", "staff.end-appointment", "staff.end-stay")
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (a *asked) lateGrants(d departure) step {
	return func(ctx context.Context, q *Question) error {
		all, err := grantsOf(ctx, a.r, a.org, d.person)
		if err != nil {
			return err
		}
		held, err := staff.ActorOf(ctx, a.r, a.org, d.person, a.now)
		if err != nil {
			return err
		}
		rows := 0
		for _, g := range all {
			over := g.state == "live" && g.end().After(a.now)
			if over {
				rows++
			}
			q.line(Line{At: g.since, Patient: g.person, Wrong: over, Says: joined(called(g.state), until(moment(g.end())))})
		}
		giving := 0
		if len(held.Roles) > 0 {
			giving = rows
		}
		q.Figures = append(q.Figures, figure("授权", "grants", len(all)), figure("尚未到期", "not past their end", rows), figure("仍能打开病历", "that still open something", giving))
		q.Verdict = verdictOf(giving, rows)
		q.Says = wordsOf("授权 %d 项；尚未到期 %d 项，其中离职后仍能使用的 %d 项。", "%d grants; %d are not past their end, of which %d still open something although he has left.", len(all), rows, giving)
		return nil
	}
}

func (a *asked) delegations(d departure) step {
	return func(ctx context.Context, q *Question) error {
		held, err := duty.Delegations(ctx, a.r, a.org, []string{d.person}, a.now)
		if err != nil {
			return err
		}
		own := 0
		for _, x := range held {
			if x.To == d.person {
				own++
				q.line(Line{At: x.Since, Person: x.From, Wrong: true, Says: words("代理至 "+moment(x.Until), "stands in until "+moment(x.Until))})
			}
		}
		q.Figures = append(q.Figures, figure("目前的代理", "delegations now", own))
		q.Verdict = verdictOf(own, 0)
		q.Says = wordsOf("目前仍代他人办理的 %d 项。", "%d delegations by which he would act for others now.", own)
		return nil
	}
}

func (a *asked) after(d departure) step {
	return func(ctx context.Context, q *Question) error {
		found, _, err := a.traces(ctx, ledger.Query{Actor: d.person, From: d.at.Add(time.Microsecond)})
		if err != nil {
			return err
		}
		done, refused := 0, 0
		for _, l := range found {
			if l.Outcome == ledger.Refused {
				refused++
			} else {
				done++
			}
			q.line(lineOf(l, l.Outcome != ledger.Refused))
			q.prove(l.ID)
		}
		q.Figures = append(q.Figures, figure("做成的", "done", done), figure("被拒绝的", "refused", refused))
		q.Verdict = verdictOf(done, refused)
		q.Says = wordsOf("离职时刻之后，做成的操作 %d 次，被拒绝 %d 次。", "After that hour %d acts were done and %d refused.", done, refused)
		return nil
	}
}

func (a *asked) exitLines(occasion string) step {
	return func(ctx context.Context, q *Question) error {
		all, err := exitLinesOf(ctx, a.r, a.org, occasion)
		if err != nil {
			return err
		}
		open, overdue := 0, 0
		for _, l := range all {
			name := staff.LineNames[staff.LineKind(l.kind)]
			late := l.signed.IsZero() && l.due.Before(a.now)
			switch {
			case late:
				overdue++
			case l.signed.IsZero():
				open++
			}
			state := words("待签字，期限 "+moment(l.due), "open, due "+moment(l.due))
			if !l.signed.IsZero() {
				state = words("已签字 "+moment(l.signed), "signed "+moment(l.signed))
			}
			q.line(Line{Person: l.by, Wrong: late, Says: joined(name, state)})
		}
		q.Figures = append(q.Figures, figure("交接项", "lines", len(all)), figure("待签字", "open", open), figure("逾期", "overdue", overdue))
		q.Verdict = verdictOf(overdue, open)
		q.Says = wordsOf("离岗交接 %d 项，待签字 %d 项，逾期 %d 项。", "%d lines on the exit list, %d open, %d overdue.", len(all), open, overdue)
		return nil
	}
}

func minutes(d departure, last *time.Time) step {
	return func(_ context.Context, q *Question) error {
		took := last.Sub(d.at)
		late := 0
		if took > cutWithin {
			late = 1
		}
		seconds := int(took.Seconds())
		q.Figures = append(q.Figures, figure("秒", "seconds", seconds))
		q.Verdict = verdictOf(late, 0)
		q.Says = wordsOf("从离职时刻到最后一项权限结束用时 %d 秒，要求 60 秒以内。", "From the hour of leaving to the end of the last right it took %d seconds; 60 are allowed.", seconds)
		return nil
	}
}
