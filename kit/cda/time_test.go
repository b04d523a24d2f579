package cda_test

import (
	"testing"
	"time"

	"github.com/medward/medward/kit/cda"
)

func TestATimeIsReadWithItsPrecisionAndZone(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	for text, c := range map[string]struct {
		want      time.Time
		precision cda.Precision
		zoned     bool
		told      string
	}{
		"2026":                     {time.Date(2026, 1, 1, 0, 0, 0, 0, shanghai), cda.ToYear, false, "2026"},
		"202602":                   {time.Date(2026, 2, 1, 0, 0, 0, 0, shanghai), cda.ToMonth, false, "2026-02"},
		"20260228":                 {time.Date(2026, 2, 28, 0, 0, 0, 0, shanghai), cda.ToDay, false, "2026-02-28"},
		"202602281430":             {time.Date(2026, 2, 28, 14, 30, 0, 0, shanghai), cda.ToMinute, false, "2026-02-28 14:30"},
		"20260228T143005":          {time.Date(2026, 2, 28, 14, 30, 5, 0, shanghai), cda.ToSecond, false, "2026-02-28 14:30:05"},
		"20260228143005.25":        {time.Date(2026, 2, 28, 14, 30, 5, 250e6, shanghai), cda.ToSecond, false, "2026-02-28 14:30:05"},
		"20260228143005+0000":      {time.Date(2026, 2, 28, 14, 30, 5, 0, time.UTC), cda.ToSecond, true, "2026-02-28 14:30:05 +00:00"},
		"2026022814-0330":          {time.Date(2026, 2, 28, 18, 0, 0, 0, time.UTC).Add(-30 * time.Minute), cda.ToHour, true, "2026-02-28 14 -03:30"},
		"20260228143005.123456+08": {time.Date(2026, 2, 28, 14, 30, 5, 123456e3, shanghai), cda.ToSecond, true, "2026-02-28 14:30:05 +08:00"},
	} {
		got, err := cda.ParseTime(text)
		if err != nil || !got.In(shanghai).Equal(c.want) || got.Precision != c.precision || got.Zoned != c.zoned || got.String() != c.told {
			t.Errorf("%s: %s %+v %v", text, got, got, err)
		}
	}
	for _, text := range []string{"", "20", "20261301", "20260230", "2026022825", "2026-02-28", "今天", "20260228143005+9900", "202602281430.5", "20260228143005.1234567890", "20260228143005+8"} {
		if got, err := cda.ParseTime(text); err == nil || !got.IsZero() {
			t.Errorf("%q was read as %s", text, got)
		}
	}
}
