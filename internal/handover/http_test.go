package handover_test

import (
	"net/http"
	"testing"

	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
)

// handler answers as whoever a request names in its header.
func (h *hospital) handler() http.Handler {
	s := web.New("test")
	h.room.Routes(s)
	s.Gate = h.Door.Begin
	return s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(h.as(who))
			}
			next.ServeHTTP(w, r)
		})
	})
}

func TestAHandoverGoesItsWayOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		_, partner := h.taker()
		handler := h.handler()
		body := `{"ground":"merger","words":"两院合并","partner":"` + partner + `","until":"2026-04-01T00:00:00Z"}`
		status, made := webtest.Ask(t, handler, "head", "POST", "/api/handovers", body)
		if status != http.StatusCreated {
			t.Fatalf("%d %v", status, made)
		}
		id, _ := made["id"].(string)
		at := "/api/handovers/" + id
		for _, s := range []struct {
			who, method, path, body string
			status                  int
		}{
			{"auditor", "GET", "/api/handovers", "", 200},
			{"chen", "GET", "/api/handovers", "", 403},
			{"chen", "POST", "/api/handovers", body, 403},
			{"head", "POST", "/api/handovers", `{"ground":"merger","words":"","until":"2020-04-01T00:00:00Z"}`, 422},
			{"head", "POST", at + "/approve", "", 403},
			{"boss", "POST", at + "/approve", "", 200},
			{"boss", "POST", at + "/approve", "", 409},
			{"head", "GET", at + "/parts/1", "", 409},
			{"head", "POST", at + "/compare", "", 409},
			{"head", "POST", at + "/receipt", `{"receipt":"eA==","signature":"eA=="}`, 409},
			{"chen", "GET", at, "", 403},
			{"auditor", "GET", at, "", 200},
			{"auditor", "GET", "/api/handovers/nothing", "", 404},
			{"boss", "POST", at + "/stop", "", 200},
			{"head", "POST", at + "/supplement", "", 409},
		} {
			if status, said := webtest.Ask(t, handler, s.who, s.method, s.path, s.body); status != s.status {
				t.Errorf("%s %s %s: %d instead of %d, %v", s.who, s.method, s.path, status, s.status, said)
			}
		}
	})
}
