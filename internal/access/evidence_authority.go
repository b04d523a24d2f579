package access

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) authorityChecks() []evidence.Check {
	return []evidence.Check{
		{
			ID: "access.rights-approved", Demands: []string{"D-045"},
			Title: fault.Text{ZH: "没有人持有未经批准的权限", EN: "Nobody holds rights that were not approved"}, Run: room.rightsApproved,
		},
		{
			ID: "access.grants-by-authority", Demands: []string{"A-114"},
			Title: fault.Text{ZH: "现行授权都由登记的授权部门负责", EN: "Every live grant belongs to a recorded authorising department"}, Run: room.grantsByAuthority,
		},
		{
			ID: "access.carried-by-another", Demands: []string{"A-168"},
			Title: fault.Text{ZH: "批准人与实施人不是同一人", EN: "Nobody carried out what he had approved"}, Run: room.carriedByAnother,
		},
	}
}

// twoYes is how many must have approved a role before it is carried out: the head of the
// department, and the authorising department.
const twoYes = 2

// rightsApproved counts the people who hold something that no head and no office approved.
// What the house, a feed or a stay with its sponsor brought stands upon those.
func (room *Room) rightsApproved(ctx context.Context) (evidence.Finding, error) {
	holders, bad := map[string]bool{}, map[string]bool{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		clear(holders)
		clear(bad)
		live, err := staff.LiveBases(ctx, r, room.org, room.desk.Now())
		if err != nil {
			return err
		}
		granted, err := vouched(ctx, r, room.org)
		if err != nil {
			return err
		}
		for _, b := range live {
			holders[b.Person] = true
			if !founded(b, granted) {
				bad[b.Person] = true
			}
		}
		unsaid, err := grants.Select(ctx, r, `WHERE org = $1 AND state = $2 AND NOT EXISTS (
			SELECT 1 FROM access_vote v WHERE v.org = access_grant.org AND v.request = access_grant.request AND v.person <> access_grant.person AND v.person <> access_grant.requester)`, room.org, Live)
		for _, g := range unsaid {
			bad[g.Person] = true
		}
		return err
	})
	return found(len(bad), len(holders), fault.Text{ZH: "有权限的人员", EN: "people with rights"}), err
}

// founded reports whether an appointment stands upon what is enough for it.
func founded(b staff.Based, granted map[string][]Vote) bool {
	switch b.Basis.Kind {
	case staff.UponRequest:
		said := slices.DeleteFunc(people(granted[b.Basis.Reference]), func(p string) bool { return p == b.Person || p == b.Basis.By })
		return len(said) >= twoYes
	case staff.UponStay, staff.UponFeed, staff.UponFirstStart:
		return true
	}
	return false
}

func (room *Room) grantsByAuthority(ctx context.Context) (evidence.Finding, error) {
	none, all := 0, 0
	byDepartment := map[string]int{}
	names := map[string]fault.Text{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		none, all = 0, 0
		clear(byDepartment)
		held, err := staff.AuthoritiesInForce(ctx, r, room.org)
		if err != nil {
			return err
		}
		live, err := grants.Select(ctx, r, "WHERE org = $1 AND state = $2", room.org, Live)
		if err != nil {
			return err
		}
		for _, g := range live {
			all++
			a, recorded := held[staff.GrantPermission(g.Scope.Purpose)]
			if !recorded {
				none++
				continue
			}
			department := a.Authorises
			if department == staff.WherePatientLies {
				department = g.Department
			}
			byDepartment[department]++
		}
		for department := range byDepartment {
			d, _, err := staff.DepartmentOf(ctx, r, room.org, department)
			if err != nil {
				return err
			}
			names[department] = fault.Text{ZH: d.NameZH, EN: d.NameEN}
		}
		return nil
	})
	f := found(none, all, fault.Text{ZH: "现行授权", EN: "live grants"})
	var zh, en []string
	for department, n := range byDepartment {
		zh, en = append(zh, fmt.Sprintf("%s %d", names[department].ZH, n)), append(en, fmt.Sprintf("%s %d", names[department].EN, n))
	}
	if len(zh) > 0 {
		slices.Sort(zh)
		slices.Sort(en)
		f.Detail.ZH += "；" + strings.Join(zh, "，")
		f.Detail.EN += "; " + strings.Join(en, ", ")
	}
	return f, err
}

// carriedByAnother looks for whoever approved a role or a grant and carried it out too.
func (room *Room) carriedByAnother(ctx context.Context) (evidence.Finding, error) {
	same, all, apart := 0, 0, 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		same, all, apart = 0, 0, 0
		held, err := staff.AuthoritiesInForce(ctx, r, room.org)
		if err != nil {
			return err
		}
		for _, a := range held {
			if a.Apart {
				apart++
			}
		}
		given, err := carriedOut(ctx, r, room.org)
		if err != nil {
			return err
		}
		for _, q := range given {
			said, err := votesOn(ctx, r, q.Org, q.ID)
			if err != nil {
				return err
			}
			last := len(q.Steps) - 1
			carrier := slices.IndexFunc(said, func(v Vote) bool { return v.Step == last })
			all++
			if carrier < 0 || slices.ContainsFunc(said, func(v Vote) bool { return v.Step != last && v.Person == said[carrier].Person }) {
				same++
			}
		}
		return nil
	})
	f := found(same, all, fault.Text{ZH: "经实施部门办理的权限", EN: "rights that an implementing department gave"})
	f.Detail.ZH += fmt.Sprintf("；%d 项权限要求授权与实施分设", apart)
	f.Detail.EN += fmt.Sprintf("; %d permissions are configured apart", apart)
	return f, err
}

// carriedOut are the approved requests, of both kinds, whose last step was to carry out.
func carriedOut(ctx context.Context, r db.Reader, org string) ([]Request, error) {
	roles, err := roleRequests.Select(ctx, r, "WHERE org = $1 AND state = $2", org, Approved)
	if err != nil {
		return nil, err
	}
	all, err := requests.Select(ctx, r, "WHERE org = $1 AND state = $2", org, Approved)
	for _, q := range roles {
		all = append(all, q.asked())
	}
	return slices.DeleteFunc(all, func(q Request) bool { return !q.Steps[len(q.Steps)-1].Carries }), err
}
