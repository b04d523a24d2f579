package staff

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
)

// AddDepartment adds a unit of the organisation.
func (r *Room) AddDepartment(ctx context.Context, n NewDepartment) (Department, error) {
	if err := n.check(); err != nil {
		return Department{}, err
	}
	taken := errCodeTaken.With("code", n.Code)
	var added Department
	err := r.desk.Do(ctx, "staff.add-department", func(ctx context.Context, w *act.Work) error {
		added = Department{
			Org: w.Actor().Org, ID: id.New(w.Now()), Code: n.Code, NameZH: n.NameZH, NameEN: n.NameEN,
			Kind: n.Kind, Parent: n.Parent, Campus: n.Campus, Made: w.Now(),
		}
		if err := w.Permit(ctx, policy.Object{Kind: "Department", ID: added.ID, Org: added.Org}); err != nil {
			return err
		}
		_, found := departmentCoded(ctx, w, added.Org, n.Code)
		if err := mustBeFree(found, taken); err != nil {
			return err
		}
		if n.Parent != "" {
			if err := departmentExists(ctx, w, added.Org, n.Parent, "parent"); err != nil {
				return err
			}
		}
		return departments.Insert(ctx, w, &added)
	})
	if errors.Is(err, db.ErrExists) {
		return Department{}, taken
	}
	return added, err
}
