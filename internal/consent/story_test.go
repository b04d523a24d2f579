package consent_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
)

func TestAConsentWithdrawnBetweenTwoRequestsRefusesTheSecond(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if h.reads("gao", h.patient) {
			t.Fatal("research read without consent")
		}
		if why := h.Last().Why.Conditions; len(why) != 1 || why[0] != "consent" {
			t.Errorf("the account says %v", why)
		}
		given := h.give(h.giving(h.research()))
		if !h.reads("gao", h.patient) {
			t.Fatal("a consent in force opens nothing")
		}
		if h.reads("gao", h.other) {
			t.Error("one patient's consent opened another")
		}
		if _, err := h.room.Withdraw(h.as("clerk"), given.ID, consent.Withdrawing{Relation: consent.ByPatient, Words: "不再同意"}); err != nil {
			t.Fatal(err)
		}
		if h.reads("gao", h.patient) {
			t.Error("read after the withdrawal")
		}
		if _, err := h.room.Withdraw(h.as("clerk"), given.ID, consent.Withdrawing{Relation: consent.ByPatient}); faulttest.Code(err) != "consent.not-in-force" {
			t.Errorf("withdrawn twice: %v", err)
		}
		seen, err := h.room.View(h.as("affairs"), given.ID)
		if err != nil || seen.Said != "不再同意" || seen.Giver != li || seen.State(h.Clock.Now()) != consent.Withdrawn {
			t.Errorf("%+v: %v", seen, err)
		}
	})
}

func TestCareAsksForNoConsent(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		g := h.giving(h.research())
		if _, err := h.room.Refuse(h.as("chen"), g); err != nil {
			t.Fatal(err)
		}
		if !h.reads("chen", h.patient) || h.reads("gao", h.patient) {
			t.Error("a refusal keeps research away and nobody who treats")
		}
	})
}

func TestARefusalTakesBackWhatWasGivenOnTheSameForm(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		g := h.giving(h.research())
		h.give(g)
		if _, err := h.room.Refuse(h.as("chen"), g); err != nil {
			t.Fatal(err)
		}
		if h.reads("gao", h.patient) {
			t.Error("the earlier consent still opens")
		}
	})
}

func TestAConsentEndsByTheClock(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		g := h.giving(h.research())
		g.Until = h.Clock.Now().Add(48 * time.Hour)
		h.give(g)
		h.Clock.Advance(48*time.Hour - time.Second)
		if !h.reads("gao", h.patient) {
			t.Error("ended too early")
		}
		h.Clock.Advance(time.Second)
		if h.reads("gao", h.patient) {
			t.Error("opened after its end")
		}
	})
}

func TestAConsentToSomeKindsOpensThoseOnly(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form := h.form(consent.Scope{Purposes: []string{"research"}})
		g := h.giving(form)
		g.Scope = consent.Scope{Purposes: []string{"research"}, Categories: []string{"C0099"}}
		rec := h.give(g)
		if h.reads("gao", h.patient) {
			t.Error("a consent to C0099 opened C0034")
		}
		if _, err := h.room.Withdraw(h.as("chen"), rec.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		g.Scope.Categories = []string{"C0034"}
		h.give(g)
		if !h.reads("gao", h.patient) {
			t.Error("a consent to C0034 did not open it")
		}
		g.Scope.Purposes = []string{"research", "commercial"}
		if _, err := h.room.Give(h.as("chen"), g); faulttest.Code(err) != "consent.input" || faulttest.Fields(err) != "scope" {
			t.Errorf("beyond the form: %v", err)
		}
	})
}

func TestAForgedConsentIsANo(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		rec := h.give(h.giving(h.research()))
		if _, err := h.room.Withdraw(h.as("chen"), rec.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		h.Behind("UPDATE consent_record SET withdrawn = NULL")
		_, err := h.patients.View(h.as("gao"), h.patient)
		if !errors.Is(err, act.ErrUndecided) || len(h.Alarms()) == 0 {
			t.Errorf("%v, alarms %v", err, h.Alarms())
		}
	})
}

