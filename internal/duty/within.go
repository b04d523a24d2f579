package duty

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/calendar"
)

// MoveIn sets, within an act of another room, the deadline of every open task of a kind
// about a thing of that room: what its limit is reckoned from has changed. What was late
// stays late.
func (room *Room) MoveIn(ctx context.Context, w *act.Work, k *Kind, subject string, deadline time.Time) error {
	return room.eachAbout(ctx, w, k, subject, func(t *Task) error {
		if t.Deadline.Equal(deadline) {
			return nil
		}
		cal, err := room.reckoning(ctx, w, t.Org)
		if err != nil {
			return err
		}
		had, err := pausesOf(ctx, w, t.Org, t.ID)
		if err != nil {
			return err
		}
		t.Deadline, t.Limit = deadline.UTC(), ""
		t.Certain, t.Reckoned = cal.Knows(t.Opened, t.Deadline), cal.version
		if !t.Late {
			t.rewind(t.schedule(cal.Calendar, intervals(had, w.Now())), w.Now())
		}
		if !t.Paused.IsZero() {
			t.Next = time.Time{}
		}
		if err := tasks.Update(ctx, w, t); err != nil {
			return err
		}
		w.Note("task", t.ID)
		return recordStep(ctx, w, *t, Step{Kind: StepReckoned, Deadline: t.Deadline})
	})
}

// DonePeriodsIn closes, within an act of another room, the tasks of the periods of a kind
// that have begun by a day, as done. A period that was missed stays missed.
func (room *Room) DonePeriodsIn(ctx context.Context, w *act.Work, k *Kind, day calendar.Date) error {
	found, err := periods.Select(ctx, w, "WHERE org = $1 AND kind = $2 AND first_day <= $3 AND done IS NULL ORDER BY first_day, rule, department LIMIT $4", w.Actor().Org, k.ID, int64(day), int64(atOnce))
	if err != nil {
		return err
	}
	for _, p := range found {
		t, err := tasks.Get(ctx, w, p.Org, p.Task)
		if err != nil {
			return err
		}
		if t.State != Open {
			continue
		}
		if err := room.close(ctx, w, &t, Done, Step{}); err != nil {
			return err
		}
	}
	return nil
}

// Recurs reports whether a rule makes a kind recur, for rooms that reckon with it.
func (room *Room) Recurs(ctx context.Context, r db.Reader, org string, k *Kind) (bool, error) {
	found, err := rules.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND ended IS NULL ORDER BY id LIMIT 1", org, k.ID)
	return len(found) > 0, err
}

// CalendarVersion names the calendar by which is reckoned now: it differs after each
// change of it.
func (room *Room) CalendarVersion(ctx context.Context, r db.Reader, org string) (string, error) {
	now, err := room.reckoning(ctx, r, org)
	return now.version, err
}
