package access_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/policy"
)

// prowled is a hospital whose zhao treats one patient, has a grant for another and
// stated a reason for a third, and is refused at n strangers.
type prowled struct {
	*hospital
	own, stated string
	strangers   []string
}

func prowling(t *testing.T, n int, fn func(t *testing.T, p *prowled)) {
	t.Helper()
	staffed(t, func(t *testing.T, h *hospital) {
		h.approve("wang", h.apply("zhao"))
		p := &prowled{hospital: h, own: h.admit("孙八", "brain", h.id("zhao")), stated: h.admit("周九", "brain", h.id("qian"))}
		if _, err := h.room.State(h.as("zhao"), access.Asking{Patient: p.stated, Choice: "verbal-consult"}); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			p.strangers = append(p.strangers, h.admit(fmt.Sprintf("患者%d", i), "heart", h.id("wang")))
		}
		for _, stranger := range p.strangers {
			p.mustNotOpen(stranger)
		}
		p.look()
		fn(t, p)
	})
}

// look lets the clock run a minute after what happened is in the ledger.
func (p *prowled) look() {
	p.T.Helper()
	p.Entries()
	p.Clock.Advance(time.Minute)
	p.tick()
}

func (p *prowled) mustNotOpen(ids ...string) {
	p.T.Helper()
	for _, id := range ids {
		if p.opens("zhao", id) {
			p.T.Fatalf("zhao opens %s", id)
		}
	}
}

func (p *prowled) mustOpen(ids ...string) {
	p.T.Helper()
	for _, id := range ids {
		if !p.opens("zhao", id) {
			p.T.Errorf("zhao does not open %s", id)
		}
	}
}

func (p *prowled) freezes() []access.FreezeSeen {
	p.T.Helper()
	page, err := p.room.Freezes(p.as("safe"), "", 10)
	if err != nil {
		p.T.Fatal(err)
	}
	return page.Items
}

func TestRepeatedRefusalsFreezeWhatIsExtraAndNeverCare(t *testing.T) {
	prowling(t, 10, func(t *testing.T, p *prowled) {
		p.mustOpen(p.own)
		p.mustNotOpen(p.patient, p.stated)
		_, err := p.room.State(p.as("zhao"), access.Asking{Patient: p.stated, Choice: "verbal-consult"})
		p.refused(err, "access.state-reason")
		_, err = p.patients.Locate(p.as("zhao"), "P0001")
		p.refused(err, "patient.locate")
		if _, err := p.room.BreakGlass(p.as("zhao"), access.Asking{Patient: p.stated, Choice: "resuscitation", Words: "心跳骤停抢救"}); err != nil {
			t.Errorf("an emergency: %v", err)
		}
		p.mustOpen(p.stated)
		if found := p.freezes(); len(found) != 1 || found[0].Person != p.id("zhao") || found[0].Refused != 10 || found[0].State != access.FreezeLive {
			t.Errorf("%+v", found)
		}
		if p.waits("safe", access.Frozen) != 1 {
			t.Error("the security administrator does not hear of it")
		}
		p.look()
		if len(p.freezes()) != 1 || p.waits("safe", access.Frozen) != 1 {
			t.Error("the same refusals freeze twice")
		}
		p.Clock.Advance(24*time.Hour - time.Minute)
		p.mustOpen(p.own, p.patient)
		if found := p.freezes(); found[0].State != access.FreezeOver {
			t.Errorf("%+v", found)
		}
		if _, err := p.room.SettleFreeze(p.as("safe"), p.freezes()[0].ID, true, "已核实为会诊"); codeOf(err) != "access.freeze-over" {
			t.Errorf("what is over was lifted: %v", err)
		}
	})
}

