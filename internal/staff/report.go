package staff

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Report is how many people did not fit on one day, by what did not fit. It
// never changes.
type Report struct {
	Org        string               `db:"org,key"`
	Day        string               `db:"day,key"` // as 2026-03-02, in China
	Governed   int                  `db:"governed"`
	Stays      map[StayKind]int     `db:"stays,json"`
	Mismatches map[MismatchKind]int `db:"mismatches,json"`
	Made       time.Time            `db:"made"`
}

var reports = db.Define[Report]("staff_report", db.AsFinal)

var china = time.FixedZone("UTC+8", 8*60*60)

func dayOf(at time.Time) string { return at.In(china).Format(time.DateOnly) }

// reportDay keeps the report of a day, once. It is worked out before the act, which
// only writes it down.
func (r *Room) reportDay(ctx context.Context, org string) error {
	var made Report
	kept := false
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		at := r.desk.Now()
		if kept, err = reported(ctx, v, org, dayOf(at)); err != nil || kept {
			return err
		}
		found, err := reconcile(ctx, v, org, at)
		if err != nil {
			return err
		}
		made = Report{Org: org, Day: dayOf(at), Governed: found.Governed, Stays: found.Stays, Mismatches: map[MismatchKind]int{}, Made: at}
		for _, m := range found.Mismatches {
			made.Mismatches[m.Kind]++
		}
		return nil
	})
	if err != nil || kept {
		return err
	}
	return r.desk.Do(ctx, "staff.remind", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		w.Note("day", made.Day)
		if kept, err := reported(ctx, w, org, made.Day); err != nil || kept {
			return err
		}
		return reports.Insert(ctx, w, &made)
	})
}

func reported(ctx context.Context, r db.Reader, org, day string) (bool, error) {
	found, err := reports.Select(ctx, r, "WHERE org = $1 AND day = $2", org, day)
	return len(found) > 0, err
}

// Reports lists the reports of some days, the newest first.
func (r *Room) Reports(ctx context.Context, limit int) ([]Report, error) {
	var found []Report
	err := r.desk.Disclose(ctx, "staff.reconcile", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err = reports.Select(ctx, v, "WHERE org = $1 ORDER BY day DESC LIMIT $2", org, int64(limit))
		return err
	})
	return found, err
}
