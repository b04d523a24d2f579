// Package clock gives the house its time.
//
// All time in the store is UTC in whole microseconds, which both engines keep
// exactly. Nothing in the house may ask the database or the operating system
// for the time except through a [Clock].
package clock

import (
	"sync"
	"time"
)

// Clock tells the time in UTC, truncated to microseconds.
type Clock interface{ Now() time.Time }

// System is the clock of the machine.
func System() Clock { return system{} }

type system struct{}

func (system) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Floored is a clock that never falls below a floor, so that a machine whose
// clock is set back cannot date an act before one that is already recorded.
type Floored struct {
	under Clock
	mu    sync.Mutex
	floor time.Time
}

// NotBefore returns a clock that follows under but never falls below floor.
func NotBefore(under Clock, floor time.Time) *Floored {
	return &Floored{under: under, floor: floor.UTC().Truncate(time.Microsecond)}
}

// Now returns the time of the underlying clock, or the floor if that is later.
func (f *Floored) Now() time.Time {
	now := f.under.Now()
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Before(f.floor) {
		return f.floor
	}
	return now
}

// Raise lifts the floor to at least t.
func (f *Floored) Raise(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t = t.UTC().Truncate(time.Microsecond); t.After(f.floor) {
		f.floor = t
	}
}

// Behind reports by how much the underlying clock stands below the floor.
func (f *Floored) Behind() time.Duration {
	now := f.under.Now()
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(0, f.floor.Sub(now))
}

// Manual is a clock that a test or a demonstration moves by hand.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// NewManual returns a clock that stands at t.
func NewManual(t time.Time) *Manual { return &Manual{now: t.UTC().Truncate(time.Microsecond)} }

// Now returns the time at which the clock stands.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Advance moves the clock forward (or, for a negative d, back).
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}
