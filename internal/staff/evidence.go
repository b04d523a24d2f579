package staff

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
)

// Checks are the live checks of the room.
func (r *Room) Checks() []evidence.Check {
	return append([]evidence.Check{
		{
			ID: "staff.appointments-end", Demands: []string{"A-075", "C-024"},
			Title: fault.Text{ZH: "没有无截止日期或超过五年的任命", EN: "No appointment without an end, or longer than five years"},
			Run: r.none("SELECT COUNT(*) FROM staff_appointment WHERE until IS NULL OR until - since > $1", "SELECT COUNT(*) FROM staff_appointment",
				LongestTerm.Microseconds()),
		},
		{
			ID: "staff.people-with-category", Demands: []string{"A-075"},
			Title: fault.Text{ZH: "每个人员都有类别", EN: "Everybody has a category"},
			Run:   r.none("SELECT COUNT(*) FROM staff_person WHERE category = $1", "SELECT COUNT(*) FROM staff_person", ""),
		},
		{
			ID: "staff.appointments-of-known-people", Demands: []string{"B-103", "D-043"},
			Title: fault.Text{ZH: "每项任命都属于在册人员", EN: "Every appointment is of somebody on the books"},
			Run: r.none(`SELECT COUNT(*) FROM staff_appointment a WHERE NOT EXISTS (
				SELECT 1 FROM staff_person p WHERE p.org = a.org AND p.id = a.person)`, "SELECT COUNT(*) FROM staff_appointment"),
		},
	}, append(r.lifecycleChecks(), r.authorityChecks()...)...)
}

// none is met when a question counts nothing.
func (r *Room) none(bad, all string, args ...any) func(context.Context) (evidence.Finding, error) {
	return func(ctx context.Context) (evidence.Finding, error) {
		var broken, total int
		err := r.desk.Look(ctx, func(v db.Reader) (err error) {
			if broken, err = count(ctx, v, bad, args...); err != nil {
				return err
			}
			total, err = count(ctx, v, all)
			return err
		})
		if err != nil {
			return evidence.Finding{}, err
		}
		f := evidence.Finding{
			Verdict: evidence.Met, Figure: fmt.Sprintf("%d / %d", broken, total),
			Detail: fault.Text{ZH: fmt.Sprintf("共 %d 条，不符合 %d 条", total, broken), EN: fmt.Sprintf("%d of %d do not fit", broken, total)},
		}
		if broken > 0 {
			f.Verdict = evidence.NotMet
		}
		return f, nil
	}
}
