package staff

import (
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// incompatible are the pairs of roles that one person must not hold at the same
// time, not for a day and not as a deputy: each of them could hide what the other
// would find.
var incompatible = [][2]string{
	{"system-administrator", "network-administrator"},
	{"system-administrator", "security-administrator"},
	{"system-administrator", "auditor"},
	{"system-administrator", "dba"},
	{"network-administrator", "security-administrator"},
	{"network-administrator", "auditor"},
	{"network-administrator", "dba"},
	{"security-administrator", "auditor"},
	{"security-administrator", "dba"},
	{"auditor", "dba"},
	{"vendor-engineer", "auditor"},
	{"vendor-engineer", "security-administrator"},
	{"vendor-engineer", "dba"},
}

// Incompatible returns the pairs of roles that nobody holds together.
func Incompatible() [][2]string { return append([][2]string(nil), incompatible...) }

func compatible(a, b string) bool {
	for _, pair := range incompatible {
		if pair == [2]string{a, b} || pair == [2]string{b, a} {
			return false
		}
	}
	return true
}

// mustNotConflict refuses an appointment whose time meets that of another which
// the same person must not hold beside it.
func mustNotConflict(made Appointment, held []Appointment) error {
	for _, a := range held {
		meet := a.Since.Before(made.End()) && made.Since.Before(a.End())
		if meet && !compatible(made.Role, a.Role) {
			return conflict(a.Role)
		}
	}
	return nil
}

func conflict(other string) error {
	name := fault.Text{ZH: other, EN: other}
	for _, r := range policy.Roles() {
		if r.ID == other {
			name = r.Name
		}
	}
	return errConflict.With().At("role", fault.Text{ZH: "与“" + name.ZH + "”不能兼任", EN: "must not be held together with " + name.EN})
}
