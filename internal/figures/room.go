package figures

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Options are what the room is made of.
type Options struct {
	Door     *act.Door
	Patients *patient.Room
	Ledger   *ledger.Ledger
	Org      string // about which the live checks ask
	// Count counts a page of patients against the quota of whoever asked (D-047).
	Count func(ctx context.Context, patients []string) error
}

// Room answers with numbers.
type Room struct {
	desk     *act.Desk
	patients *patient.Room
	ledger   *ledger.Ledger
	org      string
	count    func(ctx context.Context, patients []string) error
}

// New returns the room.
func New(o Options) *Room {
	return &Room{desk: o.Door.Desk("figures"), patients: o.Patients, ledger: o.Ledger, org: o.Org, count: o.Count}
}

// Shown is a table with the names of its departments.
type Shown struct {
	Table
	Departments map[string]fault.Text
}

// earliest is the first year about which anything is asked.
const earliest = 1990

// View discloses a year of a measure, with small numbers hidden.
func (room *Room) View(ctx context.Context, measure string, of int) (Shown, error) {
	m, known := measureOf(measure)
	e := errInput.With()
	if !known {
		e = e.At("measure", fault.Text{ZH: "请选择列出的统计项目", EN: "choose one of the measures"})
	}
	if of < earliest || of > room.desk.Now().In(calendar.Zone).Year() {
		e = e.At("year", fault.Text{ZH: "请选择 1990 年至今年", EN: "choose a year from 1990 to this one"})
	}
	if err := e.OrNil(); err != nil {
		return Shown{}, err
	}
	var out Shown
	err := room.desk.Disclose(ctx, "figures.view", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		counted, err := countYear(ctx, r, org, m, of)
		if err != nil {
			return err
		}
		out.Table = tableOf(counted)
		out.Measure, out.Year = m.ID, of
		out.hide()
		r.Note("measure", m.ID)
		departments := make([]string, len(out.Rows))
		for i, row := range out.Rows {
			departments[i] = row.Department
		}
		out.Departments, err = staff.DepartmentNames(ctx, r, org, departments)
		return err
	})
	return out, err
}

// Place is a cell of a table. Month is from 1.
type Place struct {
	Measure    string
	Year       int
	Month      int
	Department string
}

// place is where a page of encounters ended.
type place struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

// Event is an encounter behind a number.
type Event struct {
	Encounter, Patient string
	Name               string // masked
	At                 time.Time
}

// Open discloses who is behind a number, the newest first: those whom a grant opens to
// the actor. Without any it is refused, and the refusal says how to ask for one.
func (room *Room) Open(ctx context.Context, cell Place, cursor string, limit int) (page web.Page[Event], err error) {
	after := place{At: math.MaxInt64}
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	m, known := measureOf(cell.Measure)
	if !known || cell.Month < 1 || cell.Month > months || cell.Year < earliest {
		return page, act.ErrAbsent.With()
	}
	limit = web.Bounded(limit)
	var shown []string
	err = room.desk.Disclose(ctx, "figures.open", func(ctx context.Context, r *act.Reading) error {
		org := r.Actor().Org
		if err := r.Permit(ctx, policy.Object{Kind: "House", ID: org, Org: org}); err != nil {
			return err
		}
		found, err := eventsOf(ctx, r, org, m, cell, after, limit+1)
		if err != nil {
			return err
		}
		all, err := web.PageOf(found, limit, func(x event) place { return place{x.at, x.encounter} })
		if err != nil {
			return err
		}
		page, shown, err = room.opened(ctx, r, cell, all)
		return err
	})
	if err != nil || len(shown) == 0 {
		return page, err
	}
	if err := room.count(ctx, shown); err != nil {
		return web.Page[Event]{}, err
	}
	return page, nil
}

// opened are those of a page whom the actor may open, and their patients.
func (room *Room) opened(ctx context.Context, r *act.Reading, cell Place, all web.Page[event]) (web.Page[Event], []string, error) {
	page := web.Page[Event]{Items: []Event{}, Next: all.Next}
	wanted := make([]string, len(all.Items))
	for i, x := range all.Items {
		wanted[i] = x.patient
	}
	wanted = slices.Compact(slices.Sorted(slices.Values(wanted)))
	known, err := room.patients.FindAll(ctx, r, r.Actor().Org, wanted)
	if err != nil || len(all.Items) == 0 {
		return page, nil, err
	}
	objects := make([]policy.Object, len(all.Items))
	for i, x := range all.Items {
		objects[i] = known[x.patient].Object
		objects[i].Encounter, objects[i].Department = x.encounter, cell.Department
		for _, e := range known[x.patient].Encounters {
			if e.ID == x.encounter {
				objects[i].Sensitivity = max(objects[i].Sensitivity, e.Level)
			}
		}
	}
	allowed, err := r.PermitEach(ctx, objects)
	if err != nil {
		return page, nil, err
	}
	if !slices.Contains(allowed, true) {
		department := policy.Object{Kind: "Department", ID: cell.Department, Org: r.Actor().Org, Department: cell.Department}
		return page, nil, r.Permit(ctx, department)
	}
	var shown []string
	for i, x := range all.Items {
		if allowed[i] {
			page.Items = append(page.Items, Event{Encounter: x.encounter, Patient: x.patient, At: time.UnixMicro(x.at).UTC()})
			shown = append(shown, x.patient)
		}
	}
	shown = slices.Compact(slices.Sorted(slices.Values(shown)))
	names, err := room.patients.Called(ctx, r, r.Actor().Org, shown)
	for i := range page.Items {
		page.Items[i].Name = names[page.Items[i].Patient]
	}
	return page, shown, err
}
