package source

import (
	"slices"
	"time"
)

// Pulse is what was heard of a source on one day, in China. It is upkeep: figures to
// run a house by, not evidence of what somebody did.
type Pulse struct {
	Org         string    `db:"org,key"`
	Source      string    `db:"source,key"`
	Day         string    `db:"day,key"`  // 2026-03-02
	Calls       int       `db:"calls"`    // that were let in
	Refused     int       `db:"refused"`  // calls that were not
	Received    int       `db:"received"` // messages and resources
	Conform     int       `db:"conform"`  // of them, that keep to the standard
	Quarantined int       `db:"quarantined"`
	Called      time.Time `db:"called"`
	Heard       time.Time `db:"heard"` // the last message
	// Lags are from the time that messages say to when they were durable, Visible from
	// their arrival to when everybody who may could see them, both in milliseconds.
	// Drifts are how far the times that they say are before (−) or after their arrival,
	// in seconds. Each is a sample of the latest.
	Lags    []int64 `db:"lags,json"`
	Visible []int64 `db:"visible,json"`
	Drifts  []int64 `db:"drifts,json"`
}

// sampled is how many of the latest figures of a day are kept.
const sampled = 101

var china = time.FixedZone("CST", 8*60*60)

func dayOf(at time.Time) string { return at.In(china).Format(time.DateOnly) }

// plus adds what was heard since.
func (p Pulse) plus(o Pulse) Pulse {
	p.Calls, p.Refused, p.Received, p.Conform, p.Quarantined = p.Calls+o.Calls, p.Refused+o.Refused, p.Received+o.Received, p.Conform+o.Conform, p.Quarantined+o.Quarantined
	p.Called, p.Heard = later(p.Called, o.Called), later(p.Heard, o.Heard)
	p.Lags, p.Visible, p.Drifts = latest(p.Lags, o.Lags), latest(p.Visible, o.Visible), latest(p.Drifts, o.Drifts)
	return p
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func latest(kept, fresh []int64) []int64 {
	all := slices.Concat(kept, fresh)
	return all[max(0, len(all)-sampled):]
}

// Health is how a source has been doing over some days.
type Health struct {
	Days        int
	Calls       int
	Refused     int
	Received    int
	Conform     int
	Quarantined int
	Heard       time.Time
	Called      time.Time
	// LagMedian, VisibleMedian and VisibleLate (95 of 100 are faster) are in
	// milliseconds; Drift is in seconds. Each is of the newest day that has any.
	LagMedian, VisibleMedian, VisibleLate, Drift int64
	// Measured tells how many messages these are of.
	Measured int
}

// driftBound is how far the clock of a source may be off before that is shown as a
// fault.
const driftBound = 12 * time.Hour

// Adrift reports whether the clock of a source is about a day off, or more.
func (h Health) Adrift() bool {
	off := time.Duration(h.Drift) * time.Second
	return off > driftBound || off < -driftBound
}

// healthOf sums pulses up, the newest day first.
func healthOf(days []Pulse) Health {
	h := Health{Days: len(days)}
	for _, p := range days {
		h.Calls, h.Refused, h.Received, h.Conform, h.Quarantined = h.Calls+p.Calls, h.Refused+p.Refused, h.Received+p.Received, h.Conform+p.Conform, h.Quarantined+p.Quarantined
		h.Heard, h.Called = later(h.Heard, p.Heard), later(h.Called, p.Called)
		if h.Measured > 0 || len(p.Visible) == 0 {
			continue
		}
		h.Measured = len(p.Visible)
		h.LagMedian, h.Drift = atShare(p.Lags, 50), atShare(p.Drifts, 50)
		h.VisibleMedian, h.VisibleLate = atShare(p.Visible, 50), atShare(p.Visible, 95)
	}
	return h
}

// atShare is the figure below which so many of a hundred lie.
func atShare(figures []int64, share int) int64 {
	if len(figures) == 0 {
		return 0
	}
	ordered := slices.Sorted(slices.Values(figures))
	return ordered[min(len(ordered)-1, len(ordered)*share/100)]
}

// silent reports whether a source should have been heard of by a moment. What it did
// before it was begun does not count.
func (s Source) silent(heard, at time.Time) bool {
	if s.SilentMinutes == 0 || !s.Live(at) {
		return false
	}
	return at.Sub(later(heard, s.Begun)) >= time.Duration(s.SilentMinutes)*time.Minute
}
