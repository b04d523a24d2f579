package duty

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// Delegations returns in whose place some people stand at a moment, and in whose
// place those stand, and so on.
func Delegations(ctx context.Context, r db.Reader, org string, people []string, at time.Time) ([]staff.Delegation, error) {
	var found []staff.Delegation
	waiting, seen := slices.Clone(people), map[string]bool{}
	for len(waiting) > 0 {
		person := waiting[0]
		waiting = waiting[1:]
		if seen[person] {
			continue
		}
		seen[person] = true
		covers, err := liveTurns(ctx, r, org, at, "kind = $5 AND person = $6", string(Cover), person)
		if err != nil {
			return nil, err
		}
		for _, t := range covers {
			found = append(found, staff.Delegation{From: t.InsteadOf, To: t.Person, Since: t.Since, Until: t.Until})
			waiting = append(waiting, t.InsteadOf)
		}
	}
	return found, nil
}
