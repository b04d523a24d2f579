package staff

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func anyMoment(t *rapid.T, label string) time.Time {
	return noon.Add(time.Duration(rapid.Int64Range(-1e6, 1e6).Draw(t, label)) * time.Second)
}

func TestAnAppointmentCountsFromItsBeginningToItsEndAndNoMomentLonger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Appointment{Since: anyMoment(t, "since"), Until: anyMoment(t, "until")}
		if rapid.Bool().Draw(t, "ended early") {
			a.Ended = anyMoment(t, "ended")
		}
		at := anyMoment(t, "at")
		want := !at.Before(a.Since) && at.Before(a.Until) && (a.Ended.IsZero() || at.Before(a.Ended))
		if got := a.Live(at); got != want {
			t.Fatalf("%+v at %s: live %t, want %t", a, at, got, want)
		}
	})
}

func TestAnAppointmentIsRefusedWithoutARealEnd(t *testing.T) {
	good := NewAppointment{Person: "p", Role: "nurse", Department: "d", Since: noon, Until: noon.Add(24 * time.Hour)}
	if err := good.Check(noon); err != nil {
		t.Fatalf("a good appointment was refused: %v", err)
	}
	for name, bend := range map[string]func(*NewAppointment){
		"no end":            func(n *NewAppointment) { n.Until = time.Time{} },
		"end at beginning":  func(n *NewAppointment) { n.Until = n.Since },
		"over already":      func(n *NewAppointment) { n.Since, n.Until = noon.Add(-time.Hour), noon },
		"for all practical": func(n *NewAppointment) { n.Until = n.Since.Add(LongestTerm + time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			bent := good
			bend(&bent)
			if fields := fieldsOf(bent.Check(noon)); !slices.Equal(fields, []string{"until"}) {
				t.Errorf("fields at fault: %v", fields)
			}
		})
	}
}

func TestOnlyARoleOfTheCatalogueForPeopleCanBeGiven(t *testing.T) {
	for _, role := range []string{"", "surgeon", "feed", "first-start", "person", "demo-operator"} {
		n := NewAppointment{Role: role, Department: "d", Since: noon, Until: noon.Add(time.Hour)}
		if fields := fieldsOf(n.Check(noon)); !slices.Equal(fields, []string{"role"}) {
			t.Errorf("role %q: fields at fault: %v", role, fields)
		}
	}
}

func TestClearanceIsTheHighestOfAllRolesAndNeverWithoutOne(t *testing.T) {
	if got := clearanceOf(nil); got != 0 {
		t.Errorf("nobody has clearance %d", got)
	}
	for roles, want := range map[[2]string]int{
		{"nurse", "chief"}: 5, {"resident", "attending"}: 4, {"resident", "resident"}: 3,
		{"security-administrator", "dba"}: 1, {"auditor", "president"}: 1,
	} {
		if got := clearanceOf(roles[:]); got != want {
			t.Errorf("%v: clearance %d, want %d", roles, got, want)
		}
	}
}

func TestOnlyRolesOfTheCatalogueHaveAClearance(t *testing.T) {
	for role := range clearances {
		if !slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == role }) {
			t.Errorf("%s is no role of the catalogue", role)
		}
	}
}

func fieldsOf(err error) []string {
	if err == nil {
		return nil
	}
	var paths []string
	for _, f := range fault.From(err).Fields {
		paths = append(paths, f.Path)
	}
	return paths
}
