package console

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// lawfulChecks ask the rules in force who is kept out, and count in the ledger what that
// came to.
func (room *Room) lawfulChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "house.strangers-kept-out", Demands: []string{"A-078"},
			Title: fault.Text{ZH: "家属、访客等没有岗位的人不能以任何方式使用患者信息；代理须经核验登记", EN: "Relatives, visitors and whoever holds no post use no patient's information in any way; who acts for a patient is checked and on record"},
			Run:   room.strangersKeptOut,
		},
		{
			ID: "house.use-lawful", Demands: []string{"C-052"},
			Title: fault.Text{ZH: "每次使用都核对承诺、授权和用途；违规冻结的人员不能再取得额外权限", EN: "Each use is held against undertaking, grant and purpose; whoever is frozen for breaches gains no further reach"},
			Run:   room.useLawful,
		},
		{
			ID: "house.sensitive-by-team", Demands: []string{"B-014", "D-032"},
			Title: fault.Text{ZH: "敏感病史只在经治团队内打开；其他人须有理由并再次验证身份；检索结果中不出现", EN: "A sensitive history opens within the team that treats; elsewhere with a reason and after showing again who one is; it is in no search result"},
			Run:   room.sensitiveByTeam,
		},
		{
			ID: "house.masks-by-role", Demands: []string{"D-006"},
			Title: fault.Text{ZH: "证件号、电话、住址和联系人按角色和目的隐去，写明理由才显示；患者可问谁看过", EN: "ID number, phone, address and contacts are masked by role and purpose, and shown for a reason; a patient is told who looked"},
			Run:   room.masksByRole,
		},
		{
			ID: "house.violations-per-thousand", Demands: []string{"D-054"},
			Title: fault.Text{ZH: "每千次使用中被拒绝的次数；人员可在“我的使用”查看本人的提醒", EN: "How many of a thousand uses were refused; everybody sees his own under “my use”"},
			Run:   room.violationRate,
		},
	}
}

// question is something put to the rules in force, and whether they must allow it.
type question struct {
	verb, kind string
	actor      policy.Actor
	purpose    string
	ties       []policy.Tie
	level      int
	allowed    bool
}

// put asks the rules in force, and counts what they answer otherwise than they must, and
// what they allow.
func (room *Room) put(questions []question) (wrong, opened int) {
	now := room.house.Now()
	rules := room.rules.At(now)
	for _, q := range questions {
		a := q.actor
		a.ID, a.Org = elsewhere, room.org
		if a.Kind == "" {
			a.Kind = act.Person
		}
		for i := range q.ties {
			q.ties[i].ID, q.ties[i].Since, q.ties[i].Until = asked, now.Add(-time.Hour), now.Add(time.Hour)
		}
		allowed := rules.Decide(policy.Request{
			Actor: a, Verb: q.verb, Purpose: q.purpose, At: now, Ties: q.ties,
			Object: policy.Object{Kind: q.kind, ID: asked, Org: room.org, Patient: asked, Department: asked, Sensitivity: max(1, q.level), Signed: true},
		}).Allowed
		if allowed != q.allowed {
			wrong++
		}
		if allowed {
			opened++
		}
	}
	return wrong, opened
}

// strangersKeptOut asks every verb that is a use, of everything it is about, for somebody
// without a post and for somebody who is not signed in.
func (room *Room) strangersKeptOut(ctx context.Context) (evidence.Finding, error) {
	rules := room.rules.At(room.house.Now())
	var questions []question
	for _, verb := range rules.Verbs() {
		if use, _ := policy.UseOf(verb); use == "" {
			continue
		}
		strangers := []policy.Actor{{Kind: "anonymous"}, {Clearance: 1}}
		if slices.Contains(openToStaff, verb) {
			strangers = strangers[:1]
		}
		for _, kind := range rules.Kinds(verb) {
			for _, p := range policy.Purposes() {
				for _, who := range strangers {
					questions = append(questions, question{verb: verb, kind: kind, purpose: p.ID, actor: who})
				}
			}
		}
	}
	wrong, _ := room.put(questions)
	proxies, err := room.timesSince(ctx, "consent.set-guardian", "sharing.check", "sharing.approve")
	if err != nil {
		return evidence.Finding{}, err
	}
	refused, err := room.timesSince(ctx, "sharing.refuse")
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", wrong, len(questions)), Detail: fault.Text{
		ZH: fmt.Sprintf("以无岗位者和未登录者的身份问现行规则 %d 次，放行 %d 次；近一年代理核验和登记 %d 次，拒绝 %d 次", len(questions), wrong, proxies, refused),
		EN: fmt.Sprintf("the rules in force were asked %d times for somebody without a post or not signed in, and allowed %d; within a year who acts for a patient was checked or recorded %d times and turned away %d times", len(questions), wrong, proxies, refused),
	}}
	if wrong > 0 || len(questions) == 0 {
		f.Verdict = evidence.NotMet
	}
	return f, err
}

