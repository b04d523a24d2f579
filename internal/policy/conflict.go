package policy

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Conflict is a pair of posts that no person holds at the same time.
type Conflict struct {
	A, B string // ids of [Roles]
	Why  fault.Text
}

var conflicts = func() []Conflict {
	watches := fault.Text{ZH: "监督者不能同时是被监督者", EN: "who watches is not who is watched"}
	runs := fault.Text{ZH: "安全管理与系统、数据库运维相互独立", EN: "security and operation are independent of one another"}
	reads := fault.Text{ZH: "掌握系统或监督权限的人不接触病历内容", EN: "who runs or watches the house does not read records"}
	matrix := []Conflict{
		{"auditor", "system-administrator", watches},
		{"auditor", "dba", watches},
		{"auditor", "security-administrator", watches},
		{"auditor", "network-administrator", watches},
		{"security-administrator", "network-administrator", runs},
		{"security-administrator", "system-administrator", runs},
		{"security-administrator", "dba", runs},
	}
	for _, power := range []string{"auditor", "security-administrator", "system-administrator", "network-administrator", "dba"} {
		for _, reader := range []string{"resident", "attending", "chief", "nurse", "head-nurse", "pharmacist", "technician", "records-clerk", "medical-affairs", "quality", "researcher"} {
			matrix = append(matrix, Conflict{power, reader, reads})
		}
	}
	return matrix
}()

// Conflicts returns the matrix of posts that exclude one another.
func Conflicts() []Conflict { return slices.Clone(conflicts) }

// ConflictsAmong returns the pairs of a matrix that are all among some roles.
func ConflictsAmong(roles []string) []Conflict {
	var found []Conflict
	for _, c := range conflicts {
		if slices.Contains(roles, c.A) && slices.Contains(roles, c.B) {
			found = append(found, c)
		}
	}
	return found
}
