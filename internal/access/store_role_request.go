package access

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

var roleRequests = db.Define[RoleRequest]("access_role_request")

// roleRequestsPage reads requests for roles back in time: of everybody, or those that
// somebody asked for, would benefit from, has decided on, or may be asked to decide on.
func roleRequestsPage(ctx context.Context, r db.Reader, org, of string, after listPlace, n int) ([]RoleRequest, error) {
	if of == "" {
		return roleRequests.Select(ctx, r, "WHERE org = $1 AND (opened, id) < ($2, $3) ORDER BY opened DESC, id DESC LIMIT $4", org, after.Since, after.ID, int64(n))
	}
	return roleRequests.Select(ctx, r, `WHERE org = $1 AND (opened, id) < ($2, $3) AND (person = $4 OR requester = $5 OR state = $6
		OR EXISTS (SELECT 1 FROM access_vote v WHERE v.org = access_role_request.org AND v.request = access_role_request.id AND v.person = $7))
		ORDER BY opened DESC, id DESC LIMIT $8`, org, after.Since, after.ID, of, of, Waiting, of, int64(n))
}