// openToStaff are uses that open nothing by themselves: what others then decide, lists
// of which each line is asked about, what is about the person himself, and what is asked
// besides another verb that decides.
var openToStaff = []string{
	"amendment.complain", "amendment.replay", "deadline.mine", "record.release",
	"access.request", "access.list", "accesslog.questions", "consent.list", "output.print", "output.bulk", "output.send", "output.see", "output.verify",
}

const aYear = 365 * aDay

// timesSince counts how often something was done within a year.
func (room *Room) timesSince(ctx context.Context, verbs ...string) (int64, error) {
	tallies, err := room.ledger.RecentTallies(ctx, room.org, room.accounts.Now().Add(-aYear))
	var n int64
	for _, t := range tallies {
		if slices.Contains(verbs, t.Verb) {
			n += t.Done
		}
	}
	return n, err
}

func (room *Room) useLawful(ctx context.Context) (evidence.Finding, error) {
	doctor := policy.Actor{Roles: []string{"attending"}, Clearance: highest, Departments: []string{asked}}
	unbound, unlicensed := doctor, doctor
	unbound.Unbound, unlicensed.Unlicensed = true, true
	grant := []policy.Tie{{Kind: policy.TieGrant, Role: "care"}}
	care := []policy.Tie{{Kind: policy.TieCare}}
	frozen := []policy.Tie{{Kind: policy.TieFreeze}}
	wrong, opened := room.put([]question{
		{verb: "record.view", kind: "Document", actor: doctor, purpose: "care", ties: grant, level: 2, allowed: true},
		{verb: "record.view", kind: "Document", actor: doctor, purpose: "care", ties: care, level: 2, allowed: true},
		{verb: "access.state-reason", kind: "Patient", actor: doctor, purpose: "care", allowed: true},
		{verb: "record.view", kind: "Document", actor: unbound, purpose: "care", ties: grant, level: 2},
		{verb: "access.state-reason", kind: "Patient", actor: unbound, purpose: "care"},
		{verb: "record.view", kind: "Document", actor: doctor, purpose: "", ties: care, level: 2},
		{verb: "record.view", kind: "Document", actor: doctor, purpose: "research", ties: care, level: 2},
		{verb: "record.view", kind: "Document", actor: doctor, purpose: "care", level: 2},
		{verb: "record.file", kind: "Document", actor: unlicensed, purpose: "care", ties: care, level: 2},
		{verb: "access.state-reason", kind: "Patient", actor: doctor, purpose: "care", ties: frozen},
		{verb: "patient.locate", kind: "House", actor: doctor, purpose: "care", ties: frozen},
	})
	settled, err := room.timesSince(ctx, "access.settle-freeze")
	f := answered(wrong, 11, opened)
	f.Detail.ZH += fmt.Sprintf("；近一年处置违规冻结 %d 次", settled)
	f.Detail.EN += fmt.Sprintf("; freezes for breaches were settled %d times within a year", settled)
	return f, err
}

