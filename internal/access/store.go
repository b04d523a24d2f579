package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var reasons = db.Define[Reason]("access_reason")

func liveOf(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Reason, error) {
	return reasons.Select(ctx, r, "WHERE org = $1 AND person = $2 AND until > $3 ORDER BY until, id", org, person, at.UnixMicro())
}

// listPlace is where a page ended.
type listPlace struct {
	Since int64  `json:"since"`
	ID    string `json:"id"`
}

// atOnce is how many rows a list reads in one step, of which some may be hidden.
const atOnce = 250

var fromNewest = listPlace{Since: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()}

func placeOf(r Reason) listPlace { return listPlace{Since: r.Since.UnixMicro(), ID: r.ID} }

func pageOf(ctx context.Context, r db.Reader, org string, waiting bool, after listPlace, n int) ([]Reason, error) {
	if waiting {
		return reasons.Select(ctx, r, "WHERE org = $1 AND kind = $2 AND verdict = $3 AND (since, id) < ($4, $5) ORDER BY since DESC, id DESC LIMIT $6", org, Glass, "", after.Since, after.ID, n)
	}
	return reasons.Select(ctx, r, "WHERE org = $1 AND (since, id) < ($2, $3) ORDER BY since DESC, id DESC LIMIT $4", org, after.Since, after.ID, n)
}
