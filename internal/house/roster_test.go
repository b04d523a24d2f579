package house_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
)

// Whoever is put on shift in a ward has its patients for that time, by the server's
// clock, and gives himself none (A-087, D-025).
func TestARosterGivesPatientsForAShift(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		var page struct {
			Encounters []struct {
				Department string
				Until      *time.Time
			}
		}
		s.doctor.Must("GET", "/api/patients/"+s.patient, nil, http.StatusOK, &page)
		ward := ""
		for _, e := range page.Encounters {
			if e.Until == nil {
				ward = e.Department
			}
		}
		elsewhere := func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }
		night, affairs := h.SignIn(h.Pick("attending", elsewhere)), h.SignIn(h.Pick("medical-affairs", nil))
		address := "/api/documents/" + s.document.ID
		turn := func(kind, person, insteadOf string) map[string]any {
			return map[string]any{
				"kind": kind, "department": ward, "person": person, "insteadOf": insteadOf, "until": h.Time.Now().Add(time.Hour),
			}
		}
		night.Refused("GET", address, nil, "act.refused")
		night.Refused("POST", "/api/duty/roster", turn("shift", night.Who.Person, ""), "act.refused")

		affairs.Must("POST", "/api/duty/roster", turn("head", night.Who.Person, ""), http.StatusCreated, nil)
		night.Must("POST", "/api/duty/roster", turn("shift", night.Who.Person, ""), http.StatusCreated, nil)
		night.Refused("GET", address, nil, "act.refused")

		var made struct{ ID string }
		affairs.Must("POST", "/api/duty/roster", turn("shift", night.Who.Person, ""), http.StatusCreated, &made)
		var read document
		night.Must("GET", address, nil, http.StatusOK, &read)
		if read.Tie == nil || read.Tie.Kind != "duty" {
			t.Errorf("the tie of a shift: %+v", read.Tie)
		}
		auditor := h.SignIn(h.Pick("auditor", nil))
		opens := func() bool {
			var reach struct {
				Openers []struct {
					Person, Tie string
				}
			}
			auditor.Must("GET", "/api/patients/"+s.patient+"/reach", nil, http.StatusOK, &reach)
			for _, o := range reach.Openers {
				if o.Person == night.Who.Person {
					return o.Tie == "duty"
				}
			}
			return false
		}
		if !opens() {
			t.Error("who could open the patient does not name the person on shift")
		}
		affairs.Must("POST", "/api/duty/roster/"+made.ID+"/end", nil, http.StatusNoContent, nil)
		night.Refused("GET", address, nil, "act.refused")
		if opens() {
			t.Error("who could open the patient names somebody whose shift has ended")
		}

		affairs.Must("POST", "/api/duty/roster", turn("cover", night.Who.Person, s.doctor.Who.Person), http.StatusCreated, nil)
		night.Must("GET", address, nil, http.StatusOK, nil)
		h.Time.Advance(time.Hour + time.Minute)
		night = h.SignIn(night.Who)
		night.Refused("GET", address, nil, "act.refused")
	})
}
