package house_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/house/housetest"
)

func office(h *housetest.House) *housetest.Caller {
	return h.SignIn(h.Pick("security-administrator", nil))
}

// unmet are the names of the conditions that a refusal says are not met.
func unmet(p housetest.Problem) []string {
	var names []string
	for _, c := range p.Extra.Conditions {
		if !c.Met {
			names = append(names, c.Name)
		}
	}
	return names
}

func TestAnOpenSessionGetsNothingAfterItsPersonHasLeft(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		path := "/api/documents/" + s.document.ID
		s.doctor.Must("GET", path, nil, http.StatusOK, nil)
		office(h).Must("POST", "/api/persons/"+s.doctor.Who.Person+"/leave", map[string]any{"kind": "resigned"}, http.StatusCreated, nil)
		for _, op := range h.Routes().Ops() {
			status, _ := s.doctor.Ask(op.Method, address(op, s), nil)
			if status < 400 && !slices.Contains([]string{"listReasonChoices", "ledgerKey", "listDemoPeople"}, op.ID) && op.Open == "" && content(op) {
				t.Errorf("%s %s answered %d to a leaver", op.Method, op.Path, status)
			}
		}
		if status, _ := h.Nobody().Ask("POST", "/api/session", map[string]any{"person": s.doctor.Who.Person, "bearer": true}); status < 400 {
			t.Error("a leaver signed in again")
		}
		var lines struct {
			Items []struct{ Kind string }
			Clear bool
		}
		office(h).Must("GET", "/api/persons/"+s.doctor.Who.Person+"/lines", nil, http.StatusOK, &lines)
		if len(lines.Items) != 5 || lines.Clear {
			t.Errorf("to be taken back: %+v", lines)
		}
	})
}

func TestATransferSwapsTheRightsOfAnOpenSessionAtTheSetMinute(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		path := "/api/documents/" + s.document.ID
		at := h.Time.Now().Add(10 * time.Minute)
		var departments struct{ Items []struct{ ID, Kind string } }
		admin := office(h)
		admin.Must("GET", "/api/departments", nil, http.StatusOK, &departments)
		elsewhere := departments.Items[slices.IndexFunc(departments.Items, func(d struct{ ID, Kind string }) bool { return d.Kind == "administrative" })].ID
		admin.Must("POST", "/api/persons/"+s.doctor.Who.Person+"/stays", map[string]any{
			"kind": "transfer", "department": elsewhere, "since": at, "until": at.Add(300 * 24 * time.Hour),
			"posts": []map[string]any{{"role": "researcher"}},
		}, http.StatusCreated, nil)
		h.Time.Advance(10*time.Minute - time.Microsecond)
		s.doctor.Must("GET", path, nil, http.StatusOK, nil)
		h.Time.Advance(time.Microsecond)
		s.doctor.Refused("GET", path, nil, "act.refused")
	})
}

func TestALapsedUndertakingTakesReachAndNeverTheCareOfOnesOwnPatient(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		path := "/api/documents/" + s.document.ID
		stranger := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department }))
		locate := map[string]any{"identifier": s.number}
		stranger.Must("POST", "/api/patients/locate", locate, http.StatusOK, nil)

		var undertaking struct{ ID string }
		office(h).Must("POST", "/api/undertakings", map[string]any{
			"code": "secrecy", "titleZh": "保密承诺书", "titleEn": "Secrecy", "textZh": "我承诺", "textEn": "I undertake", "periodDays": 365,
		}, http.StatusCreated, &undertaking)
		h.Time.Advance(2 * time.Second)

		s.doctor.Must("GET", path, nil, http.StatusOK, nil)
		for name, p := range map[string]housetest.Problem{
			"locate":          stranger.Refused("POST", "/api/patients/locate", locate, "act.refused"),
			"stated reason":   stranger.Refused("POST", "/api/patients/"+s.patient+"/stated-reason", map[string]any{"choice": "handover"}, "act.refused"),
			"the own patient": s.doctor.Refused("POST", "/api/patients/"+s.patient+"/stated-reason", map[string]any{"choice": "handover"}, "act.refused"),
		} {
			if !slices.Equal(unmet(p), []string{"standing"}) {
				t.Errorf("%s: refused for %v", name, unmet(p))
			}
		}
		for _, c := range []*housetest.Caller{stranger, s.doctor} {
			var mine struct {
				Items []struct {
					State       string
					Undertaking struct{ Code string }
				}
			}
			c.Must("GET", "/api/undertakings/mine", nil, http.StatusOK, &mine)
			if len(mine.Items) != 2 {
				t.Errorf("%+v", mine)
			}
			for _, one := range mine.Items {
				if one.Undertaking.Code == "secrecy" && one.State != "lapsed" {
					t.Errorf("%+v", one)
				}
			}
		}
		var signed struct{ Key string }
		stranger.Must("POST", "/api/undertakings/"+undertaking.ID+"/sign", nil, http.StatusCreated, &signed)
		if signed.Key == "" {
			t.Error("the undertaking carries no signature")
		}
		stranger.Must("POST", "/api/patients/locate", locate, http.StatusOK, nil)
	})
}

func TestALicenceThatLapsedTakesWritingAndNotReading(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		office(h).Must("POST", "/api/licence-rules", map[string]any{"role": "resident", "kind": "physician-licence"}, http.StatusCreated, nil)
		var held struct{ Items []struct{ ID string } }
		office(h).Must("GET", "/api/persons/"+s.doctor.Who.Person+"/qualifications", nil, http.StatusOK, &held)
		for _, q := range held.Items {
			office(h).Must("POST", "/api/qualifications/"+q.ID+"/end", nil, http.StatusOK, nil)
		}
		h.Time.Advance(2 * time.Second)
		path := "/api/documents/" + s.document.ID
		s.doctor.Must("GET", path, nil, http.StatusOK, nil)
		write := map[string]any{"base": s.document.Version, "reason": "更正", "sections": s.document.Sections}
		if p := s.doctor.Refused("POST", path+"/versions", write, "act.refused"); !slices.Equal(unmet(p), []string{"standing"}) {
			t.Errorf("refused for %v", unmet(p))
		}
		office(h).Must("POST", "/api/persons/"+s.doctor.Who.Person+"/qualifications", map[string]any{
			"kind": "physician-licence", "number": "110330100012345", "since": "2020-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z",
		}, http.StatusCreated, nil)
		s.doctor.Must("POST", path+"/versions", write, http.StatusCreated, nil)
	})
}
