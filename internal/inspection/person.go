package inspection

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func (a *asked) aboutPerson(ctx context.Context, id string) error {
	a.subject = Subject{Kind: Person, ID: id, Person: id}
	person := policy.Object{Kind: "Person", ID: id, Org: a.org, Concerns: id}
	happened, more, err := a.traces(ctx, ledger.Query{Actor: id, From: a.now.Add(-longestLook)})
	if err != nil {
		return err
	}
	wards, failed := a.wardsOf(ctx)
	opened := sortOut(happened, wards)
	if err := failed(); err != nil {
		return err
	}
	standing, err := staff.ActorOf(ctx, a.r, a.org, id, a.now)
	if err != nil {
		return err
	}
	page := "/staff/" + id
	return a.askAll(ctx, []question{
		{Question{ID: "posts", Title: words("任职与人员变动", "Posts and stays, with their ends"), Demands: []string{"D-035", "D-036", "D-045", "D-055", "D-058", "D-059"}, Source: words("任职、人员变动", "appointments, stays"), Place: page}, "staff.view", person, a.posts(id)},
		{Question{ID: "qualifications", Title: words("执业资质", "Qualifications"), Demands: []string{"D-045", "D-056"}, Source: words("资质登记与岗位要求", "qualifications and what roles require"), Place: page}, "staff.list-qualifications", person, a.qualifications(id, standing.Unlicensed)},
		{Question{ID: "undertakings", Title: words("承诺书与协议", "Undertakings"), Demands: []string{"D-046", "D-060"}, Source: words("承诺书签署", "signatures on undertakings"), Place: page}, "", person, a.undertakings(id, standing.Unbound)},
		{Question{ID: "account", Title: words("账号、第二因素与会话", "Account, factors and sessions"), Demands: []string{"D-043", "D-044", "D-053"}, Source: words("账号、因素、会话", "accounts, factors, sessions"), Place: "/accounts"}, "identity.list-accounts", a.house(), a.account(id, standing.Roles)},
		{Question{ID: "grants", Title: words("被授予、用过和已结束的授权", "Grants given, used and ended"), Demands: []string{"D-036", "D-055"}, Source: words("授权与审计日志", "grants and the ledger"), Place: "/grants"}, "access.see-grants", policy.Object{Kind: "Grant", Org: a.org}, a.grants(id, happened)},
		{Question{ID: "conflicts", Title: words("不相容岗位", "Conflicts of roles"), Demands: []string{"D-009", "D-023"}, Source: words("职责分离规则", "rules on roles that nobody holds together"), Place: page}, "", person, conflicts(standing.Roles)},
		{Question{ID: "opened", Title: words("打开过多少患者，凭何关系", "Patients opened, and by what relation"), Demands: []string{"D-025", "D-048", "D-054", "D-063"}, Source: words("审计日志", "ledger"), Place: "/ledger?actor=" + id}, "ledger.search", a.book(), a.openedBy(opened, more)},
		{Question{ID: "refused", Title: words("被拒绝的访问", "Refusals"), Demands: []string{"D-037", "D-078"}, Source: words("审计日志", "ledger"), Place: "/ledger?actor=" + id + "&outcome=refused"}, "ledger.search", a.book(), refusals(opened.refused)},
		{Question{ID: "reasons", Title: words("自述理由和紧急调阅及复核结论", "Stated reasons and break-glass, with verdicts"), Demands: []string{"D-025", "D-028"}, Source: words("自述理由、紧急调阅及复核", "stated reasons, break-glasses, reviews"), Place: "/reviews"}, "ledger.search", a.book(), a.reasons("person", id)},
		{Question{ID: "findings", Title: words("账号异常", "Findings about the account"), Demands: []string{"D-013", "D-077"}, Source: words("账号异常登记", "findings"), Place: "/accounts/findings"}, "", person, a.findings(id)},
	})
}

func (a *asked) posts(id string) step {
	return func(ctx context.Context, q *Question) error {
		posts, err := postsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		stays, err := staysOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		departments := []string{}
		for _, p := range append(slices.Clone(posts), stays...) {
			departments = append(departments, p.state)
		}
		wards, err := staff.DepartmentNames(ctx, a.r, a.org, distinct(departments))
		if err != nil {
			return err
		}
		live, endless := 0, 0
		for _, p := range posts {
			long := p.until.Sub(p.since) > staff.LongestTerm
			if p.live(a.now) {
				live++
			}
			if long {
				endless++
			}
			role, where := roleName(p.kind), wards[p.state]
			q.line(Line{At: p.since, Wrong: long, Says: joined(role, where, until(moment(p.end())))})
		}
		unsponsored, err := a.unsponsored(ctx, q, stays)
		if err != nil {
			return err
		}
		q.Figures = append(q.Figures, figure("在任", "posts held", live), figure("人员变动", "stays", len(stays)), figure("超过五年的任期", "terms beyond five years", endless), figure("负责人已不在岗的阶段", "stays whose sponsor is gone", unsponsored))
		q.Verdict = verdictOf(endless, unsponsored)
		q.Says = wordsOf("现任 %d 个岗位，均有截止时间；人员变动 %d 次，负责人已不在岗的 %d 次。", "%d posts held, each with an end; %d stays, %d without a sponsor who is still here.", live, len(stays), unsponsored)
		return a.proveAbout(ctx, q, id, "staff.appoint", "staff.end-appointment", "staff.begin-stay", "staff.move-stay", "staff.end-stay")
	}
}

