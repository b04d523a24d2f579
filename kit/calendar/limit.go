package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// Unit is the kind of time in which a limit is set.
type Unit string

// The units, as they are written after the number of a limit.
const (
	Minutes      Unit = "m"
	HoursOfClock Unit = "h"
	Days         Unit = "d"
	WorkingDays  Unit = "wd"
	WorkingHours Unit = "wh"
)

// Limit is how long something may take. It is written 30m, 24h, 7d, 5wd or 8wh.
type Limit struct {
	N    int
	Unit Unit
}

// largest bounds limits to about ten years.
var largest = map[Unit]int{Minutes: 5_000_000, HoursOfClock: 90_000, Days: 3700, WorkingDays: 2500, WorkingHours: 20_000}

// ParseLimit reads a limit.
func ParseLimit(text string) (Limit, error) {
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(digits)
	l := Limit{n, Unit(text[len(digits):])}
	if err != nil || n < 1 || n > largest[l.Unit] || l.String() != text {
		return Limit{}, fmt.Errorf("calendar: %q is not a limit such as 30m, 24h, 7d, 5wd (working days) or 8wh (working hours)", text)
	}
	return l, nil
}

// String is the limit as [ParseLimit] reads it; nothing for the zero limit.
func (l Limit) String() string {
	if l == (Limit{}) {
		return ""
	}
	return strconv.Itoa(l.N) + string(l.Unit)
}

// IsZero reports whether there is no limit.
func (l Limit) IsZero() bool { return l == Limit{} }

// InWorkingTime reports whether only working days make the limit pass.
func (l Limit) InWorkingTime() bool { return l.Unit == WorkingDays || l.Unit == WorkingHours }
