package access_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// frame puts a frame into force: medical affairs proposes and the security office agrees.
func (h *hospital) frame(n access.NewFrame) access.Frame {
	h.T.Helper()
	f, err := h.room.ProposeFrame(h.as("affairs"), n)
	if err == nil {
		f, err = h.room.SettleFrame(h.as("safe"), f.ID, true)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return f
}

func (h *hospital) exceptions(who string) []access.ExceptionSeen {
	h.T.Helper()
	page, err := h.room.Exceptions(h.as(who), true, "", 50)
	if err != nil {
		h.T.Fatal(err)
	}
	return page.Items
}

func (h *hospital) asks(who string, change func(*access.Application)) error {
	h.T.Helper()
	a := access.Application{Scope: h.scope(), Words: "术前会诊需要阅读"}
	change(&a)
	_, err := h.room.Apply(h.as(who), a)
	return err
}

func passes(err error, fields ...string) bool {
	return codeOf(err) == "access.beyond-frame" && slices.EqualFunc(fault.From(err).Fields, fields, func(f fault.Field, path string) bool { return f.Path == path })
}

func TestWhatPassesTheFrameOfADepartmentIsRefusedWithItsLimits(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.frame(access.NewFrame{Department: h.place("brain"), Verbs: []string{"patient.view", "record.list"}, Days: 1, Purposes: []string{"care"}, Places: []string{h.place("brain")}, Level: 2, Forms: []string{"C0001"}})
		if err := h.asks("zhao", func(*access.Application) {}); !passes(err, "verbs", "forms", "department", "until") {
			t.Errorf("%v %+v", err, fault.From(err).Fields)
		}
		if err := h.asks("zhao", func(a *access.Application) {
			a.Scope.Patient, a.Scope.Forms, a.Scope.Verbs, a.Scope.Level = h.admit("王五", "brain", h.id("head")), []string{"C0001"}, []string{"patient.view"}, 4
		}); !passes(err, "level", "until") {
			t.Errorf("%v %+v", err, fault.From(err).Fields)
		}
		if err := h.asks("sun", func(*access.Application) {}); err != nil {
			t.Errorf("another department is bound by it: %v", err)
		}
		h.frame(access.NewFrame{Days: 1})
		if err := h.asks("sun", func(*access.Application) {}); !passes(err, "until") {
			t.Errorf("the house's frame does not hold where there is no other: %v", err)
		}
	})
}

func TestAFrameIsInheritedFromTheDepartmentAbove(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		ward, err := h.staff.AddDepartment(h.FirstStart(), staff.NewDepartment{Code: "ward", NameZH: "一病区", Kind: staff.Clinical, Parent: h.place("brain")})
		if err != nil {
			t.Fatal(err)
		}
		h.places["ward"] = ward.ID
		h.hire("feng", "resident", "ward")
		h.frame(access.NewFrame{Days: 90})
		h.frame(access.NewFrame{Department: h.place("brain"), Days: 1})
		if err := h.asks("feng", func(*access.Application) {}); !passes(err, "until") {
			t.Errorf("%v", err)
		}
		h.frame(access.NewFrame{Department: ward.ID, Days: 30})
		if err := h.asks("feng", func(*access.Application) {}); err != nil {
			t.Errorf("its own frame does not stand before that of the department above: %v", err)
		}
		all, err := h.room.Frames(h.as("feng"))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(all, func(f access.Framed) bool { return f.Department.ID == h.place("heart") })
		if i < 0 || all[i].From == nil || all[i].From.Days != 90 || all[0].InForce == nil {
			t.Errorf("%+v", all)
		}
	})
}

