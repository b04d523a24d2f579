package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// Bonds returns who made the accounts of some people, and who lately gave them new
// passwords.
func Bonds(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (staff.Bonds, error) {
	var b staff.Bonds
	for _, person := range people {
		a, err := accountOf(ctx, r, org, person)
		if errors.Is(err, db.ErrNone) {
			continue
		}
		if err != nil {
			return b, err
		}
		b.Creations = append(b.Creations, staff.Creation{By: a.MadeBy, Whom: person})
		set, err := formers.Select(ctx, r, "WHERE org = $1 AND account = $2 AND made >= $3 AND made_by <> $4", org, a.ID, at.Add(-staff.ResetTells).UnixMicro(), person)
		if err != nil {
			return b, err
		}
		for _, p := range set {
			b.Resets = append(b.Resets, staff.Reset{By: p.MadeBy, Whom: person, At: p.Made})
		}
	}
	return b, nil
}
