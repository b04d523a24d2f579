package clock_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/base/clock"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 123456789, time.FixedZone("CST", 8*3600))

func TestTimeIsWholeMicrosecondsUTC(t *testing.T) {
	got := clock.NewManual(noon).Now()
	if got.Location() != time.UTC || got.Nanosecond() != 123456000 {
		t.Errorf("got %v", got)
	}
}

func TestFlooredNeverFallsBack(t *testing.T) {
	machine := clock.NewManual(noon)
	c := clock.NotBefore(machine, noon.Add(time.Hour))
	if got := c.Now(); !got.Equal(noon.Add(time.Hour).Truncate(time.Microsecond)) {
		t.Fatalf("starts at %v, want the floor", got)
	}
	if c.Behind() != time.Hour {
		t.Errorf("behind by %v", c.Behind())
	}
	machine.Advance(2 * time.Hour)
	later := c.Now()
	c.Raise(later)
	machine.Advance(-24 * time.Hour)
	if c.Now().Before(later) {
		t.Errorf("a clock set back by a day took security time from %v to %v", later, c.Now())
	}
	c.Raise(noon)
	if c.Now().Before(later) {
		t.Error("raising to an earlier time lowered the floor")
	}
}
