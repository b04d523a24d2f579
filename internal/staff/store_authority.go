package staff

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

var authorities = db.Define[Authority]("staff_authority")

// AuthorityOver returns which departments give a permission, and whether that is recorded.
// A row that was made behind the house is an error, and so nobody gives it.
func AuthorityOver(ctx context.Context, r db.Reader, org, permission string) (Authority, bool, error) {
	found, err := authorities.Select(ctx, r, "WHERE org = $1 AND permission = $2 AND state = $3 ORDER BY settled DESC, id DESC LIMIT 1", org, permission, Agreed)
	if err != nil || len(found) == 0 {
		return Authority{}, false, err
	}
	return found[0], true, nil
}

// AuthoritiesInForce returns which departments give what, by permission.
func AuthoritiesInForce(ctx context.Context, r db.Reader, org string) (map[string]Authority, error) {
	found, err := authorities.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY settled, id", org, Agreed)
	held := make(map[string]Authority, len(found))
	for _, a := range found {
		held[a.Permission] = a
	}
	return held, err
}

func proposedAuthorities(ctx context.Context, r db.Reader, org string) ([]Authority, error) {
	return authorities.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY id", org, Proposed)
}
