package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// PostHeld is an appointment that somebody holds, with who gave it: upon what it was made,
// who said yes, and the departments that answer for the role.
type PostHeld struct {
	staff.Based
	Authority *staff.Authority // nil: nothing is recorded
	Approvers []string         // of the request upon which it was made
}

// postsOf are the appointments that somebody holds now.
func postsOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]PostHeld, error) {
	live, err := staff.BasesOf(ctx, r, org, person, at)
	if err != nil {
		return nil, err
	}
	held, err := staff.AuthoritiesInForce(ctx, r, org)
	if err != nil {
		return nil, err
	}
	posts := make([]PostHeld, len(live))
	for i, b := range live {
		posts[i].Based = b
		if a, recorded := held[staff.RolePermission(b.Role)]; recorded {
			posts[i].Authority = &a
		}
		if b.Basis.Kind != staff.UponRequest {
			continue
		}
		said, err := votesOn(ctx, r, org, b.Basis.Reference)
		if err != nil {
			return nil, err
		}
		posts[i].Approvers = people(said)
	}
	return posts, nil
}
