package calendar

import (
	"slices"
	"time"
)

// Interval is a stretch of time from a moment up to another.
type Interval struct{ From, To time.Time }

// Deadline returns when a limit that began at a moment has run out, as UTC. While
// it is paused it does not run.
func (c *Calendar) Deadline(from time.Time, l Limit, pauses ...Interval) time.Time {
	if l.IsZero() {
		return time.Time{}
	}
	r, amount := c.running(l)
	start := from
	if l.byDay() {
		start = DateOf(from).End()
	}
	end := r.after(start, amount, merged(pauses)).UTC()
	if l.byDay() {
		end = endOfDay(end)
	}
	return end
}

// WorkingTime is how much working time lies between two moments: what is left of a
// deadline. It is negative when the second is earlier.
func (c *Calendar) WorkingTime(from, to time.Time) time.Duration {
	r := running{c, &c.hours}
	return r.at(to) - r.at(from)
}

// Fraction is a part of the whole, such as 2 of 3.
type Fraction struct{ N, Of int }

// Reminders returns when fractions of the time from a beginning to its deadline
// have passed, in the order of the fractions, as UTC. Where a limit runs in working
// days or hours the fraction is of working hours, so that nobody is reminded at
// midnight.
func (c *Calendar) Reminders(from, deadline time.Time, l Limit, fractions []Fraction, pauses ...Interval) []time.Time {
	r := running{cal: c}
	if l.InWorkingTime() {
		r.shift = &c.hours
	}
	pauses = merged(pauses)
	whole := r.at(deadline) - r.at(from) - r.paused(from, deadline, pauses)
	at := make([]time.Time, len(fractions))
	for i, f := range fractions {
		at[i] = r.after(from, part(whole, f), pauses).UTC()
	}
	return at
}

// part is a fraction of a stretch of time, which may be decades.
func part(whole time.Duration, f Fraction) time.Duration {
	n, of := int64(f.N), int64(f.Of)
	return time.Duration(int64(whole)/of*n + int64(whole)%of*n/of)
}

func (l Limit) byDay() bool { return l.Unit == Days || l.Unit == WorkingDays }

// running is how time passes for a limit: by the clock, or during a shift of
// working days.
type running struct {
	cal   *Calendar
	shift *shift // nil: by the clock
}

func (c *Calendar) running(l Limit) (running, time.Duration) {
	switch l.Unit {
	case WorkingDays:
		return running{c, &allDay}, times(l.N, day)
	case WorkingHours:
		return running{c, &c.hours}, times(l.N, time.Hour)
	case Days:
		return running{cal: c}, times(l.N, day)
	case HoursOfClock:
		return running{cal: c}, times(l.N, time.Hour)
	default:
		return running{cal: c}, times(l.N, time.Minute)
	}
}

func times(n int, d time.Duration) time.Duration { return time.Duration(int64(n) * int64(d)) }

// at is how much time has passed up to a moment, from an origin that is always the
// same.
func (r running) at(t time.Time) time.Duration {
	if r.shift == nil {
		return t.Sub(Date(0).Start())
	}
	d := DateOf(t)
	sum := times(r.cal.worked(d-1), r.shift.total)
	if r.cal.Working(d) {
		sum += r.shift.passed(t.Sub(d.Start()))
	}
	return sum
}

// reached is the first moment up to which an amount of time has passed.
func (r running) reached(amount time.Duration) time.Time {
	if r.shift == nil {
		return Date(0).Start().Add(amount)
	}
	whole := floorDiv(int(amount-1), int(r.shift.total))
	d := r.cal.nth(whole + 1)
	return d.Start().Add(r.shift.reached(amount - times(whole, r.shift.total)))
}

// after is the first moment at which an amount of time has passed since another,
// pauses left out.
func (r running) after(start time.Time, amount time.Duration, pauses []Interval) time.Time {
	if amount <= 0 {
		return start
	}
	begun := r.at(start)
	end := r.reached(begun + amount)
	for {
		next := r.reached(begun + amount + r.paused(start, end, pauses))
		if next.Equal(end) {
			return end
		}
		end = next
	}
}

// paused is how much time would have passed between two moments but for the pauses.
func (r running) paused(from, to time.Time, pauses []Interval) time.Duration {
	var sum time.Duration
	for _, p := range pauses {
		begin, end := later(p.From, from), earlier(p.To, to)
		if begin.Before(end) {
			sum += r.at(end) - r.at(begin)
		}
	}
	return sum
}

// merged puts pauses in order and together where they overlap.
func merged(pauses []Interval) []Interval {
	if len(pauses) < 2 {
		return pauses
	}
	ordered := slices.SortedFunc(slices.Values(pauses), func(a, b Interval) int { return a.From.Compare(b.From) })
	whole := ordered[:1]
	for _, p := range ordered[1:] {
		last := &whole[len(whole)-1]
		if p.From.After(last.To) {
			whole = append(whole, p)
			continue
		}
		last.To = later(last.To, p.To)
	}
	return whole
}

// endOfDay is the end of the day that a moment ends or lies in.
func endOfDay(t time.Time) time.Time {
	return DateOf(t.Add(-time.Nanosecond)).End()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
