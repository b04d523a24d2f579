package access

import "time"

// Retry is an end that did not hold, on its way: it is tried again by itself, after
// pauses that grow, and stays failed when the last trial failed too. Its row is
// keyed.
type Retry struct {
	Org    string    `db:"org,key"`
	Ending string    `db:"ending,key"`
	State  string    `db:"state"`
	Tries  int       `db:"tries"` // that have begun after the first
	Next   time.Time `db:"next"`  // zero while a trial is under way, and when there are no more
	Closed time.Time `db:"closed"`
	MAC    []byte    `db:"mac"`
}

// States of a retry.
const (
	RetryWaiting = "waiting"
	RetryHeld    = "held"     // the end holds by now
	RetryGivenUp = "given-up" // it does not, and is left to people
)

// pauses are how long after each failure the next trial begins.
var pauses = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 8 * time.Hour}

// failed says what comes after a trial that failed.
func (t *Retry) failed(at time.Time) {
	if t.Tries == len(pauses) {
		t.close(RetryGivenUp, at)
		return
	}
	t.State, t.Next = RetryWaiting, at.Add(pauses[t.Tries])
}

func (t *Retry) close(state string, at time.Time) {
	t.State, t.Next, t.Closed = state, time.Time{}, at
}
