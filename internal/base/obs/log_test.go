package obs_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/obs"
)

func TestEveryLineOfARequestBearsItsTrace(t *testing.T) {
	var out bytes.Buffer
	log := obs.NewLog(&out, slog.LevelInfo)
	traces := map[string]bool{}
	handler := obs.Traced(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		log.DebugContext(r.Context(), "too quiet to be heard")
		log.InfoContext(r.Context(), "plain")
		log.With("room", "patient").ErrorContext(r.Context(), "with attributes")
	}))
	for range 2 {
		w := httptest.NewRecorder()
		out.Reset()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		trace := w.Header().Get("X-Trace")
		traces[trace] = true
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 {
			t.Fatalf("%q", lines)
		}
		for _, line := range lines {
			var said struct{ Trace, Msg, Room string }
			if err := json.Unmarshal([]byte(line), &said); err != nil || said.Trace != trace || trace == "" {
				t.Errorf("trace %s: %s", trace, line)
			}
			if said.Msg == "with attributes" && said.Room != "patient" {
				t.Errorf("%s", line)
			}
		}
	}
	if len(traces) != 2 {
		t.Error("two requests share a trace")
	}
	out.Reset()
	log.Info("of no request")
	if strings.Contains(out.String(), "trace") || obs.Trace(t.Context()) != "" {
		t.Errorf("%s", &out)
	}
}

func TestAStackIsBounded(t *testing.T) {
	if stack := deep(200); len(stack) == 0 || len(stack) > 8<<10 || !strings.Contains(string(stack), "deep") {
		t.Errorf("%d bytes", len(stack))
	}
}

func deep(n int) []byte {
	if n == 0 {
		return obs.Stack()
	}
	return deep(n - 1)
}
