package calendar_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/kit/calendar"
)

// at reads a moment in China time.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The holidays of a year as the notices count them: days off from and to, and the
// weekend days that are worked for them.
func TestTheDeliveredYearsSayWhatTheNoticesSay(t *testing.T) {
	c := calendar.Delivered()
	for year, want := range map[int]struct{ off, swapped, working int }{2024: {28, 8, 251}, 2025: {28, 5, 248}, 2026: {33, 6, 248}} {
		var off, swapped int
		for d := calendar.On(year, 1, 1); d < calendar.On(year+1, 1, 1); d++ {
			switch {
			case c.Holiday(d) == "":
			case c.Working(d):
				swapped++
				if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
					t.Errorf("%s is swapped and no weekend", d)
				}
			default:
				off++
			}
		}
		if working := c.WorkingDays(calendar.On(year, 1, 1), calendar.On(year+1, 1, 1)); off != want.off || swapped != want.swapped || working != want.working {
			t.Errorf("%d: %d off, %d swapped, %d working days; want %+v", year, off, swapped, working, want)
		}
	}
	if c.Holiday(date(t, "2026-10-10")) != "国庆节" || !c.Working(date(t, "2026-10-10")) || c.Working(date(t, "2026-10-07")) {
		t.Error("10 October 2026 is worked for National Day, 7 October is off")
	}
}

func TestLimitsEndWhereAPersonWouldCountThem(t *testing.T) {
	c := calendar.Delivered()
	for _, w := range []struct{ from, limit, want string }{
		{"2026-03-02 08:00", "24h", "2026-03-03 08:00"},
		{"2026-03-02 08:00", "30m", "2026-03-02 08:30"},
		{"2026-09-30 10:00", "48h", "2026-10-02 10:00"},
		{"2026-09-30 10:00", "1wd", "2026-10-09 00:00"},                           // 8 October, after seven days off
		{"2026-09-30 10:00", "3wd", "2026-10-11 00:00"},                           // 8, 9, and Saturday the 10th
		{"2026-09-18 16:00", "2wd", "2026-09-22 00:00"},                           // Sunday the 20th is worked
		{"2026-10-01 00:00", "5wd", "2026-10-14 00:00"},                           // begins on a day off
		{"2026-02-13 17:00", "1wd", "2026-02-15 00:00"},                           // Saturday, 14 February
		{"2026-03-02 08:00", "7d", "2026-03-10 00:00"},                            // the seventh day after
		{"2026-03-06 17:00", "2wh", "2026-03-09 09:00"},                           // an hour on Friday, one on Monday
		{"2026-03-06 17:00", "1wh", "2026-03-06 18:00"},                           // ends with the working day, not after the weekend
		{"2026-03-07 12:00", "4wh", "2026-03-09 12:00"},                           // begun on a Saturday
		{"2026-03-02 13:00", "1wh", "2026-03-02 15:00"},                           // begun at noon
		{"2025-12-31 09:00", "1wd", "2026-01-05 00:00"},                           // Sunday, 4 January, is worked
		{"2027-01-01 09:00", "1wd", "2027-01-05 00:00"},                           // plain weekends: no notice is known
		{"2024-02-08 09:00", "2wd", calendar.On(2024, 2, 18).String() + " 24:00"}, // 9 and 18 February
	} {
		l, err := calendar.ParseLimit(w.limit)
		if err != nil {
			t.Fatal(err)
		}
		want := w.want
		if day, isEnd := strings.CutSuffix(want, " 24:00"); isEnd {
			want = (date(t, day) + 1).String() + " 00:00"
		}
		if got := c.Deadline(at(t, w.from), l); !got.Equal(at(t, want)) || got.Location() != time.UTC {
			t.Errorf("%s from %s ends %s, want %s", w.limit, w.from, got.In(calendar.Zone), w.want)
		}
	}
}

