package feed

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// deliverStaff adds departments or people that are not here. Of those who are, nothing is
// changed: what is said otherwise is for a person.
func (g *reading) deliverStaff(ctx context.Context, some []Change) (taken []Change, told []Problem, err error) {
	for _, c := range some {
		add := g.department
		if g.shape.ID == People {
			add = g.person
		}
		field, err := add(ctx, c.Item)
		switch {
		case isAnswer(err):
			told = append(told, Problem{Line: c.Line, Rule: RuleRefused, Field: fieldOf(err), Key: g.shape.keyOf(c.Item)})
			continue
		case err != nil:
			return nil, nil, err
		case field != "":
			told = append(told, Problem{Line: c.Line, Rule: RuleDiffers, Field: field, Key: g.shape.keyOf(c.Item)})
		}
		taken = append(taken, c)
	}
	return taken, told, nil
}

// isAnswer reports whether an error says something about a row, rather than that the
// machinery failed.
func isAnswer(err error) bool {
	if err == nil {
		return false
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Refused, fault.Conflict:
		return true
	case fault.Unauthenticated, fault.NotFound, fault.TooLarge, fault.TooMany, fault.Unavailable, fault.Internal:
	}
	return false
}

func fieldOf(err error) string {
	if fields := fault.From(err).Fields; len(fields) > 0 {
		return fields[0].Path
	}
	return ""
}

// department adds a department, and names a field of which it is known otherwise.
func (g *reading) department(ctx context.Context, item Item) (differs string, err error) {
	var d staff.Department
	known := false
	err = g.room.desk.Look(ctx, func(r db.Reader) (err error) {
		d, known, err = staff.FindDepartment(ctx, r, g.v.Org, item.Values["code"])
		return err
	})
	if err != nil {
		return "", err
	}
	if known {
		return item.differs(map[string]string{"nameZh": d.NameZH, "nameEn": d.NameEN, "kind": string(d.Kind), "campus": d.Campus}), nil
	}
	v := item.Values
	_, err = g.room.staff.AddDepartment(ctx, staff.NewDepartment{
		Code: v["code"], NameZH: v["nameZh"], NameEN: v["nameEn"], Kind: staff.DepartmentKind(v["kind"]), Campus: v["campus"],
	})
	return "", err
}

// person adds a person, without an appointment: what somebody may do is given by people.
func (g *reading) person(ctx context.Context, item Item) (differs string, err error) {
	var p staff.Person
	err = g.room.desk.Look(ctx, func(r db.Reader) (err error) {
		p, err = staff.FindByNumber(ctx, r, g.v.Org, item.Values["number"])
		return err
	})
	if err == nil {
		return item.differs(map[string]string{"nameZh": p.NameZH, "nameEn": p.NameEN, "category": string(p.Category)}), nil
	}
	if !errors.Is(err, staff.ErrNoPerson) {
		return "", err
	}
	v := item.Values
	_, err = g.room.staff.AddPerson(ctx, staff.NewPerson{
		Number: v["number"], NameZH: v["nameZh"], NameEN: v["nameEn"], Category: staff.Category(v["category"]), Phone: v["phone"],
	})
	return "", err
}

// differs names a field of which something is known otherwise; what the source does not
// say is no difference.
func (i Item) differs(known map[string]string) string {
	for _, id := range []string{"nameZh", "nameEn", "kind", "category", "campus"} {
		if ours, there := known[id]; there && i.Values[id] != "" && i.Values[id] != ours {
			return id
		}
	}
	return ""
}
