package fhir_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/fhir"
)

func TestDateTimes(t *testing.T) {
	for text, want := range map[string]struct {
		precision fhir.Precision
		utc       string
	}{
		"1951":                               {fhir.ToYear, "1951-01-01T00:00:00Z"},
		"0001":                               {fhir.ToYear, "0001-01-01T00:00:00Z"},
		"1951-06":                            {fhir.ToMonth, "1951-06-01T00:00:00Z"},
		"2024-02-29":                         {fhir.ToDay, "2024-02-29T00:00:00Z"},
		"1951-06-04T10:57:34+08:00":          {fhir.ToSecond, "1951-06-04T02:57:34Z"},
		"1951-06-04T00:00:00-14:00":          {fhir.ToSecond, "1951-06-04T14:00:00Z"},
		"2016-12-31T23:59:60Z":               {fhir.ToSecond, "2017-01-01T00:00:00Z"},
		"2015-02-07T13:28:17.239+02:00":      {fhir.ToFraction, "2015-02-07T11:28:17.239Z"},
		"2015-02-07T13:28:17.1234567890Z":    {fhir.ToFraction, "2015-02-07T13:28:17.123456789Z"},
		"":                                   {},
		"0000":                               {},
		"51":                                 {},
		"1951-13":                            {},
		"1951-00":                            {},
		"2023-02-29":                         {},
		"1951-6-4":                           {},
		"1951-06-04 10:57:34Z":               {},
		"1951-06-04T10:57Z":                  {},
		"1951-06-04T10:57:34":                {},
		"1951-06-04T24:00:00Z":               {},
		"1951-06-04T10:57:61Z":               {},
		"1951-06-04T10:57:34.Z":              {},
		"1951-06-04T10:57:34+14:30":          {},
		"1951-06-04T10:57:34+8:00":           {},
		"1951-06T10:57:34Z":                  {},
		"1951-06-04T10:57:34Zebra":           {},
		"１９５１":                               {},
		"+951":                               {},
		"1951-06-04T10:57:34+08:00[Asia/..]": {},
	} {
		got, err := fhir.ParseDateTime(text)
		if got.Text != text || got.Precision != want.precision || (err == nil) != (want.precision != 0) {
			t.Errorf("%q: precision %d, error %v", text, got.Precision, err)
			continue
		}
		if err == nil && got.Time.UTC().Format(time.RFC3339Nano) != want.utc {
			t.Errorf("%q is %s, want %s", text, got.Time.UTC().Format(time.RFC3339Nano), want.utc)
		}
		if got.LeapSecond != (text == "2016-12-31T23:59:60Z") {
			t.Errorf("%q: leap second %t", text, got.LeapSecond)
		}
	}
}

func TestDateAndInstantAreNarrower(t *testing.T) {
	if _, err := fhir.ParseDate("1951-06-04T10:57:34Z"); err == nil {
		t.Error("a date took a time")
	}
	if _, err := fhir.ParseInstant("1951-06-04"); err == nil {
		t.Error("an instant took a date")
	}
	if d, err := fhir.ParseDate("1951-06"); err != nil || d.HasZone() {
		t.Errorf("1951-06: %v %v", d, err)
	}
}

func TestSpanFollowsThePlaceOfWriting(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for text, want := range map[string]time.Duration{
		"2024":                      366 * 24 * time.Hour,
		"2024-02":                   29 * 24 * time.Hour,
		"2024-02-29":                24 * time.Hour,
		"2024-02-29T00:00:00+08:00": time.Second,
	} {
		d, err := fhir.ParseDateTime(text)
		if err != nil {
			t.Fatal(err)
		}
		from, before := d.Span(shanghai)
		if before.Sub(from) != want || from.UTC().Hour() != 16 {
			t.Errorf("%s spans %s to %s", text, from, before)
		}
	}
}

func TestEveryInstantIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.IntRange(-14*60, 14*60).Draw(t, "zone minutes")
		at := time.Unix(rapid.Int64Range(-62135510400, 253402214400).Draw(t, "second"), 0).In(time.FixedZone("", offset*60))
		text := at.Format("2006-01-02T15:04:05Z07:00")
		d, err := fhir.ParseInstant(text)
		if err != nil || !d.Time.Equal(at) {
			t.Fatalf("%s is read as %s, error %v", text, d.Time, err)
		}
	})
}

func TestOnlyRealDaysAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, m, d := rapid.IntRange(1, 9999).Draw(t, "y"), rapid.IntRange(0, 14).Draw(t, "m"), rapid.IntRange(0, 33).Draw(t, "d")
		day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		exists := day.Year() == y && int(day.Month()) == m && day.Day() == d
		_, err := fhir.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
		if (err == nil) != exists {
			t.Fatalf("%04d-%02d-%02d: %v", y, m, d, err)
		}
	})
}
