package handover_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/handover"
)

func TestAComparisonListsEveryDifferenceAndGoesOnAfterABreak(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		_, partner := h.taker()
		c := h.released(partner)
		h.glass = true
		for n := range 110 {
			must[string](t)(h.file(fmt.Sprintf("抢救记录 %d", n)))
		}
		h.glass = false
		must[handover.Comparing](t)(h.room.Compare(h.as("head"), c.ID))
		if _, err := h.room.Compare(h.as("head"), c.ID); faulttest.Code(err) != "handover.comparing" {
			t.Errorf("two comparisons at a time: %v", err)
		}
		h.Behind("ALTER TABLE handover_comparison RENAME TO handover_comparison_away")
		h.run()
		if listed := h.Count("handover_difference"); listed < 300 {
			t.Fatalf("broken off after %d differences were listed", listed)
		}
		h.Behind("ALTER TABLE handover_comparison_away RENAME TO handover_comparison")
		seen := must[handover.Seen](t)(h.room.View(h.as("head"), c.ID))
		if seen.Comparing == nil || seen.Comparing.Missing < 300 || seen.Progress == nil || seen.Progress.Doing != "compare" || seen.Progress.Failure == "" {
			t.Fatalf("broken off at %+v %+v", seen.Comparing, seen.Progress)
		}
		h.Clock.Advance(time.Minute)
		h.run()
		seen = must[handover.Seen](t)(h.room.View(h.as("head"), c.ID))
		if len(seen.Comparisons) != 1 || seen.Comparisons[0].Missing != 330 || seen.Comparisons[0].Gone != 0 || len(seen.Comparisons[0].Differences) != 20 {
			t.Fatalf("%+v", seen.Comparisons)
		}
		listed, sets := 0, map[string]int{}
		for at := ""; ; {
			page := must[web.Page[handover.Listing]](t)(h.room.Differences(h.as("auditor"), c.ID, 1, web.Paging{Cursor: at, Limit: 200}))
			for _, one := range page.Items {
				listed++
				sets[one.Set]++
				if one.Number != int64(listed) || one.Kind != handover.NotCarried {
					t.Errorf("%+v", one)
				}
			}
			if at = page.Next; at == "" {
				break
			}
		}
		if listed != 330 || sets["document"] != 110 || sets["version"] != 110 || sets["signature"] != 110 {
			t.Errorf("%d %v", listed, sets)
		}
	})
}

func TestAComparisonCanBeCancelled(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		_, partner := h.taker()
		c := h.released(partner)
		if _, err := h.room.CancelComparison(h.as("head"), c.ID); faulttest.Code(err) != "handover.not-comparing" {
			t.Errorf("%v", err)
		}
		must[handover.Comparing](t)(h.room.Compare(h.as("head"), c.ID))
		if _, err := h.room.CancelComparison(h.as("chen"), c.ID); faulttest.Code(err) != "act.refused" {
			t.Errorf("%v", err)
		}
		if ended := must[handover.Comparing](t)(h.room.CancelComparison(h.as("head"), c.ID)); ended.State != handover.Cancelled {
			t.Errorf("%+v", ended)
		}
		h.run()
		if seen := must[handover.Seen](t)(h.room.View(h.as("head"), c.ID)); len(seen.Comparisons) != 0 || seen.Comparing != nil || seen.Progress != nil {
			t.Errorf("%+v", seen)
		}
		if f := h.found(c.ID); f.Number != 2 || f.Missing+f.Gone != 0 {
			t.Errorf("%+v", f)
		}
	})
}