func TestAGuardiansPowerEndsOnTheEighteenthBirthday(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		mother := consent.Giver{Name: "周敏", Document: "id-card", Number: "330000198001010022"}
		power, err := h.room.SetGuardian(h.as("chen"), consent.NewGuardian{Patient: h.patient, Kind: consent.Minor, Born: "2008-03-12", Who: mother, Evidence: proof})
		if err != nil {
			t.Fatal(err)
		}
		g := h.giving(h.research())
		if _, err := h.room.Give(h.as("chen"), g); faulttest.Code(err) != "consent.has-guardian" {
			t.Errorf("a minor decided alone: %v", err)
		}
		g.Relation, g.Guardian, g.Giver = consent.ByGuardian, power.ID, mother
		given := h.give(g)
		birthday := time.Date(2026, 3, 11, 16, 0, 0, 0, time.UTC)
		if !given.Until.Equal(birthday) {
			t.Errorf("what a guardian agreed to ends %s, not with her power", given.Until)
		}
		if !h.reads("gao", h.patient) {
			t.Error("a guardian's consent opens nothing")
		}
		h.Clock.Advance(birthday.Add(-time.Second).Sub(h.Clock.Now()))
		if !h.reads("gao", h.patient) {
			t.Error("ended before the birthday")
		}
		h.Clock.Advance(time.Second)
		if h.reads("gao", h.patient) {
			t.Error("a guardian's consent outlived her power")
		}
		if _, err := h.room.Give(h.as("chen"), g); faulttest.Code(err) != "consent.no-power" {
			t.Errorf("a guardian without power decided: %v", err)
		}
		h.give(h.giving(h.research()))
		if _, err := h.room.SetGuardian(h.as("chen"), consent.NewGuardian{Patient: h.patient, Kind: consent.Minor, Born: "2008-03-12", Who: mother, Evidence: proof}); faulttest.Fields(err) != "born" {
			t.Errorf("an adult was given a guardian: %v", err)
		}
	})
}

func TestAnExemptionIsCitedApprovedByAnotherAndCounted(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		x := consent.Exemption{Basis: "ethics-waiver", Article: "第三十九条", Purpose: "research", Requester: h.gao, Until: h.Clock.Now().AddDate(0, 6, 0)}
		own := x
		own.Requester = h.affairs
		if _, err := h.room.Exempt(h.as("affairs"), own, "本人的课题"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("approved for himself: %v", err)
		}
		unknown := x
		unknown.Requester = "nobody"
		if _, err := h.room.Exempt(h.as("affairs"), unknown, "课题"); faulttest.Fields(err) != "requester" {
			t.Errorf("for nobody: %v", err)
		}
		made, err := h.room.Exempt(h.as("affairs"), x, "伦理委员会批件 2026-07")
		if err != nil {
			t.Fatal(err)
		}
		if !h.reads("gao", h.patient) || !h.reads("gao", h.other) {
			t.Error("the exemption opens nothing")
		}
		if h.reads("insurance", h.patient) {
			t.Error("an exemption for research served insurance")
		}
		found, err := h.room.Exemptions(h.as("auditor"), "", 1)
		if err != nil || len(found.Items) != 1 || found.Counts["ethics-waiver"] != 1 {
			t.Errorf("%+v: %v", found, err)
		}
		if err := h.room.EndExemption(h.as("affairs"), made.ID); err != nil {
			t.Fatal(err)
		}
		if h.reads("gao", h.patient) {
			t.Error("read after the exemption ended")
		}
	})
}

func TestScreeningLeavesOutWhoDidNotAgree(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		given := h.give(h.giving(h.research()))
		use := consent.Use{Purpose: "research", Recipient: "某大学附属研究院"}
		screen := func(use consent.Use) consent.Screened {
			s, err := h.room.Screen(h.as("affairs"), []string{h.patient, h.other, h.patient}, use)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := screen(use)
		if len(s.Covered) != 1 || s.Covered[h.patient].Consent != given.ID || len(s.LeftOut) != 1 || s.LeftOut[0] != h.other {
			t.Errorf("%+v", s)
		}
		e := h.Last()
		if e.Verb != "consent.screen" || e.Note["left-out"] != "1" || len(e.Objects) != 2 || e.Objects[1].Patient != h.patient {
			t.Errorf("%+v", e)
		}
		if s := screen(consent.Use{Purpose: "research", Recipient: "别的公司"}); len(s.Covered) != 0 {
			t.Errorf("a recipient that was not named: %+v", s)
		}
		if s := screen(consent.Use{Purpose: consent.Commercial, Recipient: "某大学附属研究院"}); len(s.Covered) != 0 {
			t.Errorf("a purpose that was not named: %+v", s)
		}
		if _, err := h.room.Withdraw(h.as("chen"), given.ID, consent.Withdrawing{Relation: consent.ByPatient}); err != nil {
			t.Fatal(err)
		}
		if s := screen(use); len(s.Covered) != 0 {
			t.Errorf("a withdrawal did not stop the release: %+v", s)
		}
	})
}

