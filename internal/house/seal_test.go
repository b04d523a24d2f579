package house_test

import (
	"net/http"
	"testing"

	"github.com/medward/medward/internal/house/housetest"
)

// A seal is one order, and holds at every address from the next request on.
func TestASealHoldsAtEveryAddressAtOnce(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		affairs := h.SignIn(h.Pick("medical-affairs", nil))
		page, paper := "/api/patients/"+s.patient, "/api/documents/"+s.document.ID
		colleague := reader(t, h, s)

		var seal struct{ ID string }
		affairs.Must("POST", "/api/seals", map[string]any{"patient": s.patient, "kind": "attention", "words": "网络舆情"}, http.StatusCreated, &seal)
		s.doctor.Must("GET", page, nil, http.StatusOK, nil)
		s.doctor.Must("GET", paper, nil, http.StatusOK, nil)
		beside := h.Beside()
		for _, address := range []string{page, page + "/documents", page + "/observations", page + "/orders", paper} {
			for where, caller := range map[string]*housetest.Caller{"here": colleague, "on another process": colleague.At(beside)} {
				if status, _ := caller.Ask("GET", address, nil); status < 400 {
					t.Errorf("GET %s answered %d under seal %s", address, status, where)
				}
			}
		}
		lift, words := "/api/seals/"+seal.ID+"/unseal", map[string]any{"words": "舆情平息"}
		confirmedBySecond(t, h, affairs, "POST", lift, words)
		affairs.Must("POST", lift, words, http.StatusOK, nil)

		affairs.Must("POST", "/api/seals", map[string]any{
			"patient": s.patient, "kind": "dispute", "words": "医疗纠纷", "parties": []any{map[string]any{"side": "hospital", "name": "吴主任"}, map[string]any{"side": "patient", "name": "患者家属"}},
		}, http.StatusCreated, &seal)
		var seen struct {
			Documents []struct{ Document, Digest, State string }
		}
		affairs.Must("GET", "/api/seals/"+seal.ID, nil, http.StatusOK, &seen)
		if len(seen.Documents) == 0 {
			t.Fatal("a dispute seal lists no documents")
		}
		for _, d := range seen.Documents {
			status, _ := s.doctor.Ask("GET", "/api/documents/"+d.Document, nil)
			if d.Digest == "" || d.State == "sealed" && status < 400 {
				t.Errorf("%+v answered %d to the attending team", d, status)
			}
		}
		s.doctor.Must("GET", page, nil, http.StatusOK, nil)
	})
}

// reader is somebody of the ward who opens the patient on the strength of a stated
// reason and of nothing else.
func reader(t *testing.T, h *housetest.House, s scene) *housetest.Caller {
	t.Helper()
	page := "/api/patients/" + s.patient
	for _, who := range h.People() {
		if who.Department != s.doctor.Who.Department || !who.Is("resident") && !who.Is("attending") {
			continue
		}
		caller := h.SignIn(who)
		if status, _ := caller.Ask("GET", page, nil); status < 400 {
			continue
		}
		if status, _ := caller.Ask("POST", page+"/stated-reason", map[string]any{"choice": "verbal-consult"}); status == http.StatusCreated {
			caller.Must("GET", page, nil, http.StatusOK, nil)
			return caller
		}
	}
	t.Fatal("nobody of the ward needs a reason")
	return nil
}
