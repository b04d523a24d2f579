package sysaccount

import (
	"context"
	"slices"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// SetMapping keeps a new version of the mapping of a system's lists.
func (room *Room) SetMapping(ctx context.Context, source string, m Mapping) (int, error) {
	if err := room.desk.Begin(ctx, "sysaccount.map"); err != nil {
		return 0, err
	}
	if err := m.check(); err != nil {
		return 0, err
	}
	rev := 0
	err := room.house(ctx, "sysaccount.map", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := room.live(ctx, w, org, source); err != nil {
			return err
		}
		last, _, err := mappingOf(ctx, w, org, source)
		if err != nil {
			return err
		}
		rev = last.Rev + 1
		w.Note("source", source)
		return mappings.Insert(ctx, w, &mappingRow{Org: org, Source: source, Rev: rev, Mapping: m, By: w.Actor().ID, Made: w.Now()})
	})
	return rev, err
}

// RoleRuling says what one role of a system comes to.
type RoleRuling struct {
	Role  string `json:"role" maxLength:"200"`
	Ours  string `json:"ours,omitempty" maxLength:"40" doc:"id of a role; absent: anybody may have it"`
	Level int    `json:"level" minimum:"1" maximum:"5" doc:"of content that it opens"`
}

// maxRulings is how many roles are said at once.
const maxRulings = 200

// SetRoles says what roles of a system come to here, and compares its accounts anew.
func (room *Room) SetRoles(ctx context.Context, source string, rulings []RoleRuling) error {
	if err := room.desk.Begin(ctx, "sysaccount.map"); err != nil {
		return err
	}
	if err := checkRulings(rulings); err != nil {
		return err
	}
	org := act.From(ctx).Org
	err := room.house(ctx, "sysaccount.map", func(ctx context.Context, w *act.Work) error {
		if err := room.live(ctx, w, org, source); err != nil {
			return err
		}
		w.Note("source", source)
		known, err := rulesOf(ctx, w, org, source)
		if err != nil {
			return err
		}
		for _, r := range rulings {
			rule := RoleRule{Org: org, Source: source, Role: r.Role, Ours: r.Ours, Level: r.Level, By: w.Actor().ID, Set: w.Now()}
			if _, there := known[r.Role]; there {
				err = roleRules.Update(ctx, w, &rule)
			} else {
				err = roleRules.Insert(ctx, w, &rule)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return room.compare(ctx, org, source)
}

func checkRulings(rulings []RoleRuling) error {
	e := errInput.With()
	if len(rulings) == 0 || len(rulings) > maxRulings {
		e.At("roles", fault.Text{ZH: "每次 1 至 200 个角色", EN: "1 to 200 roles at once"})
	}
	named := map[string]bool{}
	for i, r := range rulings {
		path := "roles[" + strconv.Itoa(i) + "]"
		e.MustName(path+".role", r.Role, maxCell)
		if named[r.Role] {
			e.At(path+".role", fault.Text{ZH: "重复", EN: "stands there twice"})
		}
		named[r.Role] = true
		if r.Ours != "" && !slices.ContainsFunc(policy.Roles(), func(known policy.Role) bool { return known.Person && known.ID == r.Ours }) {
			e.At(path+".ours", fault.Text{ZH: "不在角色目录中", EN: "is not in the catalogue of roles"})
		}
		if r.Level < 1 || r.Level > 5 {
			e.At(path+".level", fault.Text{ZH: "级别为 1 至 5", EN: "a level is 1 to 5"})
		}
	}
	return e.OrNil()
}
