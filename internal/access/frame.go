package access

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Frame is the outermost of what the people of a department may be granted. What
// is empty or 0 restricts nothing. A department without a frame has that of the nearest one
// above it, and else that of the house, which names no department. It decides what may be
// granted, so its row is keyed.
type Frame struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Department string    `db:"department"` // whose people; empty: the house's
	Verbs      []string  `db:"verbs,json"`
	Purposes   []string  `db:"purposes,json"`
	Forms      []string  `db:"forms,json"`  // kinds of document, by their codes
	Places     []string  `db:"places,json"` // departments of the patients
	Roles      []string  `db:"roles,json"`  // that may be held in the department
	Level      int       `db:"level"`       // highest level of what may be read
	Days       int       `db:"days"`        // longest grant, its extensions with it
	RoleDays   int       `db:"role_days"`   // longest appointment
	Since      time.Time `db:"since"`
	State      string    `db:"state"`
	Proposed   time.Time `db:"proposed"`
	ProposedBy string    `db:"proposed_by"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	MAC        []byte    `db:"mac"`
}

// Limits of a frame, as a request that goes beyond them is told.
const (
	BeyondVerbs    = "verbs"
	BeyondPurpose  = "purpose"
	BeyondForms    = "forms"
	BeyondPlaces   = "department"
	BeyondLevel    = "level"
	BeyondDays     = "until"
	BeyondRole     = "role"
	BeyondRoleDays = "roleUntil"
)

// NewFrame is what is proposed for a department.
type NewFrame struct {
	Department                            string
	Verbs, Purposes, Forms, Places, Roles []string
	Level, Days, RoleDays                 int
	Since                                 time.Time // when it is agreed to, when zero
}

const (
	longestFrame = 3660 // days
	highestLevel = 5
	longestID    = 40 // characters
)

func (n NewFrame) check(verbs []string, now time.Time) error {
	e := errGrantInput.With()
	known := func(field string, wanted, all []string) {
		for _, one := range wanted {
			if !slices.Contains(all, one) {
				e.At(field, fault.Text{ZH: "“" + one + "”不在目录中", EN: one + " is not in the catalogue"})
			}
		}
	}
	known("verbs", n.Verbs, verbs)
	var purposes, roles []string
	for _, p := range policy.Purposes() {
		purposes = append(purposes, p.ID)
	}
	for _, r := range policy.Roles() {
		if r.Person {
			roles = append(roles, r.ID)
		}
	}
	known("purposes", n.Purposes, purposes)
	known("roles", n.Roles, roles)
	for field, list := range map[string][]string{"forms": n.Forms, "places": n.Places} {
		if len(list) > maxList {
			e.At(field, fault.Text{ZH: "最多 40 项", EN: "at most 40 of them"})
		}
		for _, one := range list {
			e.MustName(field, one, longestID)
		}
	}
	if n.Level < 0 || n.Level > highestLevel {
		e.At("level", fault.Text{ZH: "级别为 1 至 5，0 表示不限", EN: "a level is 1 to 5, or 0 for any"})
	}
	for field, days := range map[string]int{"days": n.Days, "roleDays": n.RoleDays} {
		if days < 0 || days > longestFrame {
			e.At(field, fault.Text{ZH: "天数为 1 至 3660，0 表示不限", EN: "days are 1 to 3660, or 0 for any"})
		}
	}
	if !n.Since.IsZero() && n.Since.Before(now) {
		e.At("since", fault.Text{ZH: "生效时间不能早于现在", EN: "takes effect no earlier than now"})
	}
	return e.OrNil()
}

// wish is a grant as it is held against a frame.
type wish struct {
	Scope
	place string    // the patient's department
	level int       // the patient's
	from  time.Time // since when the person would have it
}

// beyond are the limits of a frame that a grant passes.
func (f Frame) beyond(g wish) []string {
	var over []string
	passes := func(limit string, yes bool) {
		if yes {
			over = append(over, limit)
		}
	}
	outside := func(all []string, one string) bool { return len(all) > 0 && !slices.Contains(all, one) }
	passes(BeyondVerbs, slices.ContainsFunc(g.Verbs, func(v string) bool { return outside(f.Verbs, v) }))
	passes(BeyondPurpose, outside(f.Purposes, g.Purpose))
	passes(BeyondForms, len(f.Forms) > 0 && len(g.Forms) == 0 || slices.ContainsFunc(g.Forms, func(form string) bool { return outside(f.Forms, form) }))
	passes(BeyondPlaces, outside(f.Places, g.place))
	passes(BeyondLevel, f.Level > 0 && max(g.level, g.Level) > f.Level)
	passes(BeyondDays, f.Days > 0 && g.Until.Sub(g.from) > time.Duration(f.Days)*day)
	return over
}

// beyondRole are the limits of a frame that an appointment passes.
func (f Frame) beyondRole(role string, since, until time.Time) []string {
	var over []string
	if len(f.Roles) > 0 && !slices.Contains(f.Roles, role) {
		over = append(over, BeyondRole)
	}
	if f.RoleDays > 0 && until.Sub(since) > time.Duration(f.RoleDays)*day {
		over = append(over, BeyondRoleDays)
	}
	return over
}

// refusal names the limits that were passed.
func (f Frame) refusal(over []string) error {
	e := errBeyondFrame.With()
	for _, limit := range over {
		e.At(fieldOf(limit), f.says(limit))
	}
	return e
}

// fieldOf is where in a request a limit is passed.
func fieldOf(limit string) string {
	if limit == BeyondRoleDays {
		return BeyondDays
	}
	return limit
}

func (f Frame) says(limit string) fault.Text {
	listed := func(zh, en string, all []string) fault.Text {
		return fault.Text{ZH: zh + strings.Join(all, "、"), EN: en + strings.Join(all, ", ")}
	}
	switch limit {
	case BeyondVerbs:
		return listed("科室权限范围内的操作只有：", "the frame of the department holds only ", f.Verbs)
	case BeyondPurpose:
		return listed("科室权限范围内的目的只有：", "the frame of the department is only for ", f.Purposes)
	case BeyondForms:
		return listed("请限定文书种类，科室权限范围内只有：", "name the kinds of document; the frame of the department holds only ", f.Forms)
	case BeyondPlaces:
		return fault.Text{ZH: "患者所在科室不在本科室权限范围内", EN: "the patient's department lies outside of the frame of the department"}
	case BeyondLevel:
		return fault.Text{ZH: "科室权限范围最高到 " + itoa(f.Level) + " 级", EN: "the frame of the department ends at level " + itoa(f.Level)}
	case BeyondDays:
		return fault.Text{ZH: "科室权限范围内的授权连同延期最长 " + itoa(f.Days) + " 天", EN: "in the frame of the department a grant with its extensions lasts at most " + itoa(f.Days) + " days"}
	case BeyondRole:
		return listed("科室权限范围内的岗位只有：", "the frame of the department holds only the roles ", f.Roles)
	}
	return fault.Text{ZH: "科室权限范围内的任职最长 " + itoa(f.RoleDays) + " 天", EN: "in the frame of the department a post lasts at most " + itoa(f.RoleDays) + " days"}
}
