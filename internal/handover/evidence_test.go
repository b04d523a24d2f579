package handover_test

import (
	"github.com/medward/medward/internal/base/evidence"
)

func (h *hospital) verdict(check string) evidence.Finding {
	h.T.Helper()
	for _, c := range h.room.Checks() {
		if c.ID == check {
			return c.Ask(h.T.Context())
		}
	}
	h.T.Fatalf("no check is called %s", check)
	return evidence.Finding{}
}

func (h *hospital) holds(checks ...string) {
	h.T.Helper()
	for _, check := range checks {
		if f := h.verdict(check); f.Verdict != evidence.Met {
			h.T.Errorf("%s: %+v", check, f)
		}
	}
}

func (h *hospital) fails(checks ...string) {
	h.T.Helper()
	for _, check := range checks {
		if f := h.verdict(check); f.Verdict != evidence.NotMet {
			h.T.Errorf("%s: %+v", check, f)
		}
	}
}
