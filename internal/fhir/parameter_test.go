package fhir

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDatesAreComparedAsTheStandardSays(t *testing.T) {
	for _, c := range []struct {
		asked, start, end string
		holds             bool
	}{
		{"2026-03-01", "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00+08:00", true},
		{"2026-03-01", "2026-02-28T17:00:00Z", "2026-02-28T17:00:00Z", true}, // one in the morning in China
		{"2026-03-01", "2026-03-01T17:00:00Z", "2026-03-01T17:00:00Z", false},
		{"2026-03", "2026-03-31", "2026-03-31", true},
		{"ne2026-03", "2026-03-31", "2026-03-31", false},
		{"ge2026-03-01", "2026-02-01T00:00:00Z", "", true}, // a stay that lasts
		{"lt2026-03-01", "2026-02-01T00:00:00Z", "", true},
		{"eb2026-03-01", "2026-02-01T00:00:00Z", "", false},
		{"eb2026-03-01", "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z", true},
		{"sa2026-03-01", "2026-03-02", "2026-03-02", true},
		{"gt2026-03-01", "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00+08:00", false},
		{"le2026-03-01", "2026-03-01T08:00:00+08:00", "2026-03-01T08:00:00+08:00", true},
		{"le1960", "1960-03", "1960-03", true},
	} {
		asked, ok := parseDate(c.asked)
		if !ok || asked.holds(spanOf(c.start, c.end)) != c.holds {
			t.Errorf("%s and %s to %s: want %v", c.asked, c.start, c.end, c.holds)
		}
	}
	for _, bad := range []string{"", "ge", "yesterday", "2026-13-01", "ap2026", "2026-03-01T", "0x7"} {
		if _, ok := parseDate(bad); ok {
			t.Errorf("%q was taken for a date", bad)
		}
	}
}

func TestAMomentIsBeforeAfterOrInADay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(rt, "at"), 0).UTC().Format(time.RFC3339)
		day := time.Unix(rapid.Int64Range(0, 4e9).Draw(rt, "day"), 0).UTC().Format("2006-01-02")
		n := 0
		for _, prefix := range []string{"eq", "sa", "eb"} {
			asked, ok := parseDate(prefix + day)
			if !ok {
				rt.Fatal(day)
			}
			if asked.holds(spanOf(at, at)) {
				n++
			}
		}
		if n != 1 {
			rt.Fatalf("%s is %d of before, in and after %s", at, n, day)
		}
	})
}

func TestAReferenceIsReadHoweverItIsWritten(t *testing.T) {
	for _, value := range []string{"01J", "Patient/01J", "https://records.example/fhir/Patient/01J"} {
		if got := idIn(value, "Patient"); got != "01J" {
			t.Errorf("%s: %s", value, got)
		}
	}
}

func FuzzASearchIsUnderstoodOrRefused(f *testing.F) {
	f.Add("patient=1&date=ge2026&_count=3&code=http://loinc.org|718-7,x")
	f.Add("_elements=a,,b&_summary=count&_include=Observation:patient&_cursor=x")
	f.Add("identifier=|&status=&status=a&_id=")
	kinds := New(Options{}).kinds
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest(http.MethodGet, "/fhir/x", nil)
		r.URL.RawQuery = query
		for _, k := range kinds {
			q, err := k.parse(r)
			if err == nil && (q.limit < 1 || q.limit > 200) {
				t.Errorf("%s: a page of %d", query, q.limit)
			}
		}
	})
}
