package output

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

var (
	profiles = db.Define[Profile]("output_profile")
	issues   = db.Define[Issue]("output_issue", db.AsFinal)
	holds    = db.Define[Hold]("output_hold")
	stations = db.Define[Station]("output_station")
	badges   = db.Define[Badge]("output_badge")
	exports  = db.Define[Export]("output_export")
	parts    = db.Define[part]("output_part")
	votes    = db.Define[Vote]("output_vote", db.AsFinal)
	counted  = db.Define[counting]("output_count", db.AsFinal)
	forwards = db.Define[Forward]("output_forward")
	channels = db.Define[Channel]("output_channel")
	sends    = db.Define[Send]("output_send", db.AsFinal)
	events   = db.Define[Event]("output_event", db.AsFinal)
)

func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}

// listPlace is where a page of a list that runs back in time ended.
type listPlace struct {
	At int64  `json:"at"`
	ID string `json:"id"`
}

var fromNewest = listPlace{At: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()}

func countRows(ctx context.Context, r db.Reader, query string, args ...any) (int, error) {
	rows, err := r.Query(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var n int64
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return int(n), rows.Err()
}
