package duty_test

import (
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
)

func TestWhatALeaverHadToDoGoesOnAtOnce(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.hireUntil("kou", "resident", "cardiology", h.Clock.Now().Add(time.Hour))
		own := h.ask("affairs", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("kou"), Department: h.departments["cardiology"]}})
		stays := h.ask("affairs", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("wu"), Department: h.departments["cardiology"]}})
		h.tick()
		if !slices.Contains(h.todo("kou"), own.ID) {
			t.Fatal("the task was taken from somebody who serves")
		}
		h.Clock.Advance(time.Hour)
		h.tick()
		if e := h.Last(); e.Verb != "duty.clock" || e.Outcome != ledger.Done || !slices.ContainsFunc(e.Objects, func(o ledger.Object) bool { return o.ID == own.ID }) {
			t.Errorf("%+v", e)
		}
		if slices.Contains(h.todo("kou"), own.ID) || !slices.Contains(h.todo("chen"), own.ID) {
			t.Errorf("the task of a leaver waits for its deadline: %v", h.todo("chen"))
		}
		steps := h.view("chen", own.ID).Steps
		if last := steps[len(steps)-1]; last.Kind != duty.StepDelegated || last.Person != h.id("chen") {
			t.Errorf("%+v", last)
		}
		if !slices.Contains(h.todo("wu"), stays.ID) {
			t.Error("a colleague lost his task")
		}
	})
}

func TestWhatALeaverHadToDoIsNotHandedToALeaver(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		now := h.Clock.Now()
		h.hireUntil("kou", "resident", "cardiology", now.Add(time.Hour))
		for _, n := range []duty.NewTurn{
			{Kind: duty.HeadOf, Dept: h.departments["cardiology"], Person: h.id("kou"), Since: now, Until: now.Add(day)},
			{Kind: duty.Administrator, Person: h.id("gu"), Since: now, Until: now.Add(day)},
		} {
			if _, err := h.room.PutOnRoster(h.as("affairs"), n); err != nil {
				t.Fatal(err)
			}
		}
		task := h.ask("affairs", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("kou"), Department: h.departments["cardiology"]}})
		h.Clock.Advance(time.Hour)
		h.tick()
		if !slices.Contains(h.todo("gu"), task.ID) {
			t.Errorf("%v", h.view("gu", task.ID).Steps)
		}
	})
}

func TestNobodyStandsInForAPostThatExcludesHisOwn(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		now := h.Clock.Now()
		cover := func(person string) error {
			_, err := h.room.PutOnRoster(h.as("affairs"), duty.NewTurn{Kind: duty.Cover, Dept: h.departments["it"], Person: h.id(person), InsteadOf: h.id("dba"), Since: now, Until: now.Add(day)})
			return err
		}
		if err := cover("safe"); faulttest.Code(err) != "duty.conflicting-cover" {
			t.Errorf("the security administrator stands in for the database administrator: %v", err)
		}
		if err := cover("dba2"); err != nil {
			t.Error(err)
		}
	})
}
