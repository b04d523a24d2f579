package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/calendar"
)

// almanac is the slow, separately written reference: it knows days by their names
// and walks through time in steps.
type almanac struct {
	off, work map[string]bool
	shifts    [][2]int // minutes after midnight
}

const step = 30 * time.Minute

func (a almanac) worked(day time.Time) bool {
	name := day.Format("2006-01-02")
	switch {
	case a.off[name]:
		return false
	case a.work[name]:
		return true
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// runs reports whether a limit's time passes during the step that begins at a moment.
func (a almanac) runs(unit calendar.Unit, at time.Time) bool {
	at = at.In(calendar.Zone)
	switch unit {
	case calendar.WorkingDays:
		return a.worked(at)
	case calendar.WorkingHours:
		minute := at.Hour()*60 + at.Minute()
		return a.worked(at) && slices.ContainsFunc(a.shifts, func(s [2]int) bool { return s[0] <= minute && minute < s[1] })
	}
	return true
}

func (a almanac) deadline(from time.Time, l calendar.Limit, pauses []calendar.Interval) time.Time {
	at := from
	left := time.Duration(l.N) * time.Hour
	byDay := l.Unit == calendar.Days || l.Unit == calendar.WorkingDays
	switch {
	case byDay:
		left *= 24
		at = midnightAfter(from)
	case l.Unit == calendar.Minutes:
		left /= 60
	}
	for left > 0 {
		if a.runs(l.Unit, at) && !during(pauses, at) {
			left -= step
		}
		at = at.Add(step)
	}
	if byDay && !midnightAfter(at.Add(-step)).Equal(at) {
		at = midnightAfter(at)
	}
	return at
}

func during(pauses []calendar.Interval, at time.Time) bool {
	return slices.ContainsFunc(pauses, func(p calendar.Interval) bool { return !at.Before(p.From) && at.Before(p.To) })
}

func midnightAfter(t time.Time) time.Time {
	t = t.In(calendar.Zone)
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, calendar.Zone)
}

// drawCalendar draws a calendar of one invented year, or none, in both forms.
func drawCalendar(t *rapid.T) (*calendar.Calendar, almanac) {
	a := almanac{off: map[string]bool{}, work: map[string]bool{}, shifts: [][2]int{{480, 720}, {840, 1080}}}
	var text strings.Builder
	text.WriteString("year 2031 invented\n")
	for offset := range 60 {
		d := time.Date(2031, 9, 10+offset, 0, 0, 0, 0, time.UTC)
		name := d.Format("2006-01-02")
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		switch rapid.IntRange(0, 5).Draw(t, name) {
		case 0:
			a.off[name] = true
			text.WriteString("off " + name + " x\n")
		case 1:
			if weekend {
				a.work[name] = true
				text.WriteString("work " + name + " x\n")
			}
		}
	}
	known, err := calendar.Parse(text.String())
	if err != nil {
		t.Fatal(err)
	}
	return calendar.New(known...), a
}

func moments() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(2031, 9, 1, 0, 0, 0, 0, calendar.Zone).Add(time.Duration(rapid.IntRange(0, 70*48).Draw(t, "steps")) * step)
	})
}

func drawPauses(t *rapid.T) []calendar.Interval {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Interval {
		from := moments().Draw(t, "paused")
		return calendar.Interval{From: from, To: from.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "for")) * step)}
	}), 0, 4).Draw(t, "pauses")
}

func TestDeadlinesAreThoseOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, slow := drawCalendar(t)
		from, pauses := moments().Draw(t, "from"), drawPauses(t)
		l := rapid.SampledFrom([]calendar.Limit{
			{N: 30, Unit: calendar.Minutes}, {N: 90, Unit: calendar.Minutes}, {N: 24, Unit: calendar.HoursOfClock}, {N: 48, Unit: calendar.HoursOfClock},
			{N: 1, Unit: calendar.Days}, {N: 7, Unit: calendar.Days}, {N: 1, Unit: calendar.WorkingDays}, {N: 5, Unit: calendar.WorkingDays}, {N: 20, Unit: calendar.WorkingDays},
			{N: 1, Unit: calendar.WorkingHours}, {N: 8, Unit: calendar.WorkingHours}, {N: 37, Unit: calendar.WorkingHours},
		}).Draw(t, "limit")
		got, want := c.Deadline(from, l, pauses...), slow.deadline(from, l, pauses)
		if !got.Equal(want) {
			t.Fatalf("%s from %s: %s, want %s", l, from, got.In(calendar.Zone), want.In(calendar.Zone))
		}
	})
}

func TestWorkingTimeIsThatOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, slow := drawCalendar(t)
		from, to := moments().Draw(t, "from"), moments().Draw(t, "to")
		if to.Before(from) {
			from, to = to, from
		}
		var want time.Duration
		for at := from; at.Before(to); at = at.Add(step) {
			if slow.runs(calendar.WorkingHours, at) {
				want += step
			}
		}
		if got := c.WorkingTime(from, to); got != want || c.WorkingTime(to, from) != -want {
			t.Fatalf("%s to %s: %s, want %s", from, to, got, want)
		}
	})
}

func TestWorkingDaysAreThoseOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, slow := drawCalendar(t)
		start := time.Date(2031, 8, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "day"))
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		at, sign := start, 1
		if n < 0 {
			sign = -1
		}
		for left := n * sign; left > 0; {
			if at = at.AddDate(0, 0, sign); slow.worked(at) {
				left--
			}
		}
		from, want := calendar.On(start.Date()), calendar.On(at.Date())
		if got := c.Add(from, n); got != want {
			t.Fatalf("%d working days from %s: %s, want %s", n, from, got, want)
		}
		if n > 0 && c.WorkingDays(from+1, want+1) != n || c.Working(from) != slow.worked(start) {
			t.Fatalf("%d working days counted between %s and %s", c.WorkingDays(from+1, want+1), from, want)
		}
		if next := c.OnOrAfter(from); !c.Working(next) || next < from || c.WorkingDays(from, next) != 0 {
			t.Fatalf("on or after %s: %s", from, next)
		}
		if last := c.OnOrBefore(from); !c.Working(last) || last > from || c.WorkingDays(last+1, from+1) != 0 {
			t.Fatalf("on or before %s: %s", from, last)
		}
	})
}

func TestRemindersDivideTheTimeThatRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, slow := drawCalendar(t)
		from, pauses := moments().Draw(t, "from"), drawPauses(t)
		l := rapid.SampledFrom([]calendar.Limit{{N: 48, Unit: calendar.HoursOfClock}, {N: 8, Unit: calendar.WorkingDays}, {N: 16, Unit: calendar.WorkingHours}}).Draw(t, "limit")
		unit := l.Unit
		if unit == calendar.WorkingDays {
			unit = calendar.WorkingHours
		}
		runs := func(from, to time.Time) (sum time.Duration) {
			for at := from; at.Before(to); at = at.Add(step) {
				if slow.runs(unit, at) && !during(pauses, at) {
					sum += step
				}
			}
			return sum
		}
		deadline := c.Deadline(from, l, pauses...)
		at := c.Reminders(from, deadline, l, []calendar.Fraction{{N: 1, Of: 2}, {N: 3, Of: 4}}, pauses...)
		whole := runs(from, deadline)
		if at[0].Before(from) || at[1].Before(at[0]) || deadline.Before(at[1]) {
			t.Fatalf("reminders at %v of %s to %s", at, from, deadline)
		}
		if half := runs(from, at[0].Truncate(step)); half > whole/2 || half < whole/2-step {
			t.Fatalf("reminded after %s of %s", half, whole)
		}
	})
}

func TestPeriodsFollowOneAnotherWithoutAGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(calendar.Recurrences()).Draw(t, "every")
		d := calendar.On(2023, 1, 1) + calendar.Date(rapid.IntRange(0, 3000).Draw(t, "day"))
		p := calendar.PeriodOf(e, d)
		next := p.Next()
		if !p.Has(d) || next.First != p.Last()+1 || next.Previous() != p || p.Name() == next.Name() {
			t.Fatalf("%s holds %s: %s to %s, then %s", p.Name(), d, p.First, p.Last(), next.First)
		}
		if e != calendar.EveryDay && e != calendar.EveryWeek && p.First.String()[8:] != "01" {
			t.Fatalf("%s begins on %s", p.Name(), p.First)
		}
		if e == calendar.EveryWeek && p.First.Weekday() != time.Monday {
			t.Fatalf("%s begins on a %s", p.Name(), p.First.Weekday())
		}
	})
}
