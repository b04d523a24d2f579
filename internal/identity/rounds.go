package identity

import (
	"sync"
	"time"
)

// rounds sees to it that a process goes through all accounts once a day. Two
// processes may both go: what was done is found done.
type rounds struct {
	mu   sync.Mutex
	last time.Time
}

func (r *rounds) begin(now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Before(r.last.Add(day)) {
		return false
	}
	r.last = now
	return true
}

// failed makes the next chore try again.
func (r *rounds) failed() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = time.Time{}
}
