package access_test

import (
	"testing"
	"time"
)

func (h *hospital) verdict(id string) string {
	h.T.Helper()
	for _, c := range h.room.Checks() {
		if c.ID == id {
			return string(c.Ask(h.T.Context()).Verdict)
		}
	}
	return "no such check"
}

func TestTheChecksOfGrantsSealsAndPostsCanFail(t *testing.T) {
	for id, harm := range map[string]func(h *hospital){
		"access.grants-end": func(h *hospital) { h.Clock.Advance(72 * time.Hour) },
		"access.grants-approved": func(h *hospital) {
			h.Behind("DELETE FROM access_request")
			h.Behind("UPDATE access_grant SET request = 'none'")
		},
		"access.ends-tried":     func(h *hospital) { h.Behind("UPDATE access_grant SET state = 'failed'") },
		"access.review-current": func(h *hospital) { h.Clock.Advance(120 * 24 * time.Hour) },
		"access.unused-trimmed": func(h *hospital) { h.Clock.Advance(120 * 24 * time.Hour) },
		"access.seals-renewed":  func(h *hospital) { h.Clock.Advance(8 * 24 * time.Hour) },
		"access.posts-separate": func(h *hospital) {
			h.Behind("UPDATE staff_appointment SET person = (SELECT person FROM staff_appointment WHERE role = 'auditor') WHERE role = 'security-administrator'")
		},
	} {
		t.Run(id, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				h.approve("wang", h.apply("zhao"))
				h.sealed("affairs")
				if _, err := h.room.OpenCampaign(h.as("affairs"), "第一季度"); err != nil {
					t.Fatal(err)
				}
				h.tick()
				if got := h.verdict(id); got != "met" {
					t.Fatalf("before: %s", got)
				}
				harm(h)
				if got := h.verdict(id); got != "not-met" {
					t.Errorf("after: %s", got)
				}
			})
		})
	}
}

func TestWithoutAReviewTheQuarterIsNotMet(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if got := h.verdict("access.review-current"); got != "not-met" {
			t.Errorf("nobody has reviewed anything: %s", got)
		}
		if got := h.verdict("access.grants-in-catalogue"); got != "met" {
			t.Errorf("%s", got)
		}
	})
}
