package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var idles = db.Define[Idle]("access_idle")

// unnoticed reads live grants that are older than a moment, go on after another, and of
// which no notice runs or was answered since the first.
func unnoticed(ctx context.Context, r db.Reader, org string, since, beyond time.Time) ([]Grant, error) {
	return grants.Select(ctx, r, `WHERE org = $1 AND state = $2 AND since <= $3 AND until > $4 AND NOT EXISTS (SELECT 1 FROM access_idle i
		WHERE i.org = access_grant.org AND i.subject = access_grant.id AND (i.outcome = $5 OR i.closed > $6)) ORDER BY since, id`,
		org, Live, since.UnixMicro(), beyond.UnixMicro(), "", since.UnixMicro())
}

// noticesRunning reads the notices that run, the first to end first.
func noticesRunning(ctx context.Context, r db.Reader, org string) ([]Idle, error) {
	return idles.Select(ctx, r, "WHERE org = $1 AND outcome = $2 ORDER BY ends, id", org, "")
}

// noticeOf reads the notice that runs of a grant, or [db.ErrNone].
func noticeOf(ctx context.Context, r db.Reader, org, grant string) (Idle, error) {
	found, err := idles.Select(ctx, r, "WHERE org = $1 AND subject = $2 AND outcome = $3", org, grant, "")
	if err != nil {
		return Idle{}, err
	}
	if len(found) == 0 {
		return Idle{}, db.ErrNone
	}
	return found[0], nil
}