// unsponsored adds the stays and counts those that live without somebody who answers
// for them.
func (a *asked) unsponsored(ctx context.Context, q *Question, stays []span) (int, error) {
	lost := 0
	for _, s := range stays {
		wrong := false
		if s.live(a.now) && s.state != "" {
			sponsor, err := staff.ActorOf(ctx, a.r, a.org, s.state, a.now)
			if err != nil {
				return 0, err
			}
			wrong = len(sponsor.Roles) == 0
		}
		if wrong {
			lost++
		}
		q.line(Line{At: s.since, Person: s.state, Wrong: wrong, Says: joined(called(s.kind), until(moment(s.end())))})
	}
	return lost, nil
}

func roleName(id string) fault.Text {
	for _, r := range policy.Roles() {
		if r.ID == id {
			return r.Name
		}
	}
	return words(id, id)
}

// proveAbout names the newest entries of some verbs about a person.
func (a *asked) proveAbout(ctx context.Context, q *Question, person string, verbs ...string) error {
	page, err := a.room.ledger.Search(ctx, a.r, ledger.Query{Org: a.org, Kind: "Person", Object: person, Verbs: verbs, Limit: maxEntries})
	for _, l := range page.Lines {
		q.prove(l.ID)
	}
	return err
}

func (a *asked) qualifications(id string, unlicensed bool) step {
	return func(ctx context.Context, q *Question) error {
		all, err := licencesOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		held, ending := 0, 0
		for _, l := range all {
			soon := l.live(a.now) && !l.end().After(a.now.Add(lately))
			if l.live(a.now) {
				held++
			}
			if soon {
				ending++
			}
			name := staff.QualificationNames[staff.QualificationKind(l.kind)]
			q.line(Line{At: l.since, Wrong: soon, Says: joined(name, until(moment(l.end())))})
		}
		lacking := 0
		if unlicensed {
			lacking = 1
		}
		q.Figures = append(q.Figures, figure("有效资质", "in force", held), figure("30 天内到期", "end within 30 days", ending), figure("岗位所需而缺", "required and lacking", lacking))
		q.Verdict = verdictOf(lacking, ending)
		q.Says = wordsOf("有效资质 %d 项，30 天内到期 %d 项；岗位所需而缺 %d 项。", "%d qualifications in force, %d end within 30 days; %d required by a role and lacking.", held, ending, lacking)
		return a.proveAbout(ctx, q, id, "staff.add-qualification", "staff.end-qualification")
	}
}

func (a *asked) undertakings(id string, unbound bool) step {
	return func(ctx context.Context, q *Question) error {
		all, err := promisesOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		kept, lapsed := 0, 0
		for _, p := range all {
			if p.live(a.now) {
				kept++
			}
			q.line(Line{At: p.since, Says: joined(words(p.kind, p.state), until(moment(p.until)))})
		}
		if unbound {
			lapsed = 1
		}
		q.Figures = append(q.Figures, figure("有效签署", "signatures in force", kept), figure("应签未签或已过期", "missing or lapsed", lapsed))
		q.Verdict = verdictOf(0, lapsed)
		q.Says = wordsOf("有效签署 %d 份。", "%d signatures in force.", kept)
		if unbound {
			q.Says.ZH += "应签的承诺书未签或已过期，系统已收回其对本人患者以外的访问和输出。"
			q.Says.EN += " Something that must be signed is missing or has lapsed; the system has taken reach beyond his own patients, and output."
		}
		return a.proveAbout(ctx, q, id, "staff.sign-undertaking")
	}
}

// sensitive are the roles that nobody should hold without a second factor.
var sensitive = []string{"auditor", "discipline", "security-administrator", "system-administrator", "network-administrator", "dba", "vendor-engineer", "medical-affairs", "president"}