func TestSomebodyIsAskedBeforeAConsentEnds(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form := h.research()
		g := h.giving(form)
		g.Until, g.ReviewBy = time.Time{}, h.Clock.Now().AddDate(0, 3, 0)
		given := h.give(g)
		tick := func() {
			t.Helper()
			if err := h.room.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		tick()
		if n := h.Count("duty_task"); n != 0 {
			t.Errorf("%d tasks three months ahead", n)
		}
		h.Clock.Advance(70 * 24 * time.Hour)
		tick()
		tick()
		if n := h.Count("duty_task"); n != 1 {
			t.Fatalf("%d tasks, want one", n)
		}
		if !h.reads("gao", h.patient) {
			t.Error("what waits for its review no longer stands")
		}
		g.ReviewBy = h.Clock.Now().AddDate(1, 0, 0)
		again := h.give(g)
		page, err := h.duty.List(h.as("affairs"), duty.ListFilter{}, "", 0)
		if err != nil || len(page.Items) != 1 || page.Items[0].State != duty.Done || page.Items[0].Subject != given.ID || again.ID == given.ID {
			t.Errorf("renewal did not close the task: %+v %v", page.Items, err)
		}
	})
}

func TestANoticeSaysWhatWhenByWhom(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		notice, err := h.room.Publish(h.as("affairs"), consent.Template{
			Kind: consent.Notice, Name: consent.Bases()[0].Name, Text: consent.Bases()[0].Name, Forms: []string{consent.Verbal},
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Notify(h.as("chen"), consent.Telling{Patient: h.patient, Template: notice.ID, To: consent.ByPatient, Form: consent.Verbal, Acknowledged: true, Words: "采集目的"}); err != nil {
			t.Fatal(err)
		}
		next, err := h.room.Publish(h.as("affairs"), notice)
		if err != nil || next.Version != 2 {
			t.Fatalf("%+v: %v", next, err)
		}
		l, err := h.room.List(h.as("chen"), h.patient)
		if err != nil || len(l.Notices) != 1 || l.Notices[0].Version != 1 || l.Notices[0].By != "chen" || !l.Notices[0].Acknowledged {
			t.Errorf("%+v: %v", l, err)
		}
		if _, err := h.room.Give(h.as("chen"), h.giving(notice)); faulttest.Fields(err) != "template" {
			t.Errorf("a notice was agreed to: %v", err)
		}
	})
}

func TestWhoHasNothingToDoWithItIsRefusedAndRecorded(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		form := h.research()
		given := h.give(h.giving(form))
		for verb, try := range map[string]func() error{
			"consent.give": func() error { _, err := h.room.Give(h.as("stranger"), h.giving(form)); return err },
			"consent.view": func() error { _, err := h.room.View(h.as("dba"), given.ID); return err },
			"consent.withdraw": func() error {
				_, err := h.room.Withdraw(h.as("stranger"), given.ID, consent.Withdrawing{Relation: "patient"})
				return err
			},
			"consent.list":    func() error { _, err := h.room.List(h.as("stranger"), h.patient); return err },
			"consent.publish": func() error { _, err := h.room.Publish(h.as("chen"), form); return err },
			"consent.screen": func() error {
				_, err := h.room.Screen(h.as("gao"), []string{h.patient}, consent.Use{Purpose: "research"})
				return err
			},
			"consent.exempt": func() error {
				_, err := h.room.Exempt(h.as("chen"), consent.Exemption{Basis: "audit", Article: "一", Purpose: "research", Requester: h.gao, Until: h.Clock.Now().Add(time.Hour)}, "事实")
				return err
			},
		} {
			if err := try(); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s: %v", verb, err)
				continue
			}
			if e := h.Last(); e.Verb != verb || e.Outcome != ledger.Refused || len(e.Writes) > 0 {
				t.Errorf("%s: %+v", verb, e)
			}
		}
	})
}

func TestNothingAboutTheGiverLiesOpen(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		given := h.give(h.giving(h.research()))
		for _, e := range h.Entries() {
			for _, value := range e.Note {
				if strings.Contains(value, li.Number) || strings.Contains(value, li.Name) {
					t.Errorf("the ledger tells %q", value)
				}
			}
		}
		if strings.Contains(string(given.Giver), li.Number) || strings.Contains(h.Log.String(), li.Number) {
			t.Error("the identity document lies open")
		}
	})
}
