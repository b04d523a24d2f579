package output

import (
	"sync"
	"time"
)

// Bounds of questions that anybody may ask, in a minute.
const (
	mostByAddress = 20
	mostByAll     = 600
)

// throttle keeps anybody in particular, and everybody together, from asking too often.
// It forgets with the minute.
type throttle struct {
	mu     sync.Mutex
	minute int64
	all    int
	by     map[string]int
}

func (t *throttle) allow(address string, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if minute := now.Unix() / 60; minute != t.minute || t.by == nil {
		t.minute, t.all, t.by = minute, 0, map[string]int{}
	}
	t.all++
	t.by[address]++
	if t.all > mostByAll || t.by[address] > mostByAddress {
		return errVerify.With()
	}
	return nil
}