func TestAPauseMovesTheDeadlineByWhatWasPaused(t *testing.T) {
	c := calendar.Delivered()
	pause := func(from, to string) calendar.Interval { return calendar.Interval{From: at(t, from), To: at(t, to)} }
	for _, w := range []struct {
		limit  string
		pauses []calendar.Interval
		want   string
	}{
		{"24h", []calendar.Interval{pause("2026-03-02 10:00", "2026-03-02 13:00")}, "2026-03-03 11:00"},
		{"24h", []calendar.Interval{pause("2026-03-02 10:00", "2026-03-02 13:00"), pause("2026-03-02 12:00", "2026-03-02 14:00")}, "2026-03-03 12:00"},
		{"24h", []calendar.Interval{pause("2026-03-03 08:00", "2026-03-04 08:00")}, "2026-03-03 08:00"},
		{"24h", []calendar.Interval{pause("2026-03-01 08:00", "2026-03-02 09:00")}, "2026-03-03 09:00"},
		{"5wd", []calendar.Interval{pause("2026-03-04 10:00", "2026-03-05 10:00")}, "2026-03-11 00:00"},
		{"5wd", []calendar.Interval{pause("2026-03-04 10:00", "2026-03-04 11:00")}, "2026-03-11 00:00"},
		{"5wd", []calendar.Interval{pause("2026-03-07 00:00", "2026-03-09 00:00")}, "2026-03-10 00:00"},
		{"8wh", []calendar.Interval{pause("2026-03-02 16:00", "2026-03-03 09:00")}, "2026-03-03 11:00"},
	} {
		l, err := calendar.ParseLimit(w.limit)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Deadline(at(t, "2026-03-02 08:00"), l, w.pauses...); !got.Equal(at(t, w.want)) {
			t.Errorf("%s with %v ends %s, want %s", w.limit, w.pauses, got.In(calendar.Zone), w.want)
		}
	}
}

func TestReminderFractions(t *testing.T) {
	c := calendar.Delivered()
	from := at(t, "2026-03-02 08:00")
	of := func(limit string, fractions ...calendar.Fraction) []time.Time {
		l, err := calendar.ParseLimit(limit)
		if err != nil {
			t.Fatal(err)
		}
		return c.Reminders(from, c.Deadline(from, l), l, fractions)
	}
	got := of("48h", calendar.Fraction{N: 1, Of: 2}, calendar.Fraction{N: 5, Of: 6})
	if !got[0].Equal(at(t, "2026-03-03 08:00")) || !got[1].Equal(at(t, "2026-03-04 00:00")) {
		t.Errorf("48 hours: at 24 and 40, got %v", got)
	}
	// Monday to the end of the next Monday: six working days of eight hours.
	if got := of("5wd", calendar.Fraction{N: 1, Of: 2})[0]; !got.Equal(at(t, "2026-03-04 18:00")) {
		t.Errorf("half of five working days: %s", got.In(calendar.Zone))
	}
}

