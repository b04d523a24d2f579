package console

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
)

// decisionChecks are about what the door decides: what the ledger tells of the last day,
// and what the rules in force answer to questions that are asked at the moment of the
// check.
func (room *Room) decisionChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "house.every-act-decided", Demands: []string{"A-046", "C-025", "E-142"},
			Title: fault.Text{ZH: "每次操作都经规则判定；24 小时内的拒绝都有原因", EN: "Every act was decided by a rule; every refusal of the last 24 hours has its reason"},
			Run: room.newest("", func(e ledger.Entry) bool {
				return e.Outcome == ledger.Done && len(e.Why.Rules) == 0 || e.Outcome == ledger.Refused && len(e.Why.Rules)+len(e.Why.Conditions) == 0
			}),
		},
		{
			ID: "house.purpose-stated", Demands: []string{"C-054", "D-048"},
			Title: fault.Text{ZH: "人员的每次操作都有用途；用途不符的被拒绝", EN: "Every act of a person has its purpose; what does not fit it is refused"},
			Run: room.newest(policy.ConditionPurpose, func(e ledger.Entry) bool {
				return e.Actor.Kind == act.Person && e.Purpose == ""
			}),
		},
		{
			ID: "house.level-within-clearance", Demands: []string{"A-108", "C-127"},
			Title: fault.Text{ZH: "本诊疗组以外密级不足者不能阅览更高等级内容：现行规则对每级逐一作答", EN: "Outside the team that treats, nobody reads above the clearance: what the rules in force answer for each level"},
			Run:   room.levelsHold,
		},
		{
			ID: "house.short-term-takes-nothing-out", Demands: []string{"D-057"},
			Title: fault.Text{ZH: "实习、进修等短期人员可随带教阅览，不能打印、复制、导出、转发", EN: "Short-term people read with their team, and print, copy, export and forward nothing"},
			Run:   room.shortTermHolds,
		},
	}
}

// newest looks at the newest entries of the last day; none may be wrong. condition is
// that of which the refusals are counted; empty counts all, by condition.
func (room *Room) newest(condition string, wrong func(ledger.Entry) bool) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		newest, err := room.recent(ctx, "")
		if err != nil {
			return evidence.Finding{}, err
		}
		refused, err := room.recent(ctx, ledger.Refused)
		if err != nil {
			return evidence.Finding{}, err
		}
		all := map[string]ledger.Entry{}
		for _, e := range slices.Concat(newest, refused) {
			all[e.ID] = e
		}
		bad, of := 0, len(all)
		for _, e := range all {
			if wrong(e) {
				bad++
			}
		}
		refusals := map[string]int{}
		for _, e := range refused {
			for _, c := range e.Why.Conditions {
				if condition == "" || condition == c {
					refusals[c] += max(e.N, 1)
				}
			}
		}
		f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", bad, of), Detail: fault.Text{
			ZH: fmt.Sprintf("最近 %d 条中不符合 %d 条；拒绝：%s", of, bad, counts(refusals, "无")),
			EN: fmt.Sprintf("of the newest %d entries %d do not comply; refused: %s", of, bad, counts(refusals, "none")),
		}}
		if bad > 0 {
			f.Verdict = evidence.NotMet
		}
		return f, nil
	}
}

// recent are the newest entries of the last day with an outcome, or with any.
func (room *Room) recent(ctx context.Context, outcome string) ([]ledger.Entry, error) {
	return room.ledger.Recent(ctx, ledger.Query{Org: room.org, Outcome: outcome, From: room.accounts.Now().Add(-24 * time.Hour), Limit: ledger.MaxPage})
}

func counts(of map[string]int, none string) string {
	if len(of) == 0 {
		return none
	}
	parts := make([]string, 0, len(of))
	for _, name := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, of[name]))
	}
	return strings.Join(parts, ", ")
}

const (
	highest   = 5 // level of content, and clearance
	asked     = "asked"
	elsewhere = "nobody"
)

// asks puts a question to the rules in force about somebody whom something ties to a
// patient.
func (room *Room) asks(verb, kind string, actor policy.Actor, tie string, level int) policy.Decision {
	now := room.house.Now()
	actor.Kind, actor.ID, actor.Org, actor.Departments = act.Person, elsewhere, room.org, []string{asked}
	return room.rules.At(now).Decide(policy.Request{
		Actor: actor, Verb: verb, Purpose: "care", At: now,
		Object: policy.Object{Kind: kind, ID: asked, Org: room.org, Patient: asked, Department: asked, Sensitivity: level, Signed: true},
		Ties:   []policy.Tie{{Kind: tie, ID: asked, Since: now.Add(-time.Hour), Until: now.Add(time.Hour)}},
	})
}

// levelsHold asks about whoever carries out a request: the patient's own team and whoever
// breaks the glass are not held up by a level.
func (room *Room) levelsHold(context.Context) (evidence.Finding, error) {
	wrong, opened := 0, 0
	for clearance := 1; clearance <= highest; clearance++ {
		for level := 1; level <= highest; level++ {
			allowed := room.asks("record.view", "Document", policy.Actor{Roles: []string{"attending"}, Clearance: clearance}, policy.TieTask, level).Allowed
			if allowed {
				opened++
			}
			if allowed && level > clearance {
				wrong++
			}
		}
	}
	return answered(wrong, highest*highest, opened), nil
}

// takingOut are the verbs by which content leaves the screen of whoever treats.
var takingOut = []struct{ verb, kind string }{
	{"record.print", "Document"}, {"output.print", "Patient"}, {"output.copy", "Document"}, {"output.forward", "Document"}, {"output.extract", "Patient"}, {"output.export", "House"},
}

func (room *Room) shortTermHolds(context.Context) (evidence.Finding, error) {
	learner := policy.Actor{Roles: []string{"resident"}, Clearance: highest, Provisional: true}
	wrong, opened := 0, 0
	if room.asks("record.view", "Document", learner, policy.TieCare, 2).Allowed {
		opened++
	}
	for _, out := range takingOut {
		if room.asks(out.verb, out.kind, learner, policy.TieCare, 2).Allowed {
			wrong++
		}
	}
	return answered(wrong, len(takingOut)+1, opened), nil
}

// answered is what questions to the rules came to. None of them may be answered wrongly,
// and some must be allowed: rules that allow nothing prove nothing.
func answered(wrong, of, opened int) evidence.Finding {
	f := evidence.Finding{Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", wrong, of), Detail: fault.Text{
		ZH: fmt.Sprintf("问现行规则 %d 次，允许 %d 次，答错 %d 次", of, opened, wrong), EN: fmt.Sprintf("the rules in force were asked %d times: %d allowed, %d wrong", of, opened, wrong),
	}}
	if wrong > 0 || opened == 0 {
		f.Verdict = evidence.NotMet
	}
	return f
}
