package hl7v2

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseTimeKeepsPrecisionAndZone(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	for text, want := range map[string]Moment{
		"2026":                     {time.Date(2026, 1, 1, 0, 0, 0, 0, shanghai), Year, false},
		"202603":                   {time.Date(2026, 3, 1, 0, 0, 0, 0, shanghai), Month, false},
		"20260314":                 {time.Date(2026, 3, 14, 0, 0, 0, 0, shanghai), Day, false},
		"2026031408":               {time.Date(2026, 3, 14, 8, 0, 0, 0, shanghai), Hour, false},
		"202603140830":             {time.Date(2026, 3, 14, 8, 30, 0, 0, shanghai), Minute, false},
		"20260314083012":           {time.Date(2026, 3, 14, 8, 30, 12, 0, shanghai), Second, false},
		"20260314083012.5":         {time.Date(2026, 3, 14, 8, 30, 12, 500_000_000, shanghai), Fraction, false},
		"20260314083012.0625-0500": {time.Date(2026, 3, 14, 13, 30, 12, 62_500_000, time.UTC), Fraction, true},
		"20260314083012+0000":      {time.Date(2026, 3, 14, 8, 30, 12, 0, time.UTC), Second, true},
		"20260314+0530":            {time.Date(2026, 3, 13, 18, 30, 0, 0, time.UTC), Day, true},
		"20240229":                 {time.Date(2024, 2, 29, 0, 0, 0, 0, shanghai), Day, false},
	} {
		got, err := ParseTime(text, shanghai)
		if err != nil || !got.Time.Equal(want.Time) || got.Precision != want.Precision || got.Zoned != want.Zoned {
			t.Errorf("%s is %+v, %v; want %+v", text, got, err, want)
		}
	}
	if m, err := ParseTime("2026", nil); err != nil || m.Time.Location() != time.UTC {
		t.Errorf("without a zone: %v, %v", m.Time, err)
	}
}

func TestParseTimeRefuses(t *testing.T) {
	for _, text := range []string{
		"", "2", "202", "20261", "20261301", "20260230", "20230229", "00000000", "2026031424", "202603140860",
		"20260314083061", "2026031408301", "20260314083012.", "20260314083012.1234567890", "20260314.5", "2026-03-14",
		"20260314083012+8", "20260314083012+08:00", "20260314083012+1500", "20260314083012+0860", "Mar 14, 2026", "２０２６",
		"+0800", "20260314 083012", "1994050216163360",
	} {
		if m, err := ParseTime(text, time.UTC); err == nil {
			t.Errorf("%q was read as %v", text, m.Time)
		}
	}
}

func TestTimesAreWrittenAsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-12*60, 14*60).Draw(t, "offset"))
		at := time.UnixMicro(rapid.Int64Range(-1e15, 4e15).Draw(t, "time") * 100).In(zone)
		if at.Year() < 1 || at.Year() > 9999 {
			t.Skip("not four digits")
		}
		p := Precision(rapid.IntRange(int(Year), int(Fraction)).Draw(t, "precision"))
		m, err := ParseTime(FormatTime(at, p), zone)
		if err != nil {
			t.Fatal(err)
		}
		if m.Precision != p || FormatTime(m.Time, p) != FormatTime(at, p) {
			t.Fatalf("%v to precision %d became %v to %d", at, p, m.Time, m.Precision)
		}
	})
}
