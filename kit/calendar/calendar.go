package calendar

import (
	_ "embed" // the delivered years
	"maps"
	"slices"
	"sort"
	"sync"
	"time"
)

//go:embed years.txt
var years string

// Calendar knows which days are worked and when. It never changes.
type Calendar struct {
	years map[int]Year
	named map[Date]Span
	// exceptions are the days that differ from plain weekends, in order, and gains
	// how many working days they have added up to and including each.
	exceptions []Date
	gains      []int
	swing      int // the most that gains differ from zero
	hours      shift
}

// Delivered returns the calendar of the notices that are delivered.
var Delivered = sync.OnceValue(func() *Calendar {
	known, err := Parse(years)
	if err != nil {
		panic(err)
	}
	return New(known...)
})

// New returns a calendar of some years, with [StandardHours]. Of two that are the
// same year the later counts.
func New(known ...Year) *Calendar {
	c := &Calendar{years: map[int]Year{}, named: map[Date]Span{}, hours: standard}
	return c.With(known...)
}

// With returns a calendar in which years are put in the place of those known so far.
func (c *Calendar) With(known ...Year) *Calendar {
	next := &Calendar{years: maps.Clone(c.years), named: map[Date]Span{}, hours: c.hours}
	for _, y := range known {
		next.years[y.Year] = y
	}
	for _, year := range slices.Sorted(maps.Keys(next.years)) {
		for _, s := range next.years[year].Spans {
			for d := s.First; d <= s.Last; d++ {
				next.named[d] = s
			}
		}
	}
	gain := 0
	for _, d := range slices.Sorted(maps.Keys(next.named)) {
		work := next.named[d].Work
		switch {
		case work && !weekday(d):
			gain++
		case !work && weekday(d):
			gain--
		default:
			continue
		}
		next.exceptions, next.gains = append(next.exceptions, d), append(next.gains, gain)
		next.swing = max(next.swing, gain, -gain)
	}
	return next
}

// Years returns the years that are known, the earliest first.
func (c *Calendar) Years() []Year {
	var all []Year
	for _, year := range slices.Sorted(maps.Keys(c.years)) {
		all = append(all, c.years[year])
	}
	return all
}

// Knows reports whether the notices of every year from a moment to a later one are
// known. Where they are not, weekends alone were reckoned with.
func (c *Calendar) Knows(from, to time.Time) bool {
	for year := DateOf(from).Year(); year <= DateOf(to).Year(); year++ {
		if _, known := c.years[year]; !known {
			return false
		}
	}
	return true
}

// Holiday returns the name of the holiday that a day belongs to, as a day off or
// as one swapped for it, or nothing.
func (c *Calendar) Holiday(d Date) string { return c.named[d].Name }

// Working reports whether a day is worked.
func (c *Calendar) Working(d Date) bool {
	if s, named := c.named[d]; named {
		return s.Work
	}
	return weekday(d)
}

// Add returns the n-th working day after a day, or for a negative n before it. The
// day itself is never counted; zero returns it.
func (c *Calendar) Add(d Date, n int) Date {
	switch {
	case n > 0:
		return c.nth(c.worked(d) + n)
	case n < 0:
		return c.nth(c.worked(d-1) + n + 1)
	}
	return d
}

// OnOrAfter returns a day itself if it is worked, or the next that is.
func (c *Calendar) OnOrAfter(d Date) Date { return c.Add(d-1, 1) }

// OnOrBefore returns a day itself if it is worked, or the last that was.
func (c *Calendar) OnOrBefore(d Date) Date { return c.Add(d+1, -1) }

// WorkingDays counts the working days from a day up to and excluding another. It
// is negative when the other is earlier.
func (c *Calendar) WorkingDays(from, to Date) int { return c.worked(to-1) - c.worked(from-1) }

// worked counts the working days up to and including a day, from an origin that is
// always the same.
func (c *Calendar) worked(d Date) int {
	n := plain(d)
	if i := sort.Search(len(c.exceptions), func(i int) bool { return c.exceptions[i] > d }); i > 0 {
		n += c.gains[i-1]
	}
	return n
}

// nth is the first day up to which n days are worked.
func (c *Calendar) nth(n int) Date {
	low, high := firstPlain(n-c.swing), firstPlain(n+c.swing)
	return low + Date(sort.Search(int(high-low), func(i int) bool { return c.worked(low+Date(i)) >= n }))
}

// monday is a Monday before the origin of dates: 29 December 1969.
const monday Date = -3

// weekday reports whether a day is Monday to Friday.
func weekday(d Date) bool { return floorMod(int(d-monday), 7) < 5 }

// plain counts the Mondays to Fridays from the origin up to and including a day.
func plain(d Date) int {
	days := int(d-monday) + 1
	return floorDiv(days, 7)*5 + min(floorMod(days, 7), 5)
}

// firstPlain is the first day up to which n Mondays to Fridays have passed.
func firstPlain(n int) Date {
	return monday + Date(floorDiv(n-1, 5)*7+floorMod(n-1, 5))
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int) int { return a - floorDiv(a, b)*b }
