package retention_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/kit/calendar"
)

func day(t *testing.T, s string) time.Time {
	t.Helper()
	return must[time.Time](t)(time.ParseInLocation("2006-01-02 15:04", s+" 10:30", calendar.Zone))
}

func TestTheTermEndsWithTheCorrespondingDay(t *testing.T) {
	for name, c := range map[string]struct{ stay, visit, last, class string }{
		"thirty years from a discharge":                     {stay: "1996-05-06", last: "2026-05-06", class: retention.Inpatient},
		"fifteen from a visit":                              {visit: "2011-05-06", last: "2026-05-06", class: retention.Outpatient},
		"the longer of both, by the stay":                   {stay: "2000-01-01", visit: "2014-12-31", last: "2030-01-01", class: retention.Inpatient},
		"the longer of both, by the visit":                  {stay: "1990-01-01", visit: "2024-12-31", last: "2039-12-31", class: retention.Outpatient},
		"from 29 February into a year without one":          {stay: "1996-02-29", last: "2026-02-28", class: retention.Inpatient},
		"from 29 February into a year that is none by rule": {visit: "2085-02-28", last: "2100-02-28", class: retention.Outpatient},
		"from 28 February into a leap year":                 {visit: "2013-02-28", last: "2028-02-28", class: retention.Outpatient},
	} {
		t.Run(name, func(t *testing.T) {
			care := patient.LastCare{}
			if c.stay != "" {
				care.Inpatient = day(t, c.stay)
			}
			if c.visit != "" {
				care.Visit = day(t, c.visit)
			}
			term := retention.TermOf(care)
			midnight := day(t, c.last).Truncate(24 * time.Hour).Add(16 * time.Hour)
			if term.Class != c.class || term.Over(midnight.Add(-time.Microsecond)) || !term.Over(midnight) {
				t.Errorf("%s until %s", term.Class, term.Ends.In(calendar.Zone))
			}
		})
	}
}

func TestWhoIsHereOrNeverCameHasNoEndInSight(t *testing.T) {
	for _, care := range []patient.LastCare{{}, {Open: true, Visit: time.Unix(0, 0), Inpatient: time.Unix(0, 0)}} {
		if term := retention.TermOf(care); !term.Ends.IsZero() || term.Over(time.Now().AddDate(1000, 0, 0)) {
			t.Errorf("%+v: %+v", care, term)
		}
	}
}
