package obs

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Probe asks whether one part is ready to serve.
type Probe func(ctx context.Context) error

// Health gathers what an operator can ask.
type Health struct {
	Metrics *prometheus.Registry
	mu      sync.Mutex
	probes  map[string]Probe
}

// NewHealth returns a Health with the metrics of the process.
func NewHealth() *Health {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Health{Metrics: r, probes: map[string]Probe{}}
}

// Ready adds a part that must be ready before the server is.
func (h *Health) Ready(part string, probe Probe) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.probes[part] = probe
}

// probeTime bounds how long a part may take to say that it is ready.
const probeTime = 2 * time.Second

// Serve adds /healthz, /readyz and /metrics to a mux. What they tell names no
// patient and no person; /metrics and the parts of /readyz are told to
// loopback only.
func (h *Health) Serve(mux *http.ServeMux, local func(*http.Request) bool) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		status, parts := h.ask(r.Context())
		body := map[string]any{"status": http.StatusText(status)}
		if local(r) {
			body["parts"] = parts
		}
		answer(w, status, body)
	})
	metrics := promhttp.HandlerFor(h.Metrics, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if !local(r) {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	})
}

func (h *Health) ask(ctx context.Context) (int, map[string]string) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	h.mu.Lock()
	probes := maps.Clone(h.probes)
	h.mu.Unlock()
	status, parts := http.StatusOK, map[string]string{}
	for part, probe := range probes {
		parts[part] = "ok"
		if err := probe(ctx); err != nil {
			status, parts[part] = http.StatusServiceUnavailable, err.Error()
		}
	}
	return status, parts
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
