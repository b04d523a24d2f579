package access_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const noReasons = `@id("local.no-reasons") @zh("本院不用自述理由。") @en("No stated reasons here.")
@remedy_zh("请申请授权。") @remedy_en("Ask for a grant.")
forbid (principal in Role::"clinician", action == Action::"access.state-reason", resource);
`

func (h *hospital) draft(who, rules string) access.Release {
	h.T.Helper()
	rel, err := h.room.Draft(h.as(who), access.Drafting{Title: "停用自述理由", Rules: rules, Cases: []policy.Case{{
		Name: "住院医师不能自述", Situation: policy.Situation{Roles: []string{"resident"}, Clearance: 3, Verb: "access.state-reason", Kind: "Patient", Purpose: "care", Level: 1, Holds: []string{"department"}},
	}}, Limits: policy.Limits{GlassHours: 2}})
	if err != nil {
		h.T.Fatal(err)
	}
	return rel
}

func (h *hospital) agreed(rules string) access.Release {
	h.T.Helper()
	rel := h.draft("safe", rules)
	rel, tried, err := h.room.TryRelease(h.as("safe"), rel.ID, rel.Rev)
	if err != nil || !tried.Passed {
		h.T.Fatalf("%+v %v", tried, err)
	}
	if rel, err = h.room.ReviewRelease(h.as("affairs"), rel.ID, rel.Rev, true, ""); err != nil {
		h.T.Fatal(err)
	}
	return rel
}

func (h *hospital) date(rel access.Release, d access.Dating) access.Release {
	h.T.Helper()
	if d.ReviewBy.IsZero() {
		d.ReviewBy = h.Clock.Now().Add(180 * 24 * time.Hour)
	}
	rel, err := h.room.DateRelease(h.as("safe"), rel.ID, rel.Rev, d)
	if err != nil {
		h.T.Fatal(err)
	}
	return rel
}

// states reports whether a resident's stated reason is taken, and the rules that say.
func (h *hospital) states() (bool, []string) {
	h.T.Helper()
	_, err := h.room.State(h.as("sun"), access.Asking{Patient: h.patient, Choice: "verbal-consult"})
	if err != nil && !errors.Is(err, act.ErrRefused) {
		h.T.Fatal(err)
	}
	return err == nil, h.Last().Why.Rules
}

func TestAReleaseIsTriedReviewedDatedAndObeyed(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.opens("wang", h.patient)
		if ok, _ := h.states(); !ok {
			t.Fatal("a stated reason is refused by the delivered rules")
		}
		h.Entries()
		h.Clock.Advance(24 * time.Hour)
		rel := h.draft("safe", noReasons)
		if e := h.Last(); e.Verb != "policy.draft" || e.Note["release"] != "1" || len(e.Writes) != 2 {
			t.Errorf("%+v", e)
		}
		if _, err := h.room.ReviewRelease(h.as("affairs"), rel.ID, rel.Rev, true, ""); codeOf(err) != "policy.not-tried" {
			t.Errorf("reviewed before it was tried: %v", err)
		}
		rel, tried, err := h.room.TryRelease(h.as("safe"), rel.ID, rel.Rev)
		if err != nil || !tried.Passed || len(tried.Outcomes) != 1+len(policy.CareCases()) || tried.Trial.NewlyRefused != 1 || rel.Trial.NewlyRefused != 1 {
			t.Fatalf("%+v %v", tried, err)
		}
		if _, err := h.room.DateRelease(h.as("safe"), rel.ID, rel.Rev, access.Dating{ReviewBy: h.Clock.Now().Add(time.Hour)}); codeOf(err) != "policy.not-reviewed" {
			t.Errorf("dated before it was reviewed: %v", err)
		}
		if _, err := h.room.ReviewRelease(h.as("safe"), rel.ID, rel.Rev, true, ""); codeOf(err) != "policy.reviews-himself" {
			t.Errorf("its writer agreed to it: %v", err)
		}
		h.bonds = staff.Bonds{Creations: []staff.Creation{{By: h.id("safe"), Whom: h.id("affairs")}}}
		if _, err := h.room.ReviewRelease(h.as("affairs"), rel.ID, rel.Rev, true, ""); codeOf(err) != "policy.reviews-himself" {
			t.Errorf("somebody bound to its writer agreed: %v", err)
		}
		h.bonds = staff.Bonds{}
		if _, err := h.room.ReviewRelease(h.as("wang"), rel.ID, rel.Rev, true, ""); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief reviewed it: %v", err)
		}
		if rel, err = h.room.ReviewRelease(h.as("affairs"), rel.ID, rel.Rev, true, "同意"); err != nil {
			t.Fatal(err)
		}
		if ok, _ := h.states(); !ok {
			t.Error("a release that is not dated is obeyed")
		}
		rel = h.date(rel, access.Dating{Since: h.Clock.Now().Add(2 * time.Hour), Until: h.Clock.Now().Add(5 * time.Hour)})
		if ok, _ := h.states(); !ok {
			t.Error("obeyed before its time")
		}
		h.Clock.Advance(2 * time.Hour)
		if ok, rules := h.states(); ok || !slices.Equal(rules, []string{"local.no-reasons@1"}) {
			t.Errorf("not obeyed at its time, or the account does not name the rule: %v", rules)
		}
		if _, err := h.room.BreakGlass(h.as("zhao"), access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "心跳骤停抢救", Hours: 3}); codeOf(err) != "access.invalid" {
			t.Errorf("longer than the release allows: %v", err)
		}
		given, err := h.room.BreakGlass(h.as("zhao"), access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "心跳骤停抢救"})
		if err != nil || given.Until.Sub(given.Since) != 2*time.Hour {
			t.Errorf("%v %v", given.Until.Sub(given.Since), err)
		}
		h.Clock.Advance(3 * time.Hour)
		if ok, _ := h.states(); !ok {
			t.Error("obeyed after its end")
		}
		seen, err := h.room.SeeRelease(h.as("affairs"), rel.ID)
		var kinds []string
		for _, s := range seen.Steps {
			kinds = append(kinds, s.Kind)
		}
		if err != nil || !slices.Equal(kinds, []string{"drafted", "tried", "agreed", "dated"}) || seen.InForce {
			t.Errorf("%v %v", kinds, err)
		}
	})
}

