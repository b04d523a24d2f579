package staff

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Name is how a person is shown wherever somebody acts.
type Name struct {
	Number     string
	ZH         string
	EN         string
	Department fault.Text // of the live appointment begun last; empty when there is none
	Title      fault.Text
}

// namesAtOnce bounds the ids of one question.
const namesAtOnce = 200

// Names returns how people are shown at a moment. An id that is of nobody in the
// organisation is missing from the answer; where an appointment was forged, the
// posts are. While content is disclosed the names of a moment ago will do. Names
// give no power: never decide by them.
func Names(ctx context.Context, r db.Reader, org string, ids []string, at time.Time) (map[string]Name, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if reading, disclosing := r.(*act.Reading); disclosing {
		return act.Keep(reading, newBook).names(ctx, r, org, ids, at)
	}
	return readNames(ctx, r, org, ids, at)
}

func readNames(ctx context.Context, r db.Reader, org string, ids []string, at time.Time) (map[string]Name, error) {
	names := make(map[string]Name, len(ids))
	for some := range slices.Chunk(ids, namesAtOnce) {
		var found []Person
		var held []Appointment
		err := r.Together(ctx,
			func() (err error) {
				where, args := within("id", org, some)
				found, err = people.Select(ctx, r, where, args...)
				return err
			},
			func() (err error) {
				held, err = appointmentsOf(ctx, r, org, some...)
				if errors.Is(err, db.ErrForged) {
					return nil // somebody's name on a page must not keep others from reading it
				}
				return err
			},
		)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			names[p.ID] = Name{Number: p.Number, ZH: p.NameZH, EN: p.NameEN}
		}
		if err := addPosts(ctx, r, org, held, at, names); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// addPosts adds to names what of the appointments of their people is live.
func addPosts(ctx context.Context, r db.Reader, org string, held []Appointment, at time.Time, names map[string]Name) error {
	latest := map[string]Appointment{}
	for _, a := range held {
		if a.Live(at) {
			latest[a.Person] = a
		}
	}
	called, err := departmentNames(ctx, r, org, departmentsOf(held))
	if err != nil {
		return err
	}
	for person, a := range latest {
		if name, known := names[person]; known {
			name.Department, name.Title = called[a.Department], fault.Text{ZH: a.TitleZH, EN: a.TitleEN}
			names[person] = name
		}
	}
	return nil
}

// DepartmentNames returns what departments are called.
func DepartmentNames(ctx context.Context, r db.Reader, org string, ids []string) (map[string]fault.Text, error) {
	return departmentNames(ctx, r, org, slices.Compact(slices.Sorted(slices.Values(ids))))
}

func departmentNames(ctx context.Context, r db.Reader, org string, ids []string) (map[string]fault.Text, error) {
	called := make(map[string]fault.Text, len(ids))
	for some := range slices.Chunk(ids, namesAtOnce) {
		where, args := within("id", org, some)
		found, err := departments.Select(ctx, r, where, args...)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			called[d.ID] = fault.Text{ZH: d.NameZH, EN: d.NameEN}
		}
	}
	return called, nil
}

// Known returns which of some ids are of people of the organisation.
func Known(ctx context.Context, r db.Reader, org string, ids []string) (map[string]bool, error) {
	known := make(map[string]bool, len(ids))
	for some := range slices.Chunk(ids, namesAtOnce) {
		where, args := within("id", org, some)
		found, err := people.Select(ctx, r, where, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			known[p.ID] = true
		}
	}
	return known, nil
}
