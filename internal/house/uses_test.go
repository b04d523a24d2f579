package house_test

import (
	"strings"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/policy"
)

// TestEveryRouteToAPatientIsAUse goes by the addresses and not by what the verbs are asked
// about, so that a route cannot reach a patient under a verb that says nothing of it.
func TestEveryRouteToAPatientIsAUse(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		found := 0
		for _, op := range h.Routes().Ops() {
			reaches := strings.HasPrefix(op.Path, "/api/patients") || strings.HasPrefix(op.Path, "/api/documents") ||
				strings.HasPrefix(op.Path, "/api/drafts") || strings.HasPrefix(op.Path, "/api/encounters") || strings.HasPrefix(op.Path, "/api/exports")
			if !reaches {
				continue
			}
			found++
			if use, link := policy.UseOf(op.Verb); use == "" || link == "" {
				t.Errorf("%s %s (%s) reaches a patient, and %q has no kind of use", op.Method, op.Path, op.ID, op.Verb)
			}
		}
		if found < 20 {
			t.Errorf("only %d routes reach a patient", found)
		}
	})
}
