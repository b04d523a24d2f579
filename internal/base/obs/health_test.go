package obs_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/obs"
)

// operator asks what an operator asks, from loopback or from elsewhere.
func operator(h *obs.Health, local bool, path string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	h.Serve(mux, func(*http.Request) bool { return local })
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestReadinessNamesItsPartsToLoopbackOnly(t *testing.T) {
	h := obs.NewHealth()
	broken := error(nil)
	h.Ready("store", func(ctx context.Context) error {
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("a part may take for ever to answer")
		}
		return broken
	})
	h.Ready("ledger", func(context.Context) error { return nil })
	for _, c := range []struct {
		err    error
		status int
		store  string
	}{{nil, http.StatusOK, "ok"}, {errors.New("disk on /var/lib is full"), http.StatusServiceUnavailable, "disk on /var/lib is full"}} {
		broken = c.err
		for _, local := range []bool{true, false} {
			w := operator(h, local, "/readyz")
			var said struct {
				Status string
				Parts  map[string]string
			}
			if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil {
				t.Fatal(err)
			}
			if w.Code != c.status || said.Status != http.StatusText(c.status) {
				t.Errorf("%d %+v", w.Code, said)
			}
			if local && (said.Parts["store"] != c.store || said.Parts["ledger"] != "ok") {
				t.Errorf("loopback is told %v", said.Parts)
			}
			if !local && (strings.Contains(w.Body.String(), "parts") || strings.Contains(w.Body.String(), "disk")) {
				t.Errorf("others are told %s", w.Body)
			}
		}
	}
	if w := operator(h, false, "/healthz"); w.Code != http.StatusOK {
		t.Errorf("a process that lives is said to be dead: %d", w.Code)
	}
}

func TestAPartMayBeAddedWhileAnotherIsAsked(t *testing.T) {
	h := obs.NewHealth()
	h.Ready("store", func(context.Context) error {
		h.Ready("late", func(context.Context) error { return nil })
		return nil
	})
	if w := operator(h, true, "/readyz"); w.Code != http.StatusOK {
		t.Error(w.Code)
	}
}

func TestMetricsAreForLoopbackOnly(t *testing.T) {
	h := obs.NewHealth()
	if w := operator(h, true, "/metrics"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "go_goroutines") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := operator(h, false, "/metrics"); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "go_") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
