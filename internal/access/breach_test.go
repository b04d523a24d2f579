package access_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
)

// flagging is what safe says of zhao, who has a grant and a patient of his own.
func (p *prowled) flagging() access.Flagging {
	return access.Flagging{Person: p.id("zhao"), Cause: access.BreachSnooping, Evidence: access.ByFinding, Reference: "JC-2026-014", Words: "抽查发现多次查看同事病历"}
}

func (p *prowled) discipline() context.Context {
	return acttest.For(p.Person("discipline", nil, 1, "discipline"), "supervision")
}

func (p *prowled) flag() access.BreachFlag {
	p.T.Helper()
	b, err := p.room.FlagBreach(p.as("safe"), p.flagging())
	if err != nil {
		p.T.Fatal(err)
	}
	return b
}

func TestAFlaggedBreachSuspendsWhatIsExtraUntilAnotherHasReviewedIt(t *testing.T) {
	prowling(t, 0, func(t *testing.T, p *prowled) {
		p.mustOpen(p.own, p.patient, p.stated)
		b := p.flag()
		if e := p.Last(); e.Verb != "access.flag-breach" || e.Note["person"] != p.id("zhao") || e.Note["finding"] != "JC-2026-014" || e.Note["suspended"] != "1" {
			t.Errorf("%+v", e)
		}
		p.mustOpen(p.own)
		p.mustNotOpen(p.patient, p.stated)
		if p.waits("zhao", access.BreachTold) != 1 || p.waits("safe", access.BreachReview) != 1 {
			t.Error("the person, or whoever reviews, does not hear of it")
		}
		if found := p.freezes(); len(found) != 1 || found[0].Breach == nil || found[0].Breach.Said != "抽查发现多次查看同事病历" {
			t.Errorf("%+v", found)
		}
		if _, err := p.room.FlagBreach(p.discipline(), p.flagging()); codeOf(err) != "access.flagged-already" {
			t.Errorf("flagged twice: %v", err)
		}
		if _, err := p.room.SettleFreeze(p.as("safe"), b.Freeze, true, "没有问题的"); codeOf(err) != "access.breach-is-reviewed" {
			t.Errorf("lifted without a review: %v", err)
		}
		_, err := p.room.ReviewBreach(p.as("safe"), b.Freeze, false, time.Time{}, "没有问题的")
		p.refused(err, "access.review-breach")
		if _, err := p.room.ReviewBreach(p.discipline(), b.Freeze, false, time.Time{}, "核实为院内会诊"); err != nil {
			t.Fatal(err)
		}
		p.mustOpen(p.own, p.patient, p.stated)
		if p.waits("zhao", access.BreachTold) != 0 || p.waits("safe", access.BreachReview) != 0 {
			t.Error("what was decided still waits")
		}
	})
}

func TestAConfirmedBreachStaysSuspendedUntilItsDay(t *testing.T) {
	prowling(t, 0, func(t *testing.T, p *prowled) {
		b := p.flag()
		for name, until := range map[string]time.Time{"no end": {}, "too far": p.Clock.Now().Add(91 * 24 * time.Hour)} {
			if _, err := p.room.ReviewBreach(p.discipline(), b.Freeze, true, until, "情况属实"); codeOf(err) != "access.input" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := p.room.ReviewBreach(p.discipline(), b.Freeze, true, p.Clock.Now().Add(30*time.Hour), "情况属实"); err != nil {
			t.Fatal(err)
		}
		p.mustNotOpen(p.patient)
		if _, err := p.room.ReviewBreach(p.discipline(), b.Freeze, false, time.Time{}, "改变主意了"); codeOf(err) != "access.freeze-over" {
			t.Errorf("a second verdict: %v", err)
		}
		p.Clock.Advance(30 * time.Hour)
		p.mustOpen(p.own, p.patient)
	})
}

func TestAFlagWithoutAVerdictIsLateAndEndsByItself(t *testing.T) {
	prowling(t, 0, func(t *testing.T, p *prowled) {
		b := p.flag()
		if got := p.verdict("access.breaches-suspended"); got != "met" {
			t.Errorf("at first: %s", got)
		}
		p.Clock.Advance(b.ReviewBy.Sub(p.Clock.Now()) + time.Hour)
		if got := p.verdict("access.breaches-suspended"); got != "not-met" {
			t.Errorf("nobody reviewed it: %s", got)
		}
		p.Clock.Advance(30*24*time.Hour - p.Clock.Now().Sub(b.Flagged) - time.Second)
		_, err := p.room.State(p.as("zhao"), access.Asking{Patient: p.stated, Choice: "verbal-consult"})
		p.refused(err, "access.state-reason")
		p.Clock.Advance(time.Second)
		if _, err := p.room.State(p.as("zhao"), access.Asking{Patient: p.stated, Choice: "verbal-consult"}); err != nil {
			t.Errorf("held without a verdict: %v", err)
		}
	})
}

func TestWhoMayFlagAndOnWhat(t *testing.T) {
	prowling(t, 0, func(t *testing.T, p *prowled) {
		for _, who := range []string{"zhao", "affairs", "watch", "wang"} {
			_, err := p.room.FlagBreach(p.as(who), p.flagging())
			p.refused(err, "access.flag-breach")
		}
		himself := p.flagging()
		himself.Person = p.id("safe")
		_, err := p.room.FlagBreach(p.as("safe"), himself)
		p.refused(err, "access.flag-breach")
		for field, spoil := range map[string]func(*access.Flagging){
			"words": func(f *access.Flagging) { f.Words = "" }, "cause": func(f *access.Flagging) { f.Cause = "mood" },
			"evidence": func(f *access.Flagging) { f.Evidence = "rumour" }, "reference": func(f *access.Flagging) { f.Evidence, f.Reference = access.ByEntry, "nothing" },
			"person": func(f *access.Flagging) { f.Person = "nobody" },
		} {
			f := p.flagging()
			spoil(&f)
			if _, err := p.room.FlagBreach(p.as("safe"), f); codeOf(err) != "access.input" {
				t.Errorf("%s: %v", field, err)
			}
		}
		onEntry := p.flagging()
		onEntry.Evidence, onEntry.Reference = access.ByEntry, p.Last().ID
		if _, err := p.room.FlagBreach(p.as("safe"), onEntry); err != nil {
			t.Errorf("on an entry: %v", err)
		}
	})
}

func TestAFlagMovedBehindTheHouseIsFoundOut(t *testing.T) {
	prowling(t, 0, func(t *testing.T, p *prowled) {
		b := p.flag()
		p.Behind("UPDATE access_freeze SET lifted = since")
		if _, err := p.patients.View(p.as("zhao"), p.stated); !errors.Is(err, act.ErrUndecided) || len(p.Alarms()) == 0 {
			t.Errorf("%v, alarms %v", err, p.Alarms())
		}
		if _, err := p.room.ReviewBreach(p.discipline(), b.Freeze, false, time.Time{}, "核实为院内会诊"); err == nil {
			t.Error("a forged freeze was reviewed")
		}
	})
}