func (room *Room) sensitiveByTeam(ctx context.Context) (evidence.Finding, error) {
	here := policy.Actor{Roles: []string{"resident"}, Clearance: highest, Departments: []string{asked}}
	away := policy.Actor{Roles: []string{"attending"}, Clearance: highest, Departments: []string{elsewhere}}
	left := away
	left.Stale = true
	tie := func(kind string) []policy.Tie { return []policy.Tie{{Kind: kind, Role: "care"}} }
	var questions []question
	for level := 4; level <= highest; level++ {
		questions = append(questions,
			question{verb: "record.view", kind: "Document", actor: here, purpose: "care", ties: tie(policy.TieCare), level: level, allowed: true},
			question{verb: "record.view", kind: "Document", actor: away, purpose: "care", ties: tie(policy.TieGlass), level: level, allowed: true},
			question{verb: "record.view", kind: "Document", actor: left, purpose: "care", ties: tie(policy.TieGlass), level: level},
			question{verb: "record.view", kind: "Document", actor: left, purpose: "care", ties: tie(policy.TieTask), level: level},
			question{verb: "record.view", kind: "Document", actor: away, purpose: "care", ties: tie(policy.TieReason), level: level},
			question{verb: "record.view", kind: "Document", actor: away, purpose: "care", level: level},
			question{verb: "record.list", kind: "Document", actor: away, purpose: "care", level: level},
			question{verb: "patient.find", kind: "Patient", actor: away, purpose: "care", ties: tie(policy.TieTask), level: level},
			question{verb: "record.print", kind: "Document", actor: away, purpose: "care", ties: tie(policy.TieGlass), level: level},
		)
	}
	wrong, opened := room.put(questions)
	f := answered(wrong, len(questions), opened)
	newest, err := room.recent(ctx, "")
	if err != nil {
		return evidence.Finding{}, err
	}
	refused, err := room.recent(ctx, ledger.Refused)
	again := among(newest, "sensitive.consult") + among(newest, "care.read-glass")
	held := among(refused, "sensitive.step-up") + among(refused, "level.clearance")
	f.Detail.ZH += fmt.Sprintf("；24 小时内经治团队以外凭理由打开 %d 次，拒绝 %d 次", again, held)
	f.Detail.EN += fmt.Sprintf("; within 24 hours opened with a reason outside the team %d times, refused %d times", again, held)
	return f, err
}

// masksByRole asks who sees what may be masked, and counts what was shown for a reason
// and how often it was told who looked.
func (room *Room) masksByRole(ctx context.Context) (evidence.Finding, error) {
	doctor := policy.Actor{Roles: []string{"attending"}, Clearance: highest, Departments: []string{asked}}
	tie := func(kind, role string) []policy.Tie { return []policy.Tie{{Kind: kind, Role: role}} }
	var questions []question
	for _, f := range policy.Fields() {
		for _, q := range []question{
			{actor: doctor, purpose: "care", ties: tie(policy.TieCare, "attending"), allowed: true},
			{actor: doctor, purpose: "care", ties: tie(policy.TieUnmask, "care"), allowed: true},
			{actor: doctor, purpose: "care", ties: tie(policy.TieReason, "care")},
			{actor: policy.Actor{Roles: []string{"quality"}, Clearance: highest}, purpose: "quality", ties: tie(policy.TieWork, "quality")},
			{actor: policy.Actor{Roles: []string{"researcher"}, Clearance: highest}, purpose: "research", ties: tie(policy.TieUnmask, "research")},
			{actor: policy.Actor{Roles: []string{"student"}, Clearance: 1}, purpose: "teaching", ties: tie(policy.TieCare, "student")},
		} {
			q.verb, q.kind = f.Verb, "Patient"
			questions = append(questions, q)
		}
	}
	wrong, opened := room.put(questions)
	f := answered(wrong, len(questions), opened)
	shown, err := room.timesSince(ctx, "access.unmask")
	if err != nil {
		return evidence.Finding{}, err
	}
	told, err := room.timesSince(ctx, "ledger.readers", "accesslog.readers")
	f.Detail.ZH += fmt.Sprintf("；近一年凭理由显示 %d 次，查询谁看过 %d 次", shown, told)
	f.Detail.EN += fmt.Sprintf("; within a year shown for a reason %d times, told who looked %d times", shown, told)
	return f, err
}

// among counts the entries in which a rule spoke.
func among(entries []ledger.Entry, rule string) int {
	n := 0
	for _, e := range entries {
		if slices.Contains(e.Why.Rules, rule) {
			n += max(e.N, 1)
		}
	}
	return n
}

// violationRate tells a figure; how many are too many is for people to judge.
func (room *Room) violationRate(ctx context.Context) (evidence.Finding, error) {
	tallies, err := room.ledger.RecentTallies(ctx, room.org, room.accounts.Now().Add(-myPeriod))
	if err != nil {
		return evidence.Finding{}, err
	}
	u := useIn(tallies)
	return evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%.1f ‰", u.PerThousand()), Detail: fault.Text{
		ZH: fmt.Sprintf("近 30 天使用患者信息 %d 次，拒绝 %d 次", u.Done+u.Refused, u.Refused), EN: fmt.Sprintf("patients' information was used %d times within 30 days; %d were refused", u.Done+u.Refused, u.Refused),
	}}, nil
}