func TestAFrameIsChangedByTwoPersonsAndHoldsFromItsDate(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.ProposeFrame(h.as("wang"), access.NewFrame{Days: 1}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief wrote a frame: %v", err)
		}
		if _, err := h.room.ProposeFrame(h.as("affairs"), access.NewFrame{Days: -1, Verbs: []string{"house.open"}, Since: h.Clock.Now().Add(-time.Hour), Department: "nowhere"}); codeOf(err) != "access.input" || len(fault.From(err).Fields) != 3 {
			t.Errorf("%v", err)
		}
		if _, err := h.room.ProposeFrame(h.as("affairs"), access.NewFrame{Days: 1, Department: "nowhere"}); codeOf(err) != "access.input" {
			t.Errorf("%v", err)
		}
		f, err := h.room.ProposeFrame(h.as("affairs"), access.NewFrame{Days: 1, Since: h.Clock.Now().Add(48 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.ProposeFrame(h.as("affairs2"), access.NewFrame{Days: 2}); codeOf(err) != "access.frame-waits" {
			t.Errorf("%v", err)
		}
		if _, err := h.room.SettleFrame(h.as("affairs"), f.ID, true); codeOf(err) != "access.frame-oneself" {
			t.Errorf("%v", err)
		}
		h.bonds = staff.Bonds{Creations: []staff.Creation{{By: h.id("affairs"), Whom: h.id("safe")}}}
		if _, err := h.room.SettleFrame(h.as("safe"), f.ID, true); codeOf(err) != "access.frame-oneself" {
			t.Errorf("somebody who counts as the proposer agreed: %v", err)
		}
		h.bonds = staff.Bonds{}
		if _, err := h.room.SettleFrame(h.as("safe"), f.ID, true); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.SettleFrame(h.as("safe"), f.ID, false); codeOf(err) != "access.frame-settled" {
			t.Errorf("%v", err)
		}
		if err := h.asks("zhao", func(*access.Application) {}); err != nil {
			t.Errorf("it holds before its date: %v", err)
		}
		h.Clock.Advance(48 * time.Hour)
		if err := h.asks("zhao", func(*access.Application) {}); !passes(err, "until") {
			t.Errorf("it does not hold from its date on: %v", err)
		}
		if got := h.verdict("access.frames-by-two"); got != "met" {
			t.Error(got)
		}
	})
}

func TestAnExceptionIsApprovedByBothOfficesBeforeTheChainAndEnds(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.frame(access.NewFrame{Days: 1})
		q := h.apply("zhao", func(a *access.Application) { a.Exception, a.Urgent = true, true })
		if _, err := h.room.Approve(h.as("wang"), q.ID, true); codeOf(err) != "access.beyond-frame" {
			t.Errorf("in urgency the offices were passed over: %v", err)
		}
		for _, who := range []string{"wang", "affairs", "zhao"} {
			if _, err := h.room.Approve(h.as(who), q.ID, false); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s approved the step of the security office: %v", who, err)
			}
		}
		q = h.approve("affairs", h.approve("safe", q))
		if h.opens("zhao", h.patient) {
			t.Error("it opens before the chain has approved")
		}
		q = h.approve("wang", q)
		if q.State != access.Approved || !h.opens("zhao", h.patient) {
			t.Errorf("%+v", q)
		}
		if x := h.exceptions("affairs"); len(x) != 1 || !x[0].Active || x[0].Result != q.Grant || !slices.Equal(x[0].Beyond, []string{"until"}) {
			t.Errorf("%+v", x)
		}
		if len(h.exceptions("sun")) != 0 {
			t.Error("a stranger sees it")
		}
		if got := h.verdict("access.grants-in-frame"); got != "met" {
			t.Error(got)
		}
		if _, err := h.room.Extend(h.as("zhao"), q.Grant, h.Clock.Now().Add(60*time.Hour), "还需要几天"); !passes(err, "until") {
			t.Errorf("it was extended without the offices: %v", err)
		}
		if _, err := h.room.Clone(h.as("zhao"), q.Grant, "", h.Clock.Now().Add(60*time.Hour), "还需要几天"); !passes(err, "until") {
			t.Errorf("its like was asked for without the offices: %v", err)
		}
		h.tick()
		if x := h.exceptions("affairs"); len(x) != 1 {
			t.Errorf("an excepted grant is asked about: %+v", x)
		}
		h.Clock.Advance(48 * time.Hour)
		if h.opens("zhao", h.patient) || len(h.exceptions("affairs")) != 0 {
			t.Error("the exception lasts beyond its end")
		}
	})
}

func TestAFrameThatIsNarrowedWhileARequestWaitsHoldsWhenItIsGiven(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.apply("zhao", func(a *access.Application) { a.Urgent = true })
		h.frame(access.NewFrame{Days: 1})
		if _, err := h.room.Approve(h.as("wang"), q.ID, false); !passes(err, "until") {
			t.Errorf("%v", err)
		}
		if _, err := h.room.Approve(h.as("wang"), q.ID, true); !passes(err, "until") {
			t.Errorf("in urgency: %v", err)
		}
		if h.opens("zhao", h.patient) {
			t.Error("it was given")
		}
	})
}

