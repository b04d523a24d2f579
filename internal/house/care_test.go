package house_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
)

// What a department was asked to do brings the patient to whoever is on shift there,
// and to nobody else of it.
func TestARequisitionReachesTheShiftOfAnotherDepartment(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		elsewhere := func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }
		night, affairs := h.SignIn(h.Pick("attending", elsewhere)), h.SignIn(h.Pick("medical-affairs", nil))
		var who struct{ Department string }
		night.Must("GET", "/api/session", nil, http.StatusOK, &who)
		address := "/api/documents/" + s.document.ID
		var asked struct{ ID string }
		s.doctor.Must("POST", "/api/patients/"+s.patient+"/requisitions", map[string]any{"kind": "consultation", "department": who.Department}, http.StatusCreated, &asked)
		night.Refused("GET", address, nil, "act.refused")

		affairs.Must("POST", "/api/duty/roster", map[string]any{
			"kind": "shift", "department": who.Department, "person": night.Who.Person, "until": h.Time.Now().Add(time.Hour),
		}, http.StatusCreated, nil)
		var read document
		night.Must("GET", address, nil, http.StatusOK, &read)
		if read.Tie == nil || read.Tie.Kind != "task" {
			t.Errorf("the tie of a requisition: %+v", read.Tie)
		}
		var waiting struct{ Items []struct{ ID, Called string } }
		night.Must("GET", "/api/requisitions", nil, http.StatusOK, &waiting)
		if len(waiting.Items) != 1 || waiting.Items[0].ID != asked.ID {
			t.Errorf("what waits for the department: %+v", waiting)
		}
		s.doctor.Must("POST", "/api/requisitions/"+asked.ID+"/call-off", nil, http.StatusNoContent, nil)
		night.Refused("GET", address, nil, "act.refused")
	})
}
