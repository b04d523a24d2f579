package house_test

import (
	"net/http"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

// Looking for patients beyond one's own counts against a quota; one's own ward never
// does (D-047).
func TestQueriesOfManyPatientsCountAgainstAQuota(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		affairs := h.SignIn(h.Pick("medical-affairs", nil))
		affairs.Must("POST", "/api/session/purpose", map[string]any{"purpose": "management"}, http.StatusNoContent, nil)
		var profiles struct{ Items []map[string]any }
		affairs.Must("GET", "/api/output/profiles", nil, http.StatusOK, &profiles)
		for _, p := range profiles.Items {
			if p["id"] != "query" {
				continue
			}
			for _, made := range []string{"id", "setBy", "setAt"} {
				delete(p, made)
			}
			p["quotas"] = []any{map[string]any{"day": 1, "month": 1}}
			affairs.Must("PUT", "/api/output/profiles/query", p, http.StatusOK, nil)
		}
		s.doctor.Must("GET", "/api/patients?scope=mine", nil, http.StatusOK, nil)
		s.doctor.Must("GET", "/api/patients?scope=department", nil, http.StatusOK, nil)
		s.doctor.Refused("GET", "/api/patients?scope=all", nil, "output.quota")
		s.doctor.Must("GET", "/api/patients/"+s.patient, nil, http.StatusOK, nil)
	})
}
