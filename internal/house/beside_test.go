package house_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
)

// What one process was told to end, every other refuses within five seconds by the
// clock of the house (A-056, E-142).
func TestAnOrderReachesEveryProcess(t *testing.T) {
	h := housetest.Demo(t, db.Postgres)
	other := h.Beside()
	administrator := h.SignIn(h.Pick("security-administrator", nil))
	orders := []struct {
		name  string
		order func(doctor *housetest.Caller)
	}{
		{"signed out everywhere", func(doctor *housetest.Caller) {
			doctor.Must("DELETE", "/api/sessions", nil, http.StatusOK, nil)
		}},
		{"account disabled", func(doctor *housetest.Caller) {
			var found struct{ Items []struct{ ID, Person string } }
			administrator.Must("GET", "/api/accounts?limit=200", nil, http.StatusOK, &found)
			for _, account := range found.Items {
				if account.Person == doctor.Who.Person {
					administrator.Must("POST", "/api/accounts/"+account.ID+"/disable", nil, http.StatusNoContent, nil)
				}
			}
		}},
		{"appointments ended", func(doctor *housetest.Caller) {
			var person struct{ Appointments []struct{ ID string } }
			administrator.Must("GET", "/api/persons/"+doctor.Who.Person, nil, http.StatusOK, &person)
			for _, a := range person.Appointments {
				administrator.Must("POST", "/api/appointments/"+a.ID+"/end", nil, http.StatusOK, nil)
			}
		}},
	}
	seen := map[string]bool{}
	for _, o := range orders {
		t.Run(o.name, func(t *testing.T) {
			doctor := h.SignIn(h.Pick("resident", func(c housetest.Colleague) bool { return !seen[c.Person] }))
			seen[doctor.Who.Person] = true
			mine := "/api/patients?scope=mine"
			doctor.At(other).Must("GET", mine, nil, http.StatusOK, nil)
			o.order(doctor)
			h.Time.Advance(5 * time.Second)
			for where, at := range map[string]*housetest.House{"here": h, "there": other} {
				if status, _ := doctor.At(at).Ask("GET", mine, nil); status != http.StatusUnauthorized && status != http.StatusForbidden {
					t.Errorf("%s, five seconds later: %d", where, status)
				}
			}
		})
	}
}
