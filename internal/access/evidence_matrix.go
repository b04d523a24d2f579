package access

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func (room *Room) matrixCheck() evidence.Check {
	return evidence.Check{
		ID: "access.roles-explained", Demands: []string{"A-167"},
		Title: fault.Text{ZH: "每个在任岗位的权限都能由规则算出并说明由谁授予", EN: "What every held role opens is worked out from the rules, and who gave it is told"}, Run: room.rolesExplained,
	}
}

// rolesExplained counts the people in each role, and the roles that the rules open nothing
// for or that stand upon nothing that is kept.
func (room *Room) rolesExplained(ctx context.Context) (evidence.Finding, error) {
	holders := map[string]map[string]bool{}
	unexplained := map[string]bool{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		clear(holders)
		clear(unexplained)
		live, err := staff.LiveBases(ctx, r, room.org, room.desk.Now())
		for _, b := range live {
			if holders[b.Role] == nil {
				holders[b.Role] = map[string]bool{}
			}
			holders[b.Role][b.Person] = true
			if b.Basis.Kind == "" {
				unexplained[b.Role] = true
			}
		}
		return err
	})
	for role := range holders {
		if len(room.permitsOf([]string{role})) == 0 {
			unexplained[role] = true
		}
	}
	f := found(len(unexplained), len(holders), fault.Text{ZH: "在任岗位", EN: "roles that somebody holds"})
	names := map[string]fault.Text{}
	for _, r := range policy.Roles() {
		names[r.ID] = r.Name
	}
	var zh, en []string
	byNumber := func(a, b string) int {
		return cmp.Or(cmp.Compare(len(holders[b]), len(holders[a])), cmp.Compare(a, b))
	}
	for _, role := range slices.SortedFunc(maps.Keys(holders), byNumber) {
		zh, en = append(zh, fmt.Sprintf("%s %d 人", names[role].ZH, len(holders[role]))), append(en, fmt.Sprintf("%s %d", names[role].EN, len(holders[role])))
	}
	f.Detail.ZH += "；" + strings.Join(zh, "，")
	f.Detail.EN += "; " + strings.Join(en, ", ")
	return f, err
}
