package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Listed is a person of a list with the appointments that are live.
type Listed struct {
	Person
	Appointments []Appointment
}

// People is one page of a list of people.
type People struct {
	Items []Listed
	Next  string // staff number after which the next page begins; empty on the last
	Count int    // of all that match, up to the bound plus one; -1 after the first page
}

// ListPeople lists people by staff number, from after a number on.
func (r *Room) ListPeople(ctx context.Context, f PeopleFilter, after string, limit, countBound int) (People, error) {
	var page People
	err := r.desk.Disclose(ctx, "staff.list", func(ctx context.Context, v *act.Reading) error {
		page = People{Count: -1}
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := selectPeople(ctx, v, org, f, v.Now(), after, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = found[limit-1].Number
		}
		if page.Items, err = withLiveAppointments(ctx, v, org, found, v.Now()); err != nil || after != "" {
			return err
		}
		page.Count, err = countPeople(ctx, v, org, f, v.Now(), countBound)
		return err
	})
	return page, err
}

// ListDepartments lists every department by code: an organisation has few
// enough to choose from.
func (r *Room) ListDepartments(ctx context.Context) ([]Department, error) {
	var all []Department
	err := r.desk.Disclose(ctx, "staff.list", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		all, err = departments.Select(ctx, v, "WHERE org = $1 ORDER BY code LIMIT $2", org, int64(maxDepartments))
		return err
	})
	return all, err
}

const maxDepartments = 2000

func withLiveAppointments(ctx context.Context, r db.Reader, org string, found []Person, at time.Time) ([]Listed, error) {
	listed, ids := make([]Listed, len(found)), make([]string, len(found))
	for i, p := range found {
		listed[i].Person, ids[i] = p, p.ID
	}
	held, err := appointmentsOf(ctx, r, org, ids...)
	if err != nil {
		return nil, err
	}
	for _, a := range held {
		if a.Live(at) {
			i := slices.Index(ids, a.Person)
			listed[i].Appointments = append(listed[i].Appointments, a)
		}
	}
	return listed, nil
}
