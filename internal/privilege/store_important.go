package privilege

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

var (
	importants    = db.Define[Important]("privilege_important")
	confirmations = db.Define[Second]("privilege_second")
)

// importantAgreed are the changes of the list, as they followed one another.
func importantAgreed(ctx context.Context, r db.Reader, org string) ([]Important, error) {
	return importants.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY settled, id", org, staff.Agreed)
}

func importantProposed(ctx context.Context, r db.Reader, org string) ([]Important, error) {
	return importants.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY verb, id", org, staff.Proposed)
}

func confirmedFor(ctx context.Context, r db.Reader, org, actor string, digest []byte) ([]Second, error) {
	return confirmations.Select(ctx, r, "WHERE org = $1 AND asked_by = $2 AND state = $3 AND digest = $4 ORDER BY until DESC", org, actor, Confirmed, digest)
}

// openCalls are the calls that may still be confirmed or used, the newest first.
func openCalls(ctx context.Context, r db.Reader, org string, at time.Time) ([]Second, error) {
	now := at.UnixMicro()
	return confirmations.Select(ctx, r, "WHERE org = $1 AND ((state = $2 AND expires > $3) OR (state = $4 AND until > $5)) ORDER BY asked DESC, id DESC", org, Called, now, Confirmed, now)
}