func TestAFreezeIsLiftedWithWordsByAnother(t *testing.T) {
	prowling(t, 10, func(t *testing.T, p *prowled) {
		freeze := p.freezes()[0].ID
		for _, who := range []string{"zhao", "affairs", "watch"} {
			_, err := p.room.SettleFreeze(p.as(who), freeze, true, "已核实为会诊")
			p.refused(err, "access.settle-freeze")
		}
		if _, err := p.room.SettleFreeze(p.as("safe"), freeze, true, ""); codeOf(err) != "access.input" {
			t.Errorf("lifted without words: %v", err)
		}
		if _, err := p.room.SettleFreeze(p.as("safe"), freeze, false, "核实中，先维持"); err != nil {
			t.Fatal(err)
		}
		p.mustNotOpen(p.patient)
		if p.waits("safe", access.Frozen) != 0 {
			t.Error("what was decided still waits")
		}
		if _, err := p.room.SettleFreeze(p.as("safe"), freeze, true, "已核实为会诊"); err != nil {
			t.Fatal(err)
		}
		if e := p.Last(); e.Verb != "access.settle-freeze" || e.Note["freeze"] != freeze || e.Note["person"] != p.id("zhao") {
			t.Errorf("%+v", e)
		}
		p.mustOpen(p.own, p.patient, p.stated)
		p.look()
		if found := p.freezes(); len(found) != 1 || found[0].State != access.FreezeLifted || found[0].Said != "已核实为会诊" {
			t.Errorf("%+v", found)
		}
	})
}

func TestFewerRefusalsOrExplainedOnesDoNotFreeze(t *testing.T) {
	prowling(t, 9, func(t *testing.T, p *prowled) {
		p.mustNotOpen(p.strangers...)
		p.look()
		if len(p.freezes()) != 0 {
			t.Error("the same patients count twice")
		}
		ward := p.admit("郑十", "brain", p.id("qian"))
		p.mustNotOpen(ward)
		if _, err := p.room.State(p.as("zhao"), access.Asking{Patient: ward, Choice: "verbal-consult"}); err != nil {
			t.Fatal(err)
		}
		p.look()
		if len(p.freezes()) != 0 {
			t.Error("a refusal that was explained counts")
		}
		p.Clock.Advance(time.Hour)
		p.mustNotOpen(p.strangers[0])
		p.look()
		if len(p.freezes()) != 0 {
			t.Error("what lies outside the period counts")
		}
	})
}

func TestTheOrganisationSetsWhatFreezes(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		p := &prowled{hospital: h}
		h.rules.Place([]policy.Turn{{Limits: policy.Limits{FreezeAfter: 3, FreezeMinutes: 5, FreezeHours: 1}}})
		for i := range 3 {
			p.mustNotOpen(h.admit(fmt.Sprintf("患者%d", i), "heart", h.id("wang")))
		}
		p.look()
		if found := p.freezes(); len(found) != 1 || found[0].Until.Sub(found[0].Since) != time.Hour {
			t.Errorf("%+v", found)
		}
	})
}

func TestARunOfRefusalsThatFrozeNobodyIsNotMet(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		p := &prowled{hospital: h}
		for i := range 10 {
			p.mustNotOpen(h.admit(fmt.Sprintf("患者%d", i), "heart", h.id("wang")))
		}
		h.Entries()
		h.Clock.Advance(10 * time.Minute)
		if got := h.verdict("access.refusals-freeze"); got != "not-met" {
			t.Errorf("before the clock: %s", got)
		}
		h.tick()
		if got := h.verdict("access.refusals-freeze"); got != "met" {
			t.Errorf("after it: %s", got)
		}
	})
}

func TestAFreezeMovedBehindTheHouseGivesNothing(t *testing.T) {
	prowling(t, 10, func(t *testing.T, p *prowled) {
		p.Behind("UPDATE access_freeze SET lifted = since")
		if _, err := p.patients.View(p.as("zhao"), p.stated); !errors.Is(err, act.ErrUndecided) || len(p.Alarms()) == 0 {
			t.Errorf("%v, alarms %v", err, p.Alarms())
		}
	})
}
