package accesslog

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var midnight = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func dayOf(start time.Time, lines int, silent ...int) Run {
	run := Run{Hours: map[string]int{}, First: start, Last: start.Add(24*time.Hour - time.Second), State: Done}
	for hour := range 24 {
		run.Hours[start.Add(time.Duration(hour)*time.Hour).Format(hourForm)] = lines
	}
	for _, hour := range silent {
		delete(run.Hours, start.Add(time.Duration(hour)*time.Hour).Format(hourForm))
	}
	return run
}

func TestHoursWithoutLinesAreAGapWhereTheSourceHasARhythm(t *testing.T) {
	run := dayOf(midnight, 500, 3, 4, 9)
	found := gaps(run, nil)
	if len(found) != 2 || !found[0][0].Equal(midnight.Add(3*time.Hour)) || found[0][1].Sub(found[0][0]) != 2*time.Hour || found[1][1].Sub(found[1][0]) != time.Hour {
		t.Errorf("%v", found)
	}
	if quiet := gaps(dayOf(midnight, 2, 3, 4), nil); len(quiet) != 0 {
		t.Errorf("a source that says little has gaps: %v", quiet)
	}
}

func TestAnHourThatIsAlwaysSilentIsNoGap(t *testing.T) {
	var before []Run
	for day := 1; day <= 5; day++ {
		before = append(before, dayOf(midnight.AddDate(0, 0, -day), 500, 3))
	}
	if found := gaps(dayOf(midnight, 500, 3), before); len(found) != 0 {
		t.Errorf("%v", found)
	}
	if found := gaps(dayOf(midnight, 500, 7), before); len(found) != 1 {
		t.Errorf("%v", found)
	}
}

func TestADayLeftOutBetweenTwoRunsIsAGap(t *testing.T) {
	before := []Run{dayOf(midnight.AddDate(0, 0, -2), 100), dayOf(midnight.AddDate(0, 0, -3), 100), dayOf(midnight.AddDate(0, 0, -4), 100)}
	found := gaps(dayOf(midnight, 100), before)
	if len(found) != 1 || found[0][1].Sub(found[0][0]) != 24*time.Hour {
		t.Errorf("%v", found)
	}
}

func TestNoGapMeetsAnHourWithLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := dayOf(midnight, 300, rapid.SliceOfNDistinct(rapid.IntRange(1, 22), 0, 10, rapid.ID).Draw(t, "silent")...)
		for _, gap := range gaps(run, nil) {
			for at := gap[0]; at.Before(gap[1]); at = at.Add(time.Hour) {
				if run.Hours[at.Format(hourForm)] > 0 {
					t.Fatalf("%s has lines and lies in a gap", at)
				}
			}
		}
	})
}

func TestAClockThatRunsAwayIsMeasured(t *testing.T) {
	var all []Run
	for day := range 10 {
		all = append(all, Run{Last: midnight.AddDate(0, 0, -day), Skewed: true, Skew: (time.Duration(10-day) * 30 * time.Second).Microseconds()})
	}
	if perDay, told := drift(all); !told || (perDay-30*time.Second).Abs() > time.Second {
		t.Errorf("%s %v", perDay, told)
	}
	if _, told := drift(all[:3]); told {
		t.Error("three runs tell a drift")
	}
}

func TestALogFromTomorrowTellsItsClock(t *testing.T) {
	run := Run{Begun: midnight, Last: midnight.Add(24*time.Hour - time.Minute)}
	if by, told := newHealth(run, Mapping{}).skew(run); !told || by < 23*time.Hour {
		t.Errorf("%s %v", by, told)
	}
	run.Last = midnight.Add(-time.Hour)
	if _, told := newHealth(run, Mapping{}).skew(run); told {
		t.Error("an old file tells of a clock")
	}
	run.Written = midnight.Add(-23 * time.Hour)
	run.Last = run.Written.Add(-24 * time.Hour)
	if by, told := newHealth(run, Mapping{}).skew(run); !told || by != -24*time.Hour {
		t.Errorf("a day behind: %s %v", by, told)
	}
}
