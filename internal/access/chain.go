package access

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Chain is a version of who approves grants for a purpose, step by step.
type Chain struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Purpose string    `db:"purpose"`
	Version int       `db:"version"`
	Steps   []Step    `db:"steps,json"`
	Made    time.Time `db:"made"`
	By      string    `db:"made_by"`
	MAC     []byte    `db:"mac"`
}

// Step is one step of a chain: a person, or whoever holds a role somewhere, and
// those who stand in for them.
type Step struct {
	Person     string   `json:"person,omitempty"`
	Role       string   `json:"role,omitempty"`       // a role of policy, or head: who answers for the department
	Department string   `json:"department,omitempty"` // an id, or patient, or beneficiary; empty: anywhere
	All        bool     `json:"all,omitempty"`        // everybody must agree; else one is enough
	Limit      string   `json:"limit,omitempty"`      // as calendar.ParseLimit reads it; 2wd when empty
	Delegates  []string `json:"delegates,omitempty"`
	Carries    bool     `json:"carries,omitempty"`   // what was authorised is given on it, by the implementing department
	Exception  bool     `json:"exception,omitempty"` // further approval of what passes the frame of a department
}

// Words of a step that stand for something else.
const (
	headRole         = "head"
	ofPatient        = "patient"
	ofBeneficiary    = "beneficiary"
	maxSteps         = 5
	longestStep      = 20 // approvers of one step who are asked by name
	tasksPerApproval = 5
)

var usualLimit = calendar.Limit{N: 2, Unit: calendar.WorkingDays}

// usualChain is who approves where the organisation has not written otherwise.
func usualChain(purpose string) []Step {
	affairs := Step{Role: "medical-affairs"}
	switch purpose {
	case "care":
		return []Step{{Role: headRole, Department: ofPatient}}
	case "teaching", "research":
		return []Step{{Role: headRole, Department: ofBeneficiary}, affairs}
	}
	return []Step{affairs}
}

func (s Step) limit() calendar.Limit {
	if l, err := calendar.ParseLimit(s.Limit); err == nil && s.Limit != "" {
		return l
	}
	return usualLimit
}

func checkChain(purpose string, steps []Step) error {
	e := errGrantInput.With()
	if !slices.ContainsFunc(policy.Purposes(), func(p policy.Purpose) bool { return p.ID == purpose }) {
		e = e.At("purpose", fault.Text{ZH: "请从目的目录中选择", EN: "choose a purpose of the list"})
	}
	if len(steps) == 0 || len(steps) > maxSteps {
		e = e.At("steps", fault.Text{ZH: "审批链应有 1 至 5 步", EN: "a chain has 1 to 5 steps"})
	}
	for i, s := range steps {
		at := "steps[" + itoa(i) + "]"
		knownRole := s.Role == headRole || slices.ContainsFunc(policy.Roles(), func(r policy.Role) bool { return r.Person && r.ID == s.Role })
		switch {
		case s.Exception:
			e = e.At(at+".exception", fault.Text{ZH: "例外审批步骤由科室权限范围决定", EN: "follows from the frames of departments, not from a chain"})
		case s.Carries:
			e = e.At(at+".carries", fault.Text{ZH: "实施步骤由授权分工决定", EN: "follows from the authorities, not from a chain"})
		case (s.Person == "") == (s.Role == ""):
			e = e.At(at, fault.Text{ZH: "每步写明一个人，或者一个角色", EN: "each step names a person, or a role"})
		case s.Role != "" && !knownRole:
			e = e.At(at+".role", fault.Text{ZH: "不在角色目录中", EN: "is not in the catalogue of roles"})
		case s.Role == headRole && s.Department == "":
			e = e.At(at+".department", fault.Text{ZH: "请写明是哪个科室的负责人", EN: "say whose head"})
		}
		if s.Limit != "" {
			if _, err := calendar.ParseLimit(s.Limit); err != nil {
				e = e.At(at+".limit", fault.Text{ZH: "时限写作 2wd、24h 等", EN: "a limit is written 2wd, 24h and so on"})
			}
		}
	}
	return e.OrNil()
}

// chainFor returns the newest chain for a purpose, and its id; the usual one where
// none was written.
func chainFor(ctx context.Context, r db.Reader, org, purpose string) (string, []Step, error) {
	found, err := chains.Select(ctx, r, "WHERE org = $1 AND purpose = $2 ORDER BY version DESC LIMIT 1", org, purpose)
	if err != nil || len(found) == 0 {
		return "usual", usualChain(purpose), err
	}
	return found[0].ID, found[0].Steps, nil
}

// approvers returns who stands on a step of a request: those who hold it and their
// delegates, without whoever is related to the request.
func (room *Room) approvers(ctx context.Context, r db.Reader, q Request, s Step, at time.Time) (holders, delegates []string, err error) {
	holders, err = s.holders(ctx, r, q, at)
	if err != nil {
		return nil, nil, err
	}
	if len(holders) == 0 {
		if holders, err = duty.AdministratorsOnDuty(ctx, r, q.Org, at); err != nil {
			return nil, nil, err
		}
	}
	if holders, err = room.unrelated(ctx, r, q, holders, at); err != nil {
		return nil, nil, err
	}
	delegates, err = room.unrelated(ctx, r, q, slices.Clone(s.Delegates), at)
	return holders, delegates, err
}

func (s Step) holders(ctx context.Context, r db.Reader, q Request, at time.Time) ([]string, error) {
	if s.Person != "" {
		return []string{s.Person}, nil
	}
	department := s.Department
	switch department {
	case ofPatient:
		department = q.Department
	case ofBeneficiary:
		actor, err := staff.ActorOf(ctx, r, q.Org, q.Person, at)
		if err != nil {
			return nil, err
		}
		department = actor.Department
	}
	if s.Role == headRole {
		return duty.HeadsOf(ctx, r, q.Org, department, at)
	}
	held, err := staff.Holders(ctx, r, q.Org, department, s.Role, at, longestStep)
	var persons []string
	for _, a := range held {
		if !slices.Contains(persons, a.Person) {
			persons = append(persons, a.Person)
		}
	}
	return persons, err
}

// unrelated leaves those who are two persons with whoever asks and whoever benefits
// (A-141, E-148).
func (room *Room) unrelated(ctx context.Context, r db.Reader, q Request, people []string, at time.Time) ([]string, error) {
	bonds, err := room.bonds.Among(ctx, r, q.Org, at, append(slices.Clone(people), q.Requester, q.Person)...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(people, func(p string) bool { return !bonds.TwoPersons([]string{p}, []string{q.Requester, q.Person}, at) }), nil
}
