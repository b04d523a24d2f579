package retention

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

var (
	holds        = db.Define[Hold]("retention_hold")
	destructions = db.Define[Destruction]("retention_destruction")
	items        = db.Define[Item]("retention_item")
	steps        = db.Define[Step]("retention_step", db.AsFinal)
)

func itemsOf(ctx context.Context, r db.Reader, org, list string) ([]Item, error) {
	return items.Select(ctx, r, "WHERE org = $1 AND list = $2 ORDER BY patient", org, list)
}

func stepsOf(ctx context.Context, r db.Reader, org, list string) ([]Step, error) {
	return steps.Select(ctx, r, "WHERE org = $1 AND list = $2 ORDER BY at, id", org, list)
}

// holding is the hold that lies on a record longest, if one does.
func holding(ctx context.Context, r db.Reader, org, patient string, at time.Time) (Hold, bool, error) {
	rows, err := holds.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND lifted IS NULL AND until > $3 ORDER BY until DESC LIMIT 1", org, patient, at.UnixMicro())
	if err != nil || len(rows) == 0 {
		return Hold{}, false, err
	}
	return rows[0], true, nil
}

// listedAlready are the states in which a list has a patient's record, with the list.
func listedAlready(ctx context.Context, r db.Reader, org, patient string) (Item, bool, error) {
	rows, err := items.Select(ctx, r, "WHERE org = $1 AND patient = $2 AND state IN ($3, $4) ORDER BY state LIMIT 1", org, patient, ItemListed, ItemDestroyed)
	if err != nil || len(rows) == 0 {
		return Item{}, false, err
	}
	return rows[0], true, nil
}

// place is where a page ended, the newest first.
type place struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

func destructionsBefore(ctx context.Context, r db.Reader, org string, before place, limit int) ([]Destruction, error) {
	return destructions.Select(ctx, r, "WHERE org = $1 AND (drawn < $2 OR drawn = $2 AND id < $3) ORDER BY drawn DESC, id DESC LIMIT $4", org, before.At, before.ID, int64(limit)+1)
}

func holdsBefore(ctx context.Context, r db.Reader, org string, before place, limit int) ([]Hold, error) {
	return holds.Select(ctx, r, "WHERE org = $1 AND (since < $2 OR since = $2 AND id < $3) ORDER BY since DESC, id DESC LIMIT $4", org, before.At, before.ID, int64(limit)+1)
}
