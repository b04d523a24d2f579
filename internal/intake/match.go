package intake

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Unassigned is the department of an encounter whose own is not known here. No
// rule gives anybody anything on its account.
const Unassigned = "unassigned"

// roster remembers which of our people and departments foreign names mean, for
// the time of a run.
type roster struct {
	mu          sync.Mutex
	people      map[string]string
	departments map[string]string
}

// person returns who of the staff is meant by a staff number or names: somebody
// only when exactly one is.
func (r *run) person(ctx context.Context, numbers, names []string) (string, error) {
	return r.remembered(ctx, &r.roster.people, strings.Join(numbers, "\x00")+"\x01"+strings.Join(names, "\x00"), func(reader db.Reader) ([]string, error) {
		var found []string
		for _, n := range worded(numbers) {
			p, err := staff.FindByNumber(ctx, reader, r.org, n)
			if err == nil {
				found = append(found, p.ID)
			} else if fault.KindOf(err) != fault.NotFound {
				return nil, err
			}
		}
		if len(found) > 0 {
			return found, nil
		}
		for _, n := range worded(names) {
			people, err := staff.FindByName(ctx, reader, r.org, n)
			if err != nil {
				return nil, err
			}
			for _, p := range people {
				found = append(found, p.ID)
			}
		}
		return found, nil
	})
}

// department returns which department is meant by a code or a name, or "".
func (r *run) department(ctx context.Context, called ...string) (string, error) {
	return r.remembered(ctx, &r.roster.departments, strings.Join(called, "\x00"), func(reader db.Reader) ([]string, error) {
		for _, c := range worded(called) {
			d, known, err := staff.FindDepartment(ctx, reader, r.org, c)
			if err != nil {
				return nil, err
			}
			if known {
				return []string{d.ID}, nil
			}
			named, err := staff.FindDepartmentByName(ctx, reader, r.org, c)
			if err != nil {
				return nil, err
			}
			if len(named) == 1 {
				return []string{named[0].ID}, nil
			}
		}
		return nil, nil
	})
}

func (r *run) remembered(ctx context.Context, in *map[string]string, key string, find func(db.Reader) ([]string, error)) (string, error) {
	r.roster.mu.Lock()
	defer r.roster.mu.Unlock()
	if id, known := (*in)[key]; known {
		return id, nil
	}
	var meant []string
	err := r.room.look(ctx, func(reader db.Reader) (err error) {
		meant, err = find(reader)
		return err
	})
	if err != nil {
		return "", err
	}
	meant = slices.Compact(slices.Sorted(slices.Values(meant)))
	id := ""
	if len(meant) == 1 {
		id = meant[0]
	}
	if *in == nil {
		*in = map[string]string{}
	}
	(*in)[key] = id
	return id, nil
}

func worded(words []string) []string {
	var some []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" && len(w) <= 200 {
			some = append(some, w)
		}
	}
	return some
}

// filled leaves out what is empty.
func filled(texts []string) []string {
	var some []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			some = append(some, t)
		}
	}
	return some
}
