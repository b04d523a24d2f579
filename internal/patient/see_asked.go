package patient

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// Shown is a requisition as a list shows it.
type Shown struct {
	Requisition
	Called      string // masked name of the patient
	Performers  []Performer
	Departments map[string]fault.Text
	Names       map[string]staff.Name
}

// AskedQuery asks for a page of requisitions, the newest first: of a patient, or,
// when none is given, those that wait for the actor or his departments.
type AskedQuery struct {
	Patient string
	Cursor  string
	Limit   int // see [web.Bounded]
}

// AskedOf discloses requisitions.
func (room *Room) AskedOf(ctx context.Context, q AskedQuery) (page web.Page[Shown], err error) {
	after := ""
	if _, err := web.DecodeCursor(q.Cursor, &after); err != nil {
		return page, err
	}
	limit := web.Bounded(q.Limit)
	err = room.desk.Disclose(ctx, "patient.see-asked", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		o := policy.Object{Kind: "House", ID: org, Org: org}
		if q.Patient != "" {
			known, err := room.Find(ctx, r, org, q.Patient)
			if err != nil {
				return err
			}
			o = known.Object
		}
		if err := r.Permit(ctx, o); err != nil {
			return err
		}
		found, err := room.askedRows(ctx, r, q.Patient, after, limit+1)
		if err != nil {
			return err
		}
		rows, err := web.PageOf(found, limit, func(one Requisition) string { return one.ID })
		if err != nil {
			return err
		}
		page = web.Page[Shown]{Items: make([]Shown, len(rows.Items)), Next: rows.Next}
		return room.nameAsked(ctx, r, rows.Items, page.Items)
	})
	return page, err
}

func (room *Room) askedRows(ctx context.Context, r *act.Reading, patient, after string, limit int) ([]Requisition, error) {
	args := []any{r.Actor().Org}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	where := "WHERE org = $1"
	if patient != "" {
		where += " AND patient = " + arg(patient)
	} else {
		where += " AND until > " + arg(r.Now().UnixMicro()) + " AND closed IS NULL AND (id IN (SELECT requisition FROM patient_performer WHERE org = " +
			arg(r.Actor().Org) + " AND person = " + arg(r.Actor().ID) + ")"
		if departments := r.Actor().Departments; len(departments) > 0 {
			places := make([]string, len(departments))
			for i, d := range departments {
				places[i] = arg(d)
			}
			where += " OR department IN (" + strings.Join(places, ", ") + ")"
		}
		where += ")"
	}
	if after != "" {
		where += " AND id < " + arg(after)
	}
	where += " ORDER BY id DESC LIMIT " + arg(int64(limit))
	return requisitions.Select(ctx, r, where, args...)
}

// nameAsked says who is meant by requisitions. A patient is called by his masked
// name: whoever may open him does so from there.
func (room *Room) nameAsked(ctx context.Context, r *act.Reading, found []Requisition, into []Shown) error {
	if len(found) == 0 {
		return nil
	}
	org := r.Actor().Org
	var patientIDs, people, departments []string
	for n, q := range found {
		called, err := performers.Select(ctx, r, calledFor, org, q.ID)
		if err != nil {
			return err
		}
		into[n] = Shown{Requisition: q, Performers: called}
		patientIDs, people, departments = append(patientIDs, q.Patient), append(people, q.AskedBy), append(departments, q.Department)
		for _, p := range called {
			people = append(people, p.Person)
		}
		r.Concerns(policy.Object{Kind: "Patient", ID: q.Patient, Patient: q.Patient})
	}
	slices.Sort(patientIDs)
	masked, err := room.Called(ctx, r, org, slices.Compact(patientIDs))
	if err != nil {
		return err
	}
	names, err := staff.Names(ctx, r, org, people, r.Now())
	if err != nil {
		return err
	}
	called, err := staff.DepartmentNames(ctx, r, org, departments)
	if err != nil {
		return err
	}
	for n := range into {
		into[n].Called, into[n].Names, into[n].Departments = masked[into[n].Patient], names, called
	}
	return nil
}