func TestADraftThatHurtsCareOrFailsItsCasesIsNotTried(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		for name, c := range map[string]struct {
			rules    string
			problems int
		}{
			"a rule that cannot be read": {"forbid (principal", 1},
			"its case does not pass":     {noReasonsOfNurses, 0},
			"the ward is shut out": {noReasons + `@id("local.cruel") @zh("x") @en("x") @remedy_zh("x") @remedy_en("x")
forbid (principal in Role::"nurse", action == Action::"patient.view", resource);`, 0},
		} {
			rel := h.draft("safe", c.rules)
			after, tried, err := h.room.TryRelease(h.as("safe"), rel.ID, rel.Rev)
			if err != nil || tried.Passed || len(tried.Problems) != c.problems || after.State != access.Drafted {
				t.Errorf("%s: %s %+v %v", name, after.State, tried.Problems, err)
			}
		}
		problems, err := h.room.CheckRules(h.as("safe"), "\n\npermit (principal, action, resource);")
		if err != nil || len(problems) != 1 || problems[0].Line != 3 {
			t.Errorf("%+v %v", problems, err)
		}
	})
}

func TestAChangeAfterTheTrialMustBeTriedAgain(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		rel := h.agreed(noReasons)
		again, err := h.room.Rewrite(h.as("affairs2"), rel.ID, rel.Rev, access.Drafting{Title: "改", Rules: noReasons})
		if err != nil || again.State != access.Drafted || !slices.Equal(again.Writers, []string{h.id("safe"), h.id("affairs2")}) {
			t.Fatalf("%+v %v", again, err)
		}
		if _, err := h.room.Rewrite(h.as("safe"), rel.ID, rel.Rev, access.Drafting{Title: "改", Rules: noReasons}); codeOf(err) != "policy.release-moved" {
			t.Errorf("a stale revision was written over: %v", err)
		}
		if _, err := h.room.DateRelease(h.as("safe"), rel.ID, again.Rev, access.Dating{ReviewBy: h.Clock.Now().Add(time.Hour)}); codeOf(err) != "policy.not-reviewed" {
			t.Errorf("what was agreed to before the change was dated after it: %v", err)
		}
	})
}

func TestRollingBackIsOneOrder(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.RollBack(h.as("safe"), "没有在生效"); codeOf(err) != "policy.nothing-in-force" {
			t.Errorf("%v", err)
		}
		first := h.date(h.agreed(noReasons), access.Dating{})
		h.Clock.Advance(time.Hour)
		second := h.date(h.agreed(strings.ReplaceAll(noReasons, "resource)", "resource) when { context.remote }")+noReasonsAtNight), access.Dating{})
		if _, rules := h.states(); !slices.Equal(rules, []string{"local.night@2"}) {
			t.Fatalf("%v of release %d", rules, second.Number)
		}
		h.Clock.Advance(time.Hour)
		turn, err := h.room.RollBack(h.as("safe"), "误伤夜班")
		if err != nil || turn.Release != first.ID || turn.Cause != access.ByRollBack {
			t.Fatalf("%+v %v", turn, err)
		}
		if e := h.Last(); e.Verb != "policy.roll-back" || len(e.Writes) < 2 {
			t.Errorf("%+v", e)
		}
		if _, rules := h.states(); !slices.Equal(rules, []string{"local.no-reasons@1"}) {
			t.Errorf("after going back: %v", rules)
		}
		h.Clock.Advance(time.Minute)
		if turn, err = h.room.RollBack(h.as("affairs"), "再退"); err != nil || turn.Release != "" {
			t.Errorf("going back from the first: %+v %v", turn, err)
		}
		if ok, _ := h.states(); !ok {
			t.Error("the delivered rules do not hold again")
		}
		if _, err := h.room.RollBack(h.as("wang"), "我不喜欢"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief rolled back: %v", err)
		}
	})
}

