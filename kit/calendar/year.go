package calendar

import (
	"fmt"
	"strings"
)

// Year is what a notice says of one year.
type Year struct {
	Year   int
	Source string // the notice
	Spans  []Span
}

// Span is a run of days off, or of days on which people work although they lie on
// a weekend.
type Span struct {
	First, Last Date
	Work        bool
	Name        string // the holiday that it belongs to
}

// String writes the year in the format that [Parse] reads.
func (y Year) String() string {
	var w strings.Builder
	fmt.Fprintf(&w, "year %d %s\n", y.Year, y.Source)
	for _, s := range y.Spans {
		kind, days := "off", s.First.String()
		if s.Work {
			kind = "work"
		}
		if s.Last != s.First {
			days += ".." + s.Last.String()
		}
		fmt.Fprintf(&w, "%s %s %s\n", kind, days, s.Name)
	}
	return w.String()
}
