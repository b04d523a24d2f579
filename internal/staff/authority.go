package staff

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Authority says which department authorises a permission and which one carries it out
// . The newest that was agreed to holds; those before it are its history.
// It decides who may give rights, so its row is keyed.
type Authority struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Permission string    `db:"permission"` // as [Permissions] lists it
	Authorises string    `db:"authorises"` // id of a department, or [WherePatientLies]
	Implements string    `db:"implements"` // id of a department
	Apart      bool      `db:"apart"`      // neither a department nor a person does both
	Direct     bool      `db:"direct"`     // a role may be given without a request
	State      string    `db:"state"`
	Proposed   time.Time `db:"proposed"`
	ProposedBy string    `db:"proposed_by"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	MAC        []byte    `db:"mac"`
}

// States of what two persons change.
const (
	Proposed = "proposed"
	Agreed   = "agreed"
	Declined = "declined"
)

// WherePatientLies stands for the department of the patient whom a grant is about.
const WherePatientLies = "patient"

// Permission is one thing that can be given: a role by appointment, or a grant for a
// purpose.
type Permission struct {
	ID   string // role:attending, grant:research
	Name fault.Text
}

const (
	rolePrefix  = "role:"
	grantPrefix = "grant:"
)

// RolePermission is the id of the permission to hold a role.
func RolePermission(role string) string { return rolePrefix + role }

// GrantPermission is the id of the permission to hold grants for a purpose.
func GrantPermission(purpose string) string { return grantPrefix + purpose }

// Permissions returns everything that can be given to people: the roles of the catalogue,
// then the purposes of grants.
func Permissions() []Permission {
	var all []Permission
	for _, r := range policy.Roles() {
		if r.Person {
			all = append(all, Permission{RolePermission(r.ID), r.Name})
		}
	}
	for _, p := range policy.Purposes() {
		all = append(all, Permission{GrantPermission(p.ID), fault.Text{ZH: "授权：" + p.Name.ZH, EN: "grants for " + p.Name.EN}})
	}
	return all
}

// NewAuthority is what is proposed for one permission.
type NewAuthority struct {
	Permission, Authorises, Implements string
	Apart, Direct                      bool
}

func (n NewAuthority) check(e *fault.Error, at string) {
	if !slices.ContainsFunc(Permissions(), func(p Permission) bool { return p.ID == n.Permission }) {
		e.At(at+".permission", fault.Text{ZH: "不在权限目录中", EN: "is not in the catalogue of permissions"})
	}
	e.MustName(at+".authorises", n.Authorises, maxCode)
	e.MustName(at+".implements", n.Implements, maxCode)
	grant := strings.HasPrefix(n.Permission, grantPrefix)
	if n.Authorises == WherePatientLies && !grant {
		e.At(at+".authorises", fault.Text{ZH: "岗位没有患者所在科室，请写明科室", EN: "a role has no patient; name a department"})
	}
	if n.Direct && grant {
		e.At(at+".direct", fault.Text{ZH: "授权一律凭申请", EN: "grants are given upon requests only"})
	}
	if n.Apart && n.Authorises == n.Implements {
		e.At(at+".implements", fault.Text{ZH: "已要求分设，授权部门与实施部门不能相同", EN: "is to be apart from the authorising department, and is the same"})
	}
}

// named are the departments that must be known.
func (n NewAuthority) named() []string {
	if n.Authorises == WherePatientLies {
		return []string{n.Implements}
	}
	return []string{n.Authorises, n.Implements}
}
