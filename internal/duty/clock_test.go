package duty

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/calendar"
)

// A clock that is looked at often strikes what one strikes that is looked at once.
func TestHowOftenAClockIsLookedAtChangesNothing(t *testing.T) {
	cal := calendar.Delivered()
	rapid.Check(t, func(t *rapid.T) {
		opened := time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 40*24*60).Draw(t, "opened")) * time.Minute)
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		task := Task{Kind: kind.ID, State: Open, Opened: opened, Limit: kind.Limit.String(), Deadline: cal.Deadline(opened, kind.Limit)}
		all := task.schedule(cal, nil)
		task.rewind(all, opened)
		often, once := task, task
		var struck []due
		now := opened
		for range rapid.IntRange(1, 30).Draw(t, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3*24*60).Draw(t, "wait")) * time.Minute)
			if often.Next.IsZero() || often.Next.After(now) {
				if extra := often.strike(all, now); len(extra) > 0 {
					t.Fatalf("struck %v although nothing was due until %s", extra, often.Next)
				}
				continue
			}
			struck = append(struck, often.strike(all, now)...)
		}
		at := once.strike(all, now)
		if !slices.Equal(struck, at) || often.Late != once.Late || often.Level != once.Level || often.Reminded != once.Reminded || !often.Next.Equal(once.Next) {
			t.Fatalf("often %v, once %v", struck, at)
		}
		if once.Late != !now.Before(task.Deadline) || len(once.strike(all, now)) != 0 {
			t.Fatal("late by another clock, or struck twice")
		}
		once.Paused, once.Next = now, time.Time{}
		if got := once.strike(all, now.Add(1000*time.Hour)); len(got) != 0 || !once.Next.IsZero() {
			t.Fatalf("a stopped clock struck %v", got)
		}
	})
}

// What was struck before a deadline moved is not struck again before it is due again.
func TestAMovedDeadlineStrikesOnlyWhatIsAhead(t *testing.T) {
	cal := calendar.Delivered()
	rapid.Check(t, func(t *rapid.T) {
		opened := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		task := Task{Kind: kind.ID, State: Open, Opened: opened, Limit: kind.Limit.String(), Deadline: cal.Deadline(opened, kind.Limit)}
		now := opened.Add(time.Duration(rapid.IntRange(0, 30*24).Draw(t, "hours")) * time.Hour)
		task.strike(task.schedule(cal, nil), now)
		task.Limit, task.Deadline = "", now.Add(time.Duration(rapid.IntRange(1, 1000).Draw(t, "more"))*time.Hour)
		all := task.schedule(cal, nil)
		task.rewind(all, now)
		if task.Late || task.Level != 0 || task.Next.IsZero() || !task.Next.After(now) {
			t.Fatalf("%+v", task)
		}
		if got := task.strike(all, now); len(got) != 0 {
			t.Fatalf("struck %v at once", got)
		}
		if got := task.strike(all, task.Deadline); len(got) == 0 || !task.Late {
			t.Fatal("the new deadline passed unnoticed")
		}
	})
}
