package staff

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func anySpan(t *rapid.T, label string) (since, until time.Time) {
	since = anyMoment(t, label)
	return since, since.Add(time.Duration(rapid.Int64Range(1, 1e6).Draw(t, label+" length")) * time.Second)
}

// anyFooting is a footing of somebody of some category, with everything in it.
func anyFooting(t *rapid.T) (footing, Person) {
	var f footing
	several := func(label string, add func()) {
		for range rapid.IntRange(0, 2).Draw(t, label) {
			add()
		}
	}
	ended := func(label string) time.Time {
		if rapid.Bool().Draw(t, label) {
			return anyMoment(t, label)
		}
		return time.Time{}
	}
	kinds := slices.Sorted(func(yield func(StayKind) bool) {
		for k := range natures {
			if !yield(k) {
				return
			}
		}
	})
	several("departures", func() {
		f.departures = append(f.departures, Departure{At: anyMoment(t, "left"), Returned: ended("returned")})
	})
	several("stays", func() {
		s := Stay{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Ended: ended("stay ended")}
		s.Since, s.Until = anySpan(t, "stay")
		if s.Kind == VendorStay {
			s.Vendor = "v"
		}
		f.stays = append(f.stays, s)
	})
	several("trainings", func() {
		var p Passed
		p.At, p.Until = anySpan(t, "training")
		f.trainings = append(f.trainings, p)
	})
	several("agreements", func() {
		a := Agreement{Vendor: "v", Ended: ended("agreement ended")}
		a.Since, a.Until = anySpan(t, "agreement")
		f.agreements = append(f.agreements, a)
	})
	several("qualifications", func() {
		q := Qualification{Kind: NurseLicence, Ended: ended("licence ended")}
		q.Since, q.Until = anySpan(t, "licence")
		f.qualifications = append(f.qualifications, q)
	})
	if rapid.Bool().Draw(t, "required") {
		f.requirements = []Requirement{{Role: "nurse", Kind: NurseLicence, Since: anyMoment(t, "required since")}}
	}
	several("undertakings", func() {
		u := Undertaking{
			ID: rapid.SampledFrom([]string{"u1", "u2"}).Draw(t, "undertaking"), Code: "c", Version: rapid.IntRange(1, 3).Draw(t, "version"),
			Grace: rapid.IntRange(0, 3).Draw(t, "grace"), Since: anyMoment(t, "undertaking since"), Withdrawn: ended("withdrawn"),
		}
		f.undertakings = append(f.undertakings, u)
	})
	several("signatures", func() {
		s := Signature{Undertaking: rapid.SampledFrom([]string{"u1", "u2"}).Draw(t, "signed")}
		s.Signed, s.Until = anySpan(t, "signature")
		f.signatures = append(f.signatures, s)
	})
	category := rapid.SampledFrom(categories).Draw(t, "category")
	return f, Person{ID: "p", Category: category, Made: anyMoment(t, "made")}
}

// A session is not looked up again before the moment that its standing names, so
// nothing may change before it.
func TestNothingChangesBeforeTheMomentThatAStandingNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, p := anyFooting(t)
		at := anyMoment(t, "at")
		var second Appointment
		second.Person, second.Role = "p", "resident"
		second.Since, second.Until = anySpan(t, "second appointment")
		stood := func(at time.Time) Standing {
			held := []Appointment{{Person: "p", Role: "nurse", Since: noon.Add(-1e7 * time.Second), Until: noon.Add(1e7 * time.Second)}}
			if second.End().After(at) {
				held = append(held, second)
			}
			s := Standing{Person: p, Appointments: held}
			s.stand(&f, at)
			return s
		}
		now := stood(at)
		if now.Until.IsZero() || !now.Until.After(at) {
			t.Fatalf("the standing at %s names %s", at, now.Until)
		}
		before := at.Add(time.Duration(rapid.Int64Range(0, int64(now.Until.Sub(at)-1)).Draw(t, "before")))
		then := stood(before)
		if !slices.Equal(now.Actor().Roles, then.Actor().Roles) || now.Lacks != then.Lacks || now.Unbound != then.Unbound || now.Unlicensed != then.Unlicensed || now.Provisional != then.Provisional {
			t.Fatalf("at %s %+v, and before %s, at %s, %+v", at, now, now.Until, before, then)
		}
	})
}

func TestWhoeverLacksSomethingHasNoPowerWhatever(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, p := anyFooting(t)
		at := anyMoment(t, "at")
		s := Standing{Person: p, Appointments: []Appointment{{Person: "p", Role: "nurse", Department: "d", Since: at, Until: at.Add(time.Hour)}}}
		s.stand(&f, at)
		a := s.Actor()
		if lacks := s.Lacks != LackNothing; lacks != (len(a.Roles) == 0) || lacks != (len(a.Departments) == 0) || lacks && a.Clearance != 0 {
			t.Fatalf("lacks %q and acts as %+v", s.Lacks, a)
		}
		gone := slices.ContainsFunc(f.departures, func(d Departure) bool {
			return !at.Before(d.At) && (d.Returned.IsZero() || at.Before(d.Returned))
		})
		if gone && s.Lacks != LackPresence {
			t.Fatalf("gone, and lacks %q", s.Lacks)
		}
	})
}