func TestAnUnknownYearIsReckonedAndReported(t *testing.T) {
	c := calendar.Delivered()
	if !c.Knows(at(t, "2026-12-01 00:00"), at(t, "2026-12-31 23:00")) || c.Knows(at(t, "2026-12-01 00:00"), at(t, "2027-01-04 00:00")) {
		t.Error("2026 is known and 2027 is not")
	}
	years, err := calendar.Parse("year 2027 test\noff 2026-12-31..2027-01-02 元旦\nwork 2027-01-03 元旦\n")
	if err != nil {
		t.Fatal(err)
	}
	learnt := c.With(years...)
	one := calendar.Limit{N: 1, Unit: calendar.WorkingDays}
	if got := learnt.Deadline(at(t, "2026-12-30 10:00"), one); !got.Equal(at(t, "2027-01-04 00:00")) {
		t.Errorf("with the notice of 2027: %s", got.In(calendar.Zone))
	}
	if got := c.Deadline(at(t, "2026-12-30 10:00"), one); !got.Equal(at(t, "2027-01-01 00:00")) {
		t.Errorf("the calendar that was there changed: %s", got.In(calendar.Zone))
	}
	if !learnt.Knows(at(t, "2024-01-01 00:00"), at(t, "2027-12-31 00:00")) || len(learnt.Years()) != 4 {
		t.Error("four years are known now")
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	for _, y := range calendar.Delivered().Years() {
		again, err := calendar.Parse(y.String())
		if err != nil || len(again) != 1 || again[0].String() != y.String() || !slices.Equal(again[0].Spans, y.Spans) {
			t.Errorf("%d: %v\n%v", y.Year, err, again)
		}
	}
}

func TestAMistakeIsNamedByItsLineWithTheRemedy(t *testing.T) {
	for text, want := range map[string]struct {
		line int
		says string
	}{
		"":                         {1, "begin with"},
		"# nothing\n":              {1, "begin with"},
		"off 2027-01-01 元旦":        {1, "no year stands before"},
		"year soon x":              {1, "not a year"},
		"year 2027":                {1, "which notice"},
		"year 2027 x\nyear 2027 y": {2, "twice"},
		"year 2027 x\n\nholiday 2027-01-01 元旦":                           {3, "begins with"},
		"year 2027 x\noff 2027-02-30 春节":                                 {2, "neither"},
		"year 2027 x\noff 2027-02-07..2027-02-01 春节":                     {2, "earlier day"},
		"year 2027 x\noff 2027-02-01..2027-03-30 春节":                     {2, "at most 31"},
		"year 2027 x\noff 2026-11-30 春节":                                 {2, "not of 2027"},
		"year 2027 x\noff 2028-01-01 元旦":                                 {2, "not of 2027"},
		"year 2027 x\noff 2027-01-01":                                    {2, "name the holiday"},
		"year 2027 x\nwork 2027-01-04 元旦":                                {2, "working day anyway"},
		"year 2027 x\noff 2027-01-01..2027-01-03 元旦\nwork 2027-01-03 元旦": {3, "on line 2 already"},
		"year 2027 \xff": {1, "UTF-8"},
	} {
		years, err := calendar.Parse(text)
		p, ok := errors.AsType[calendar.Problem](err)
		if !ok || years != nil || p.Line != want.line || !strings.Contains(p.Error(), want.says) || p.ZH == "" {
			t.Errorf("%q: %v, want line %d to say %q", text, err, want.line, want.says)
		}
	}
	if _, err := calendar.Parse("year 2027 x\nnow\nthen\n"); err == nil || strings.Count(err.Error(), "line") != 2+2 {
		t.Errorf("both lines are to be named: %v", err)
	}
}

func TestHoursAreReadAndKept(t *testing.T) {
	h, err := calendar.ParseHours("07:30-11:30 13:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.Delivered().Keeping(h)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Deadline(at(t, "2026-03-02 11:00"), calendar.Limit{N: 1, Unit: calendar.WorkingHours}); !got.Equal(at(t, "2026-03-02 13:30")) {
		t.Errorf("an hour from 11:00: %s", got.In(calendar.Zone))
	}
	for _, bad := range []string{"", "8-12", "08:00-07:00", "08:00-12:00 11:00-13:00", "08:00-12:00 12:00-13:00", "00:00-25:00"} {
		if h, err := calendar.ParseHours(bad); err == nil {
			t.Errorf("%q was read as %v", bad, h)
		}
	}
	if _, err := calendar.Delivered().Keeping(calendar.Hours{{From: -1, To: 5}}); err == nil {
		t.Error("hours before midnight were kept")
	}
}

func TestPeriodsHaveNamesAndWorkingDays(t *testing.T) {
	c := calendar.Delivered()
	for _, w := range []struct {
		every calendar.Every
		name  string
		last  string
		days  int
	}{
		{calendar.EveryDay, "2026-10-06", "2026-10-06", 0},
		{calendar.EveryWeek, "2026-W41", "2026-10-11", 3},
		{calendar.EveryMonth, "2026-10", "2026-10-31", 18},
		{calendar.EveryQuarter, "2026-Q4", "2026-12-31", 62},
		{calendar.EveryHalfYear, "2026-H2", "2026-12-31", 128},
		{calendar.EveryYear, "2026", "2026-12-31", 248},
	} {
		p := calendar.PeriodOf(w.every, date(t, "2026-10-06"))
		if p.Name() != w.name || p.Last().String() != w.last || c.WorkingDaysIn(p) != w.days {
			t.Errorf("%s: %s to %s, %d working days; want %+v", w.every, p.Name(), p.Last(), c.WorkingDaysIn(p), w)
		}
	}
	week := calendar.PeriodOf(calendar.EveryWeek, date(t, "2026-10-06"))
	first, worked := c.FirstWorking(week)
	last, _ := c.LastWorking(week)
	if !worked || first.String() != "2026-10-08" || last.String() != "2026-10-10" {
		t.Errorf("the week after National Day is worked from %s to %s", first, last)
	}
	if _, worked := c.FirstWorking(calendar.PeriodOf(calendar.EveryDay, date(t, "2026-10-06"))); worked {
		t.Error("6 October is a day off")
	}
	if name := calendar.PeriodOf(calendar.EveryWeek, date(t, "2027-01-01")).Name(); name != "2026-W53" {
		t.Errorf("New Year's Day 2027 lies in %s", name)
	}
}

func TestLimitsAreReadStrictly(t *testing.T) {
	for _, good := range []string{"30m", "24h", "7d", "5wd", "8wh"} {
		if l, err := calendar.ParseLimit(good); err != nil || l.String() != good {
			t.Errorf("%s: %v %v", good, l, err)
		}
	}
	for _, bad := range []string{"", "5", "wd", "0h", "-1h", "+5h", "05h", "5 wd", "5w", "99999999h", "5WD", "1.5h"} {
		if l, err := calendar.ParseLimit(bad); err == nil {
			t.Errorf("%q was read as %v", bad, l)
		}
	}
	if !(calendar.Delivered().Deadline(at(t, "2026-03-02 08:00"), calendar.Limit{})).IsZero() {
		t.Error("without a limit there is no deadline")
	}
}

func ExampleCalendar_Deadline() {
	from := time.Date(2026, 9, 30, 15, 0, 0, 0, calendar.Zone)
	fiveDays, _ := calendar.ParseLimit("5wd")
	fmt.Println(calendar.Delivered().Deadline(from, fiveDays).In(calendar.Zone).Format("2 January 2006, 15:04"))
	// Output: 14 October 2026, 00:00
}

func BenchmarkDeadline(b *testing.B) {
	c, from := calendar.Delivered(), at(b, "2026-09-30 10:00")
	pauses := []calendar.Interval{{From: from.Add(50 * time.Hour), To: from.Add(90 * time.Hour)}, {From: from.Add(300 * time.Hour), To: from.Add(310 * time.Hour)}}
	for _, l := range []calendar.Limit{{N: 24, Unit: calendar.HoursOfClock}, {N: 20, Unit: calendar.WorkingDays}, {N: 40, Unit: calendar.WorkingHours}} {
		b.Run(l.String(), func(b *testing.B) {
			for b.Loop() {
				c.Deadline(from, l, pauses...)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	var text strings.Builder
	for _, y := range calendar.Delivered().Years() {
		text.WriteString(y.String())
	}
	for b.Loop() {
		if _, err := calendar.Parse(text.String()); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzParse holds that what is read can be written and read again to the same, and
// reckons in finite time.
func FuzzParse(f *testing.F) {
	for _, y := range calendar.Delivered().Years() {
		f.Add(y.String())
	}
	f.Add("year 2027 x\noff 2026-12-01..2026-12-31 y\nwork 2027-01-02 z\n")
	f.Fuzz(func(t *testing.T, text string) {
		known, err := calendar.Parse(text)
		if err != nil {
			return
		}
		var written strings.Builder
		for _, y := range known {
			written.WriteString(y.String())
		}
		again, err := calendar.Parse(written.String())
		if err != nil || len(again) != len(known) {
			t.Fatalf("%v\n%s", err, written.String())
		}
		c := calendar.New(known...)
		for _, y := range known {
			first := calendar.On(y.Year, 1, 1)
			if n := c.WorkingDays(first, calendar.On(y.Year+1, 1, 1)); n < 0 || n > 366 {
				t.Fatalf("%d working days in %d", n, y.Year)
			}
			if d := c.Add(first, 10); !c.Working(d) {
				t.Fatalf("%s is the tenth working day of %d and not worked", d, y.Year)
			}
		}
	})
}

func FuzzParseLimit(f *testing.F) {
	for _, seed := range []string{"30m", "24h", "7d", "5wd", "8wh", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if l, err := calendar.ParseLimit(text); err == nil && l.String() != text {
			t.Fatalf("%q was read as %s", text, l)
		}
	})
}
