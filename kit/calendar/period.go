package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Every is how often something recurs.
type Every string

// How often.
const (
	EveryDay      Every = "day"
	EveryWeek     Every = "week" // from Monday
	EveryMonth    Every = "month"
	EveryQuarter  Every = "quarter"
	EveryHalfYear Every = "half-year"
	EveryYear     Every = "year"
)

// Recurrences returns how often things may recur, the most frequent first.
func Recurrences() []Every {
	return []Every{EveryDay, EveryWeek, EveryMonth, EveryQuarter, EveryHalfYear, EveryYear}
}

// Valid reports whether there is such a recurrence.
func (e Every) Valid() bool { return slices.Contains(Recurrences(), e) }

// Period is one day, week, month, quarter, half-year or year.
type Period struct {
	Every Every
	First Date
}

// PeriodOf returns the period that a day lies in. It panics on a recurrence that
// is not [Every.Valid].
func PeriodOf(e Every, d Date) Period {
	year, month, _ := d.civil().Date()
	switch e {
	case EveryDay:
		return Period{e, d}
	case EveryWeek:
		return Period{e, d - Date(floorMod(int(d-monday), 7))}
	}
	months := e.months()
	return Period{e, On(year, month-(month-1)%months, 1)}
}

func (e Every) months() time.Month {
	switch e {
	case EveryMonth:
		return 1
	case EveryQuarter:
		return 3
	case EveryHalfYear:
		return 6
	case EveryYear:
		return 12
	}
	panic("calendar: no recurrence " + string(e))
}

// Next is the period after.
func (p Period) Next() Period { return PeriodOf(p.Every, p.Last()+1) }

// Previous is the period before.
func (p Period) Previous() Period { return PeriodOf(p.Every, p.First-1) }

// Last is the last day of the period.
func (p Period) Last() Date {
	switch p.Every {
	case EveryDay:
		return p.First
	case EveryWeek:
		return p.First + 6
	}
	year, month, _ := p.First.civil().Date()
	return On(year, month+p.Every.months(), 1) - 1
}

// Has reports whether a day lies in the period.
func (p Period) Has(d Date) bool { return p.First <= d && d <= p.Last() }

// Name tells periods of one recurrence apart and sorts as they do: 2026-10-01,
// 2026-W40, 2026-10, 2026-Q4, 2026-H2, 2026. Weeks are those of ISO 8601.
func (p Period) Name() string {
	year, month, _ := p.First.civil().Date()
	switch p.Every {
	case EveryDay:
		return p.First.String()
	case EveryWeek:
		year, week := p.First.civil().ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	case EveryMonth:
		return fmt.Sprintf("%d-%02d", year, int(month))
	case EveryQuarter:
		return fmt.Sprintf("%d-Q%d", year, (int(month)-1)/3+1)
	case EveryHalfYear:
		return fmt.Sprintf("%d-H%d", year, (int(month)-1)/6+1)
	}
	return fmt.Sprint(year)
}

// FirstWorking is the first working day of a period, and whether it has any.
func (c *Calendar) FirstWorking(p Period) (Date, bool) {
	d := c.OnOrAfter(p.First)
	return d, d <= p.Last()
}

// LastWorking is the last working day of a period, and whether it has any.
func (c *Calendar) LastWorking(p Period) (Date, bool) {
	d := c.OnOrBefore(p.Last())
	return d, d >= p.First
}

// WorkingDaysIn counts the working days of a period.
func (c *Calendar) WorkingDaysIn(p Period) int { return c.WorkingDays(p.First, p.Last()+1) }
