package source

import (
	"sync"
	"time"

	"github.com/medward/medward/internal/base/web"
)

// rates count the calls of every source against what was agreed with it.
type rates struct {
	mu sync.Mutex
	of map[string]*web.Throttle
}

func (r *rates) allows(s Source, now time.Time) bool {
	r.mu.Lock()
	if r.of == nil {
		r.of = map[string]*web.Throttle{}
	}
	t := r.of[s.ID]
	if t == nil || t.ByAll != s.PerMinute {
		t = &web.Throttle{ByAddress: s.PerMinute, ByAll: s.PerMinute}
		r.of[s.ID] = t
	}
	r.mu.Unlock()
	return t.Allows("", now)
}
