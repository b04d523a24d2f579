package house_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

func TestRequisitionsAndPlacesAreFound(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		a := app{t, h, s.doctor}
		places := a.every("/Location?_count=2")
		if len(places) < 3 || a.get("/Location/"+places[1].ID, "Location").ID != places[1].ID {
			t.Fatalf("%d places", len(places))
		}
		if found := a.get("/Location?organization=Organization/"+places[1].ID, "Bundle"); len(found.Entry) != 1 {
			t.Errorf("by its department: %+v", found)
		}
		var asked struct{ ID string }
		s.doctor.Must("POST", "/api/patients/"+s.patient+"/requisitions", map[string]any{"kind": "consultation", "department": places[1].ID}, http.StatusCreated, &asked)
		found := a.every("/ServiceRequest?patient=" + s.patient + "&status=active")
		if !holdsID(found, asked.ID) {
			t.Errorf("the requisition is missing: %+v", found)
		}
		s.doctor.Must("POST", "/api/requisitions/"+asked.ID+"/call-off", nil, http.StatusNoContent, nil)
		if found := a.every("/ServiceRequest?patient=" + s.patient + "&status=active"); holdsID(found, asked.ID) {
			t.Error("what was called off is still active")
		}
		if found := a.every("/ServiceRequest?patient=" + s.patient + "&status=revoked"); !holdsID(found, asked.ID) {
			t.Error("what was called off is gone")
		}
		a.refused("GET", "/ServiceRequest", http.StatusBadRequest, "fhir.parameter")
		a.refused("GET", "/ServiceRequest?patient="+s.patient+"&_id="+asked.ID, http.StatusBadRequest, "fhir.parameter")
		stranger := h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department })
		app{t, h, h.SignIn(stranger)}.refused("GET", "/ServiceRequest?patient="+s.patient, http.StatusForbidden, "act.refused")
	})
}

func holdsID(all []resource, id string) bool {
	return slices.ContainsFunc(all, func(r resource) bool { return r.ID == id })
}
