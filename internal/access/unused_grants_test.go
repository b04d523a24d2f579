package access_test

import (
	"errors"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
)

func TestWhatNobodyUsesIsProposedForRemoval(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.approve("wang", h.apply("zhao", func(a *access.Application) { a.Scope.Until = h.Clock.Now().Add(28 * 24 * time.Hour) }))
		unused := func() []string {
			h.Entries()
			page, err := h.room.UnusedGrants(h.as("affairs"), "", 10)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, g := range page.Items {
				ids = append(ids, g.ID)
			}
			return ids
		}
		if got := unused(); len(got) != 0 || h.verdict("access.grants-used") != "met" {
			t.Errorf("a new grant is called unused: %v", got)
		}
		h.Clock.Advance(15 * 24 * time.Hour)
		if got := unused(); len(got) != 1 || got[0] != q.Grant || h.verdict("access.grants-used") != "not-met" {
			t.Errorf("unused for two weeks: %v", got)
		}
		if !h.opens("zhao", h.patient) {
			t.Fatal("the grant does not open")
		}
		if got := unused(); len(got) != 0 || h.verdict("access.grants-used") != "met" {
			t.Errorf("it was used just now: %v", got)
		}
		if _, err := h.room.UnusedGrants(h.as("quality"), "", 10); err != nil && !errors.Is(err, act.ErrRefused) {
			t.Error(err)
		}
	})
}
