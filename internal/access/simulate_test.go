package access_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
)

func TestYesterdayIsTriedUnderAChange(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.State(h.as("sun"), access.Asking{Patient: h.patient, Choice: "verbal-consult"}); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"wang", "sun", "zhao"} {
			h.opens(who, h.patient)
		}
		h.Entries()
		h.Clock.Advance(24 * time.Hour)
		if _, err := h.room.Simulate(h.as("wang"), time.Time{}, access.Candidate{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief tries rules: %v", err)
		}
		same, err := h.room.Simulate(h.as("affairs"), time.Time{}, access.Candidate{})
		if err != nil || same.NewlyAllowed+same.NewlyRefused+same.Unlike != 0 || same.StillAllowed != 3 || same.StillRefused != 1 {
			t.Errorf("nothing changed, and yet: %+v %v", same, err)
		}
		tried, err := h.room.Simulate(h.as("affairs"), time.Time{}, access.Candidate{WithoutTies: []string{"reason"}})
		if err != nil || tried.NewlyRefused != 1 || len(tried.Changed) != 1 || tried.Changed[0].Person != h.id("sun") || tried.Changed[0].Verb != "patient.view" {
			t.Errorf("%+v %v", tried, err)
		}
		demoted, err := h.room.Simulate(h.as("affairs"), time.Time{}, access.Candidate{Role: "chief", Instead: "auditor"})
		if err != nil || demoted.NewlyRefused != 1 || demoted.Changed[0].Person != h.id("wang") {
			t.Errorf("%+v %v", demoted, err)
		}
		if _, err := h.room.Simulate(h.as("affairs"), time.Time{}, access.Candidate{WithoutTies: []string{"friendship"}}); err == nil {
			t.Error("a tie that there is not was left out")
		}
	})
}

func TestWhoCouldOpenARecordAndWhy(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.approve("wang", h.apply("zhao"))
		reach, err := h.room.WhoReaches(h.as("affairs"), h.patient)
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]access.Why{}
		for _, w := range reach.Openers {
			by[w.Person] = w
		}
		if w := by[h.id("wang")]; w.Tie == nil || w.Tie.Kind != "care" || w.Purpose != "care" || len(w.Sentences) == 0 {
			t.Errorf("%+v", w)
		}
		if w := by[h.id("zhao")]; w.Tie == nil || w.Tie.ID != q.Grant {
			t.Errorf("%+v", w)
		}
		if len(by) != 2 || reach.WithReason == 0 || reach.WithGlass == 0 {
			t.Errorf("%+v, %d with a reason, %d with glass", by, reach.WithReason, reach.WithGlass)
		}
		for who := range h.hired {
			if _, listed := by[h.id(who)]; listed != h.opens(who, h.patient) {
				t.Errorf("%s: listed %v, and the door says otherwise", who, listed)
			}
		}
		if _, err := h.room.WhoReaches(h.as("zhao"), h.patient); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger asks who: %v", err)
		}
		own, err := h.room.WhatReaches(h.as("zhao"), h.id("zhao"))
		if err != nil || len(own.Patients) != 1 || own.Patients[0].Patient != h.patient || !slices.Equal(own.Roles, []string{"resident"}) || len(own.Rights) == 0 {
			t.Errorf("%+v %v", own, err)
		}
		if _, err := h.room.WhatReaches(h.as("zhao"), h.id("wang")); !errors.Is(err, act.ErrRefused) {
			t.Errorf("he asks about a colleague: %v", err)
		}
	})
}