func TestAGrantThatANarrowedFrameLeavesOutsideIsKeptByThreeOrCutByItsDate(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		long := func(a *access.Application) { a.Scope.Until = h.Clock.Now().Add(29 * 24 * time.Hour) }
		kept := h.approve("wang", h.apply("zhao", long))
		other := h.admit("孙八", "heart", h.id("wang"))
		cut := h.approve("wang", h.apply("qian", long, func(a *access.Application) { a.Scope.Patient = other }))
		h.frame(access.NewFrame{Department: h.place("brain"), Days: 10})
		if got := h.verdict("access.grants-in-frame"); got != "not-met" {
			t.Errorf("two grants lie outside: %s", got)
		}
		h.tick()
		h.tick()
		waiting := h.exceptions("head")
		if len(waiting) != 2 || h.waits("head", access.FrameException) != 2 {
			t.Fatalf("the head is not asked: %+v", waiting)
		}
		i := slices.IndexFunc(waiting, func(x access.ExceptionSeen) bool { return x.Result == kept.Grant })
		for _, who := range []string{"affairs", "safe", "zhao", "wang"} {
			if _, err := h.room.DecideException(h.as(who), waiting[i].ID, true, "仍需随访"); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s decided for the head: %v", who, err)
			}
		}
		for _, who := range []string{"head", "safe", "affairs"} {
			if _, err := h.room.DecideException(h.as(who), waiting[i].ID, true, "仍需随访"); err != nil {
				t.Fatalf("%s: %v", who, err)
			}
		}
		h.Clock.Advance(13 * 24 * time.Hour)
		h.tick()
		if !h.opens("zhao", h.patient) || !h.opens("qian", other) {
			t.Error("it was cut before its date")
		}
		h.Clock.Advance(2 * 24 * time.Hour)
		h.tick()
		if !h.opens("zhao", h.patient) {
			t.Error("what was kept was cut")
		}
		if h.opens("qian", other) || h.grant(cut.Grant).Cause != access.Outside || h.waits("head", access.FrameException) != 0 {
			t.Errorf("what nobody kept was not cut: %+v", h.grant(cut.Grant))
		}
		if x := h.exceptions("affairs"); len(x) != 1 || !x[0].Active || x[0].Said != "仍需随访" {
			t.Errorf("%+v", x)
		}
	})
}

func TestTheHeadEndsWhatLiesOutsideAtOnce(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.approve("wang", h.apply("zhao"))
		h.frame(access.NewFrame{Department: h.place("brain"), Verbs: []string{"record.list"}})
		h.tick()
		waiting := h.exceptions("head")
		if len(waiting) != 1 {
			t.Fatalf("%+v", waiting)
		}
		if _, err := h.room.DecideException(h.as("head"), waiting[0].ID, false, "不再需要"); err != nil {
			t.Fatal(err)
		}
		if h.opens("zhao", h.patient) || h.grant(q.Grant).Cause != access.Outside {
			t.Errorf("%+v", h.grant(q.Grant))
		}
		if _, err := h.room.DecideException(h.as("head"), waiting[0].ID, true, "还是需要"); codeOf(err) != "access.decided" && !errors.Is(err, act.ErrRefused) {
			t.Errorf("%v", err)
		}
	})
}

func TestARoleThatPassesTheFrameIsGivenAsAnExceptionOnly(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.parted()
		h.frame(access.NewFrame{Department: h.place("brain"), Roles: []string{"resident"}, RoleDays: 100})
		a := access.RoleApplication{Person: h.id("zhao"), Role: "attending", Department: h.place("brain"), Until: h.Clock.Now().Add(300 * 24 * time.Hour), Words: "已通过主治医师资格考试"}
		if _, err := h.room.AskRole(h.as("zhao"), a); !passes(err, "role", "until") {
			t.Fatalf("%v", err)
		}
		a.Exception = true
		q, err := h.room.AskRole(h.as("zhao"), a)
		if err != nil {
			t.Fatal(err)
		}
		h.hire("safe2", "security-administrator", "it")
		q = h.agree("affairs", h.agree("safe2", q))
		if _, err := h.room.ApproveRole(h.as("affairs"), q.ID); err == nil {
			t.Error("one person approved twice")
		}
		q = h.agree("safe", h.agree("affairs2", h.agree("head", q)))
		if q.State != access.Approved || !slices.Contains(h.rolesOf("zhao"), "attending") {
			t.Errorf("%+v", q)
		}
		if x := h.exceptions("affairs"); len(x) != 1 || !x[0].Active || x[0].Result != q.Appointment {
			t.Errorf("%+v", x)
		}
	})
}

func TestTheLevelOfAFrameBoundsWhatAGrantOpens(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.frame(access.NewFrame{Level: 2})
		q := h.apply("zhao")
		if q.Scope.Level != 2 {
			t.Errorf("%+v", q.Scope)
		}
		if err := h.asks("zhao", func(a *access.Application) { a.Scope.Patient = h.guarded }); !passes(err, "level") {
			t.Errorf("%v", err)
		}
	})
}
