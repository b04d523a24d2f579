package retention

import (
	"time"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/calendar"
)

// How many years records are kept at least (Provisions on the Management of Medical Records
// 2013, art. 29; B-041, B-042).
const (
	InpatientYears  = 30 // from the last discharge
	OutpatientYears = 15 // from the last visit
)

// Term is how long the record of a patient is kept at least.
type Term struct {
	Ends  time.Time // from then on it may be destroyed; zero: no end is in sight
	Class string    // by which of the two it is kept longest
}

// The classes of a term.
const (
	Inpatient  = "inpatient"
	Outpatient = "outpatient"
)

// TermOf is the term that follows from when a patient was last cared for. Whoever is here
// now, or never came, is kept without an end in sight.
func TermOf(c patient.LastCare) Term {
	if c.Open || c.Inpatient.IsZero() && c.Visit.IsZero() {
		return Term{Class: Inpatient}
	}
	t := Term{Class: Outpatient}
	if !c.Visit.IsZero() {
		t.Ends = afterYears(c.Visit, OutpatientYears)
	}
	if !c.Inpatient.IsZero() {
		if ends := afterYears(c.Inpatient, InpatientYears); ends.After(t.Ends) {
			t = Term{Ends: ends, Class: Inpatient}
		}
	}
	return t
}

// Over reports whether the term has ended.
func (t Term) Over(now time.Time) bool { return !t.Ends.IsZero() && !now.Before(t.Ends) }

// afterYears is the beginning of the day after a period of years. The period ends with the
// day that corresponds to its first, or with the last of the month where that has no such
// day (Civil Code, art. 201 and 202), so that what began on 29 February ends with the 28th.
func afterYears(from time.Time, years int) time.Time {
	year, month, day := from.In(calendar.Zone).Date()
	last := time.Date(year+years, month+1, 0, 0, 0, 0, 0, calendar.Zone)
	corresponding := time.Date(year+years, month, min(day, last.Day()), 0, 0, 0, 0, calendar.Zone)
	return corresponding.AddDate(0, 0, 1).UTC()
}

// longAgo are the moments before which care may have ended for its term to be over now. It
// is a day generous: [TermOf] judges.
func longAgo(now time.Time) (stay, visit time.Time) {
	return now.AddDate(-InpatientYears, 0, 1), now.AddDate(-OutpatientYears, 0, 1)
}
