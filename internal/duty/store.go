package duty

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	tasks  = db.Define[Task]("duty_task")
	steps  = db.Define[Step]("duty_step", db.AsFinal)
	pauses = db.Define[Pause]("duty_pause")
)

// findTask reads a task, or answers as for what is absent.
func findTask(ctx context.Context, r db.Reader, org, id string) (Task, error) {
	t, err := tasks.Get(ctx, r, org, id)
	return t, orAbsent(err)
}

func orAbsent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

func pausesOf(ctx context.Context, r db.Reader, org, task string) ([]Pause, error) {
	return pauses.Select(ctx, r, "WHERE org = $1 AND task = $2 ORDER BY since, id", org, task)
}

// stepsOf returns what happened to a task, the oldest first.
func stepsOf(ctx context.Context, r db.Reader, org, task string) ([]Step, error) {
	return steps.Select(ctx, r, "WHERE org = $1 AND task = $2 ORDER BY place, id LIMIT $3", org, task, int64(maxSteps))
}

// maxSteps is how much of a task's history is shown.
const maxSteps = 500

// partsOf returns the tasks that are parts of another.
func partsOf(ctx context.Context, r db.Reader, org, parent string) ([]Task, error) {
	return tasks.Select(ctx, r, "WHERE org = $1 AND parent = $2 ORDER BY opened, flow_step, id", org, parent)
}

// openAbout returns the open tasks of a kind about a thing of its room.
func openAbout(ctx context.Context, r db.Reader, org string, k *Kind, subject string) ([]Task, error) {
	return tasks.Select(ctx, r, "WHERE org = $1 AND room = $2 AND subject = $3 AND kind = $4 AND state = $5 ORDER BY id",
		org, k.Room(), subject, k.ID, string(Open))
}

// clocksDue returns open tasks whose clock has something to do, from after a place on.
func clocksDue(ctx context.Context, r db.Reader, org string, now time.Time, after Task, limit int) ([]Task, error) {
	return tasks.Select(ctx, r, "WHERE org = $1 AND state = $2 AND next_due <= $3 AND (next_due, id) > ($4, $5) ORDER BY next_due, id LIMIT $6",
		org, string(Open), now.UnixMicro(), after.Next.UnixMicro(), after.ID, int64(limit))
}

// reckonedOtherwise returns open tasks whose deadline came of another calendar.
func reckonedOtherwise(ctx context.Context, r db.Reader, org, version, after string, limit int) ([]Task, error) {
	return tasks.Select(ctx, r, "WHERE org = $1 AND state = $2 AND reckoned <> $3 AND id > $4 ORDER BY id LIMIT $5",
		org, string(Open), version, after, int64(limit))
}

// holdersOfOpen returns the people to whom open tasks belong.
func holdersOfOpen(ctx context.Context, r db.Reader, org string) ([]string, error) {
	rows, err := r.Query(ctx, "SELECT DISTINCT person FROM duty_task WHERE org = $1 AND state = $2 AND person <> '' ORDER BY person", org, string(Open))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var holders []string
	for rows.Next() {
		var person string
		if err := rows.Scan(&person); err != nil {
			return nil, err
		}
		holders = append(holders, person)
	}
	return holders, rows.Err()
}

// openOf returns the open tasks of a person in the order of their ids.
func openOf(ctx context.Context, r db.Reader, org, person string) ([]Task, error) {
	return tasks.Select(ctx, r, "WHERE org = $1 AND state = $2 AND person = $3 ORDER BY id", org, string(Open), person)
}

// escalatedTo reports whether a task climbed to a person.
func escalatedTo(ctx context.Context, r db.Reader, org, task, person string) (bool, error) {
	n, err := count(ctx, r, "SELECT COUNT(*) FROM duty_step WHERE org = $1 AND person = $2 AND kind = $3 AND task = $4", org, person, string(StepEscalated), task)
	return n > 0, err
}

func count(ctx context.Context, r db.Reader, text string, args ...any) (int, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
