package access_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/duty"
)

func (h *hospital) breaks(who, patient string) access.Reason {
	h.T.Helper()
	given, err := h.room.BreakGlass(h.as(who), access.Asking{Patient: patient, Choice: "resuscitation", Words: "心跳骤停抢救"})
	if err != nil {
		h.T.Fatal(err)
	}
	return given
}

func TestBreakGlassStandsInTheMorningsDigestAndASevereOneIsToldAtOnce(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.Clock.Advance(10 * time.Hour) // six in the evening
		quiet, second := h.breaks("zhao", h.patient), h.breaks("qian", h.patient)
		h.tick()
		if n := h.waits("wang", access.GlassDigest) + h.waits("wang", access.GlassReview); n != 0 {
			t.Errorf("the head is disturbed %d times at night", n)
		}
		if _, err := h.room.PlaceSeal(h.as("affairs"), access.Sealing{Patient: h.patient, Kind: access.Attention, Words: "网络舆情"}); err != nil {
			t.Fatal(err)
		}
		severe := h.breaks("head", h.patient)
		if h.waits("wang", access.GlassReview) != 1 {
			t.Error("a break-glass at a seal is not told at once")
		}
		h.Clock.Advance(14 * time.Hour) // eight the next morning
		h.tick()
		h.tick()
		page, err := h.duty.Inbox(h.as("wang"), duty.InboxFilter{Box: duty.BoxTodo, Kind: access.GlassDigest.ID}, "", 50)
		if err != nil || len(page.Items) != 1 || !page.Items[0].Deadline.Equal(quiet.ReviewBy) {
			t.Fatalf("one digest with the day's deadline: %+v %v", page.Items, err)
		}
		as := acttest.For(h.as("wang"), "management")
		for _, r := range []access.Reason{quiet, severe} {
			if err := h.room.Review(as, r.ID, access.Proper); err != nil {
				t.Fatal(err)
			}
		}
		if h.waits("wang", access.GlassReview) != 0 || h.waits("wang", access.GlassDigest) != 1 {
			t.Error("a verdict closes what it does not answer, or not what it does")
		}
		if err := h.room.Review(as, second.ID, access.Unclear); err != nil || h.waits("wang", access.GlassDigest) != 1 {
			t.Errorf("unclear is no verdict yet: %v", err)
		}
		if err := h.room.Review(as, second.ID, access.Improper); err != nil || h.waits("wang", access.GlassDigest) != 0 {
			t.Errorf("the digest stays open: %v", err)
		}
	})
}

func TestTheReviewOfAnEveningBeforeAHolidayIsDueOnTheNextWorkingDay(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		h.Clock.Advance(time.Date(2026, 9, 30, 10, 0, 0, 0, time.UTC).Sub(h.Clock.Now()))
		// 1 to 7 October are holidays; the 8th is worked.
		if given := h.breaks("zhao", h.patient); !given.ReviewBy.Equal(time.Date(2026, 10, 8, 16, 0, 0, 0, time.UTC)) {
			t.Errorf("review by %s", given.ReviewBy)
		}
	})
}
