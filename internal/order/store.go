package order

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	courses   = db.Define[Course]("order_course")
	steps     = db.Define[Step]("order_step", db.AsFinal)
	stocks    = db.Define[Stock]("order_stock")
	sets      = db.Define[Set]("order_rules")
	conflicts = db.Define[Conflict]("order_conflict")
)

const (
	// mostCourses bounds how many orders of one patient are looked at at once.
	mostCourses = 500
	// lately is for how long a stopped order is still looked at.
	lately = 24 * time.Hour
)

func first[T any](rows []T, err error) (T, bool, error) {
	var none T
	if err != nil || len(rows) == 0 {
		return none, false, err
	}
	return rows[0], true, nil
}

// underWay are the courses of a patient that go on, and those that were stopped since a
// moment.
func underWay(ctx context.Context, r db.Reader, org, patient string, since time.Time) ([]Course, error) {
	return courses.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND (state IN ($3, $4) OR state = $5 AND stopped >= $6) ORDER BY began DESC, id DESC LIMIT $7",
		org, patient, Active, OnHold, Stopped, since.UnixMicro(), int64(mostCourses))
}

// isFollowed reports whether a patient has an order that goes on.
func isFollowed(ctx context.Context, r db.Reader, org, patient string) (bool, error) {
	rows, err := courses.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND state IN ($3, $4) LIMIT 1", org, patient, Active, OnHold)
	return len(rows) > 0, err
}

// orderedOf are patients with an order of an item that goes on, after one of them.
func orderedOf(ctx context.Context, r db.Reader, org, item, after string, limit int) ([]string, error) {
	return patientsIn(ctx, r, "SELECT DISTINCT patient FROM order_course WHERE org = $1 AND item = $2 AND state IN ($3, $4) AND patient > $5 ORDER BY patient LIMIT $6", org, item, Active, OnHold, after, int64(limit))
}

// followedAfter are patients with any order that goes on, after one of them.
func followedAfter(ctx context.Context, r db.Reader, org, after string, limit int) ([]string, error) {
	return patientsIn(ctx, r, "SELECT DISTINCT patient FROM order_course WHERE org = $1 AND state IN ($2, $3) AND patient > $4 ORDER BY patient LIMIT $5", org, Active, OnHold, after, int64(limit))
}

func patientsIn(ctx context.Context, r db.Reader, question string, args ...any) ([]string, error) {
	rows, err := r.Query(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func stepsOf(ctx context.Context, r db.Reader, org, course string, limit int) ([]Step, error) {
	return steps.Select(ctx, r, "WHERE org = $1 AND course = $2 ORDER BY at DESC, id DESC LIMIT $3", org, course, int64(limit))
}

func stockOf(ctx context.Context, r db.Reader, org, item string) ([]Stock, error) {
	return stocks.Select(ctx, r, "WHERE org = $1 AND item = $2 ORDER BY id LIMIT 100", org, item)
}

func openConflicts(ctx context.Context, r db.Reader, org, patient string) ([]Conflict, error) {
	return conflicts.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND state = $3 ORDER BY found, id", org, patient, Open)
}

// rulesInForce is the newest approved set.
func rulesInForce(ctx context.Context, r db.Reader, org string) (Set, bool, error) {
	return first(sets.Select(ctx, r, "WHERE org = $1 AND approved IS NOT NULL ORDER BY number DESC LIMIT 1", org))
}

func newestRules(ctx context.Context, r db.Reader, org string) (Set, bool, error) {
	return first(sets.Select(ctx, r, "WHERE org = $1 ORDER BY number DESC LIMIT 1", org))
}
