package inspection

import (
	"context"
	"errors"
	"math"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// frame is the list from which a draw was made. It never changes.
type frame struct {
	Org  string `db:"org,key"`
	Draw string `db:"draw,key"`
	List []byte `db:"list"` // deflated text
}

var (
	draws  = db.Define[Draw]("inspection_draw")
	frames = db.Define[frame]("inspection_frame", db.AsFinal)
)

// place is where a page of draws ended.
type place struct {
	Prepared int64  `json:"prepared"`
	ID       string `json:"id"`
}

var fromNewest = place{Prepared: math.MaxInt64}

func drawsAfter(ctx context.Context, r db.Reader, org string, after place, n int) ([]Draw, error) {
	return draws.Select(ctx, r, "WHERE org = $1 AND (prepared, id) < ($2, $3) ORDER BY prepared DESC, id DESC LIMIT $4", org, after.Prepared, after.ID, int64(n))
}

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
