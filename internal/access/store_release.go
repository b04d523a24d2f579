package access

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

var (
	releases     = db.Define[Release]("access_release")
	turns        = db.Define[TurnOf]("access_turn", db.AsFinal)
	releaseSteps = db.Define[ReleaseStep]("access_release_step", db.AsFinal)
)

func nextNumber(ctx context.Context, r db.Reader, org string) (int, error) {
	newest, err := counted(ctx, r, "SELECT COALESCE(MAX(number), 0) FROM access_release WHERE org = $1", org)
	return newest + 1, err
}

func releasesPage(ctx context.Context, r db.Reader, org string, before, n int) ([]Release, error) {
	return releases.Select(ctx, r, "WHERE org = $1 AND number < $2 ORDER BY number DESC LIMIT $3", org, int64(before), int64(n))
}

// newestTurns reads the last turns, oldest first.
func newestTurns(ctx context.Context, r db.Reader, org string, n int) ([]TurnOf, error) {
	return turns.Select(ctx, r, `WHERE org = $1 AND number > (SELECT COALESCE(MAX(number), 0) FROM access_turn WHERE org = $2) - $3
		ORDER BY number`, org, org, int64(n))
}

func stepsOfRelease(ctx context.Context, r db.Reader, org, release string) ([]ReleaseStep, error) {
	return releaseSteps.Select(ctx, r, "WHERE org = $1 AND release = $2 ORDER BY at, rev", org, release)
}