const noReasonsOfNurses = `@id("local.nurses") @zh("x") @en("x") @remedy_zh("x") @remedy_en("x")
forbid (principal in Role::"nursing", action == Action::"access.state-reason", resource);
`

const noReasonsAtNight = `@id("local.night") @zh("夜间") @en("night") @remedy_zh("x") @remedy_en("x")
forbid (principal in Role::"clinician", action == Action::"access.state-reason", resource);
`

func TestAForgedReleaseShutsAndNeverOpens(t *testing.T) {
	for name, forge := range map[string]func(h *hospital){
		"its rules are edited": func(h *hospital) { h.Behind("UPDATE access_release SET rules = ''") },
		"it is deleted":        func(h *hospital) { h.Behind("DELETE FROM access_release") },
		"a turn is made up": func(h *hospital) {
			h.Behind("INSERT INTO access_turn SELECT org, number + 1, '', digest, since, until, cause, at, by_person, mac FROM access_turn")
		},
	} {
		t.Run(name, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				var alarms []string
				h.alarmed = func(what string) { alarms = append(alarms, what) }
				h.date(h.agreed(noReasons), access.Dating{})
				forge(h)
				for range 2 {
					if err := h.room.Follow(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if len(alarms) != 1 || !h.rules.Withheld() {
					t.Errorf("alarms %v, withheld %v", alarms, h.rules.Withheld())
				}
				if ok, _ := h.states(); ok {
					t.Error("what the release forbids was opened")
				}
				if !h.opens("wang", h.patient) {
					t.Error("the patient's own physician is shut out")
				}
				if _, err := h.room.WhoReaches(h.as("affairs"), h.patient); !errors.Is(err, act.ErrRefused) {
					t.Errorf("what a release could have forbidden goes on: %v", err)
				}
				if _, err := h.room.RollBack(h.as("safe"), "核查中"); name == "its rules are edited" && err != nil {
					t.Errorf("nobody can take it back: %v", err)
				}
			})
		})
	}
}

func TestTheReviewOfAReleaseIsAskedForInTime(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		rel := h.date(h.agreed(noReasons), access.Dating{ReviewBy: h.Clock.Now().Add(30 * 24 * time.Hour)})
		h.tick()
		if n := h.Count("duty_task"); n != 0 {
			t.Errorf("%d tasks a month before", n)
		}
		h.Clock.Advance(20 * 24 * time.Hour)
		h.tick()
		h.tick()
		open := h.tasks(access.ReleaseReview, rel.ID)
		if len(open) != 1 {
			t.Errorf("%d tasks ten days before", len(open))
		}
		if got := h.verdict("access.release-reviewed-again"); got != "met" {
			t.Errorf("in time: %s", got)
		}
		h.Clock.Advance(11 * 24 * time.Hour)
		if ok, _ := h.states(); ok {
			t.Error("a release that is overdue for review stopped to forbid")
		}
		if got := h.verdict("access.release-reviewed-again"); got != "not-met" {
			t.Errorf("late: %s", got)
		}
		rel = h.date(rel, access.Dating{})
		if len(h.tasks(access.ReleaseReview, rel.ID)) != 0 || h.verdict("access.release-reviewed-again") != "met" {
			t.Error("dating it again did not settle the task")
		}
	})
}

func TestWhatIsMaskedIsShownForAReasonAndAnHour(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.Unmask(h.as("sun"), access.Asking{Patient: h.patient, Choice: "call-family"}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("of a patient whom he cannot open: %v", err)
		}
		masked := func(who string) int {
			v, err := h.patients.View(h.as(who), h.patient)
			if err != nil {
				t.Fatal(err)
			}
			return len(v.Masks)
		}
		h.states()
		if n := masked("sun"); n == 0 || masked("wang") != 0 {
			t.Errorf("%d fields are masked of a patient opened by a stated reason, %d for who treats her", n, masked("wang"))
		}
		given, err := h.room.Unmask(h.as("sun"), access.Asking{Patient: h.patient, Choice: "call-family"})
		if err != nil || given.Until.Sub(given.Since) != time.Hour {
			t.Fatalf("%+v %v", given, err)
		}
		if e := h.Last(); e.Verb != "access.unmask" || e.Note["choice"] != "call-family" {
			t.Errorf("%+v", e)
		}
		if n := masked("sun"); n != 0 {
			t.Errorf("%d fields are still masked", n)
		}
		if _, err := h.room.Unmask(acttest.For(h.as("sun"), "research"), access.Asking{Patient: h.patient, Choice: "call-family"}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("for research: %v", err)
		}
		h.Clock.Advance(time.Hour)
		if masked("sun") == 0 {
			t.Error("the hour is over and everything is shown")
		}
	})
}

func (h *hospital) tasks(kind *duty.Kind, subject string) []duty.Task {
	h.T.Helper()
	var open []duty.Task
	err := h.Store.Read(h.T.Context(), func(r db.Reader) (err error) {
		open, err = duty.OpenAbout(h.T.Context(), r, acttest.Org, kind, subject)
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return open
}
