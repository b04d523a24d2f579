package web

import (
	"sync"
	"time"
)

// Throttle keeps any one address, and all of them together, from asking too often
// what anybody may ask. It forgets with the minute, and with the process.
type Throttle struct {
	ByAddress, ByAll int // most questions in a minute

	mu     sync.Mutex
	minute int64
	all    int
	by     map[string]int
}

// Allows counts one question and reports whether it may be answered.
func (t *Throttle) Allows(address string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if minute := now.Unix() / 60; minute != t.minute || t.by == nil {
		t.minute, t.all, t.by = minute, 0, map[string]int{}
	}
	t.all++
	t.by[address]++
	return t.all <= t.ByAll && t.by[address] <= t.ByAddress
}