func (a *asked) account(id string, roles []string) step {
	return func(ctx context.Context, q *Question) error {
		accounts, err := accountsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		factors, err := factorsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		sessions, err := sessionsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		total, open := 0, 0
		for _, n := range accounts {
			total += n
		}
		for _, s := range sessions {
			if s.open(a.now) {
				open++
			}
			q.line(Line{At: s.since, Says: words("会话 · 最近活动 "+moment(s.seen), "session · last seen "+moment(s.seen))})
		}
		weak := 0
		if factors["active"] == 0 && slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(sensitive, r) }) {
			weak = 1
		}
		q.Figures = append(q.Figures, figure("账号", "accounts", total), figure("第二因素", "second factors", factors["active"]), figure("会话", "sessions on record", len(sessions)),
			figure("打开的会话", "open sessions", open), figure("关键岗位无第二因素", "sensitive role without a factor", weak))
		q.Verdict = verdictOf(max(total-1, 0), weak+max(open-1, 0))
		q.Says = wordsOf("账号 %d 个（一人一号），第二因素 %d 个，打开的会话 %d 个。", "%d account (one for a person), %d second factors, %d open sessions.", total, factors["active"], open)
		if weak > 0 {
			q.Says.ZH += "所任岗位应启用第二因素而未启用。"
			q.Says.EN += " The role calls for a second factor and there is none."
		}
		page, err := a.room.ledger.Search(ctx, a.r, ledger.Query{Org: a.org, Actor: id, Verbs: []string{"identity.sign-in", "identity.enrol-factor", "identity.confirm-factor"}, Limit: maxEntries})
		for _, l := range page.Lines {
			q.prove(l.ID)
		}
		return err
	}
}

func (a *asked) grants(id string, happened []ledger.Line) step {
	return func(ctx context.Context, q *Question) error {
		all, err := grantsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		used := 0
		for _, l := range happened {
			if l.Tie == policy.TieGrant {
				used++
				q.prove(l.ID)
			}
		}
		live, failed := 0, 0
		for _, g := range all {
			bad := g.state == "failed" || g.state == "live" && !g.end().After(a.now.Add(-time.Hour))
			if g.live(a.now) && g.state == "live" {
				live++
			}
			if bad {
				failed++
			}
			q.line(Line{At: g.since, Patient: g.person, Wrong: bad, Says: joined(called(g.state), until(moment(g.end())))})
		}
		q.Figures = append(q.Figures, figure("授权", "grants", len(all)), figure("有效", "in force", live), figure("使用次数", "times used", used), figure("到期未结束或收回失败", "past its end or failed to end", failed))
		q.Verdict = verdictOf(failed, 0)
		q.Says = wordsOf("共 %d 项授权，有效 %d 项，180 天内据以访问 %d 次；到期未结束或收回失败 %d 项。", "%d grants, %d in force, used %d times in 180 days; %d past their end or failed to end.", len(all), live, used, failed)
		return nil
	}
}

func conflicts(roles []string) step {
	return func(_ context.Context, q *Question) error {
		found := policy.ConflictsAmong(roles)
		for _, c := range found {
			one, other := roleName(c.A), roleName(c.B)
			q.line(Line{Wrong: true, Says: words(one.ZH+" 与 "+other.ZH, one.EN+" and "+other.EN)})
		}
		q.Figures = append(q.Figures, figure("现任角色", "roles held", len(roles)), figure("不相容", "conflicts", len(found)))
		q.Verdict = verdictOf(len(found), 0)
		q.Says = wordsOf("现任 %d 个角色，不相容 %d 对。", "%d roles held, %d pairs that exclude one another.", len(roles), len(found))
		return nil
	}
}

func (a *asked) openedBy(o openings, more bool) step {
	who := a.opened(o, more)
	return func(ctx context.Context, q *Question) error {
		if err := who(ctx, q); err != nil {
			return err
		}
		for i := range q.Lines {
			q.Lines[i].Person = ""
		}
		q.Figures[2] = figure("患者数", "patients", len(o.patients))
		q.Says = wordsOf("180 天内打开 %d 次，涉及 %d 名患者；无法解释 %d 次。", "Opened %d times in 180 days, of %d patients; %d without an explanation.", len(o.all), len(o.patients), len(o.unexplained))
		return nil
	}
}

func (a *asked) findings(id string) step {
	return func(ctx context.Context, q *Question) error {
		found, err := findingsOf(ctx, a.r, a.org, id)
		if err != nil {
			return err
		}
		q.Figures = append(q.Figures, figure("未处置", "open", found["open"]), figure("已处置", "disposed of", found["closed"]))
		q.Verdict = verdictOf(0, found["open"])
		q.Says = wordsOf("账号异常未处置 %d 条，已处置 %d 条。", "%d findings are open, %d disposed of.", found["open"], found["closed"])
		return nil
	}
}
