package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
)

// Awaited is the review that a break-glass waits for. A severe one is a task at once;
// the others stand together in the next morning's digest.
type Awaited struct {
	Org        string    `db:"org,key"`
	Reason     string    `db:"reason,key"`
	Department string    `db:"department"`
	Severe     string    `db:"severe"` // what makes it so: level, sealed, barred, colleague; or empty
	ReviewBy   time.Time `db:"review_by"`
	Since      time.Time `db:"since"`
	Task       string    `db:"task"` // in which it was told; empty until then
	Reviewed   time.Time `db:"reviewed"`
}

var glasses = db.Define[Awaited]("access_glass")

// reviewWithin is how soon a break-glass is to be reviewed.
var reviewWithin = calendar.Limit{N: 1, Unit: calendar.WorkingDays}

// digestAt is when in the morning the digest of the day before is made, in China.
const digestAt = 7*time.Hour + 30*time.Minute

// awaitReview sets when a break-glass must be reviewed, and asks for it at once
// where it is severe.
func (room *Room) awaitReview(ctx context.Context, w *act.Work, reason *Reason, o policy.Object) error {
	cal, err := room.duty.Calendar(ctx, w, reason.Org)
	if err != nil {
		return err
	}
	reason.ReviewBy = cal.Deadline(w.Now(), reviewWithin)
	g := Awaited{Org: reason.Org, Reason: reason.ID, Department: reason.Department, ReviewBy: reason.ReviewBy, Since: w.Now()}
	if g.Severe, err = room.severity(ctx, w, o); err != nil {
		return err
	}
	if g.Severe != "" {
		w.Note("severe", g.Severe)
		t, err := room.askReviewer(ctx, w, g, GlassReview, reason.ID, reason.Person)
		if err != nil {
			return err
		}
		g.Task = t.ID
	}
	return glasses.Insert(ctx, w, &g)
}

func (room *Room) severity(ctx context.Context, w *act.Work, o policy.Object) (string, error) {
	found, err := room.ties(ctx, w, w.Actor(), []string{o.Patient}, w.Now())
	if err != nil {
		return "", err
	}
	has := func(kind string) bool {
		return slices.ContainsFunc(found[o.Patient], func(t policy.Tie) bool { return t.Kind == kind })
	}
	switch {
	case has(policy.TieSeal):
		return "sealed", nil
	case has(policy.TieBar):
		return "barred", nil
	case o.Sensitivity >= 5:
		return "level", nil
	case o.Concerns != "":
		return "colleague", nil
	}
	return "", nil
}

// askReviewer opens a task for whoever answers for the department, and for medical
// affairs where that is nobody but the one who broke the glass.
func (room *Room) askReviewer(ctx context.Context, w *act.Work, g Awaited, kind *duty.Kind, subject string, except ...string) (duty.Task, error) {
	heads, err := duty.HeadsOf(ctx, w, g.Org, g.Department, w.Now())
	if err != nil {
		return duty.Task{}, err
	}
	heads = slices.DeleteFunc(heads, func(p string) bool { return slices.Contains(except, p) })
	to := duty.To{Role: "medical-affairs"}
	if len(heads) > 0 {
		to = duty.To{Person: heads[0]}
	}
	return room.duty.OpenIn(ctx, w, duty.Opening{Kind: kind, To: to, Subject: subject, Deadline: g.ReviewBy, Urgent: g.Severe != ""})
}

// reviewedIn closes the tasks that waited for the verdict on a reason.
func (room *Room) reviewedIn(ctx context.Context, w *act.Work, reason Reason) error {
	if reason.Kind != policy.TieGlass || reason.Verdict == Unclear {
		return nil
	}
	found, err := glasses.Select(ctx, w, "WHERE org = $1 AND reason = $2", reason.Org, reason.ID)
	if err != nil || len(found) == 0 {
		return err
	}
	g := found[0]
	g.Reviewed = w.Now()
	if err := glasses.Update(ctx, w, &g); err != nil {
		return err
	}
	if g.Severe != "" {
		return room.duty.DoneIn(ctx, w, GlassReview, reason.ID)
	}
	waiting, err := counted(ctx, w, "SELECT COUNT(*) FROM access_glass WHERE org = $1 AND task = $2 AND reviewed IS NULL", g.Org, g.Task)
	if err != nil || waiting > 0 {
		return err
	}
	return room.duty.DoneIn(ctx, w, GlassDigest, digestSubject(g))
}

func digestSubject(g Awaited) string {
	return g.Department + ":" + calendar.DateOf(g.ReviewBy).String()
}

// digest gathers what was broken before this morning, one task for each department
// and deadline. It runs within the clock, once the morning has come.
func (room *Room) digest(ctx context.Context) error {
	now := room.desk.Now()
	morning := calendar.DateOf(now).Start().Add(digestAt)
	if now.Before(morning) {
		return nil
	}
	for more := true; more; {
		more = false
		err := room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			more = false
			waiting, err := glasses.Select(ctx, w, "WHERE org = $1 AND reviewed IS NULL AND task = $2 AND since < $3 ORDER BY department, review_by, reason LIMIT 100", room.org, "", morning.UnixMicro())
			if err != nil || len(waiting) == 0 {
				return err
			}
			more = len(waiting) == 100
			return room.digestIn(ctx, w, waiting)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (room *Room) digestIn(ctx context.Context, w *act.Work, waiting []Awaited) error {
	tasks := map[string]string{}
	for _, g := range waiting {
		subject := digestSubject(g)
		if tasks[subject] == "" {
			open, err := duty.OpenAbout(ctx, w, g.Org, GlassDigest, subject)
			if err != nil {
				return err
			}
			if len(open) > 0 {
				tasks[subject] = open[0].ID
			} else {
				t, err := room.askReviewer(ctx, w, g, GlassDigest, subject)
				if err != nil {
					return err
				}
				tasks[subject] = t.ID
			}
		}
		g.Task = tasks[subject]
		if err := glasses.Update(ctx, w, &g); err != nil {
			return err
		}
	}
	w.Note("glass", itoa(len(waiting)))
	return nil
}
