package access

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// Responsibility is what is signed for grants: the versions of the statement, and by
// department how many live grants were signed for and how often it was broken.
type Responsibility struct {
	Versions []Statement // the newest first
	Units    []Unit
}

// Unit is a department in the figures of responsibility.
type Unit struct {
	Name     fault.Text
	Grants   int // live
	Signed   int // of them
	Breaches int // people frozen within the last [breachWindow] while they held a grant
}

const breachWindow = 90 * day

// Responsibility discloses what is signed for grants, by department.
func (room *Room) Responsibility(ctx context.Context) (Responsibility, error) {
	var seen Responsibility
	err := room.desk.Disclose(ctx, "access.see-statements", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if seen.Versions, err = statements.Select(ctx, r, "WHERE org = $1 ORDER BY version DESC", org); err != nil {
			return err
		}
		seen.Units, err = units(ctx, r, org, r.Now())
		return err
	})
	return seen, err
}

func units(ctx context.Context, r db.Reader, org string, at time.Time) ([]Unit, error) {
	live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2 AND until > $3", org, Live, at.UnixMicro())
	if err != nil {
		return nil, err
	}
	frozen, err := freezes.Select(ctx, r, "WHERE org = $1 AND since > $2", org, at.Add(-breachWindow).UnixMicro())
	if err != nil {
		return nil, err
	}
	given, err := staff.Pledgers(ctx, r, org, responsibility)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, g := range live {
		people = append(people, g.Person)
	}
	for _, f := range frozen {
		people = append(people, f.Person)
	}
	names, err := namesOfAll(ctx, r, org, people, at)
	if err != nil {
		return nil, err
	}
	byName := map[fault.Text]*Unit{}
	unit := func(person string) *Unit {
		name := names[person].Department
		if byName[name] == nil {
			byName[name] = &Unit{Name: name}
		}
		return byName[name]
	}
	for _, g := range live {
		u := unit(g.Person)
		u.Grants++
		if slices.Contains(given[g.Request], g.Person) {
			u.Signed++
		}
	}
	for _, f := range frozen {
		held, err := grantsDuring(ctx, r, org, f.Person, f.Since)
		if err != nil {
			return nil, err
		}
		if len(held) > 0 {
			unit(f.Person).Breaches++
		}
	}
	var all []Unit
	for _, u := range slices.SortedFunc(maps.Values(byName), func(a, b *Unit) int { return cmp.Compare(a.Name.ZH, b.Name.ZH) }) {
		all = append(all, *u)
	}
	return all, nil
}

// namesOfAll asks for the names of any number of people.
func namesOfAll(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (map[string]staff.Name, error) {
	slices.Sort(people)
	all := map[string]staff.Name{}
	for some := range slices.Chunk(slices.Compact(people), 100) {
		names, err := staff.Names(ctx, r, org, some, at)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, names)
	}
	return all, nil
}
