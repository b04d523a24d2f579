package output

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
)

const (
	clockLease = "output-clock"
	clockTerm  = 2 * time.Minute
	// atOnce is how many are seen to in one look.
	atOnce = 100
	// longestWait is how long a file waits for a decision.
	longestWait = 7 * 24 * time.Hour
)

// Tick destroys prints that nobody fetched, and files whose time is over. The house
// calls it every minute on every process; one does the work.
func (room *Room) Tick(ctx context.Context) error {
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		_, err := db.Acquire(ctx, w, clockLease, room.name, room.desk.Now(), clockTerm)
		return err
	})
	if errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) {
		return nil
	}
	if err != nil {
		return err
	}
	var prints []Hold
	var files []Export
	now := room.desk.Now()
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		if prints, err = holds.Select(ctx, r, "WHERE org = $1 AND state = $2 AND until <= $3 ORDER BY until, id LIMIT $4", room.o.Org, Waiting, now.UnixMicro(), int64(atOnce)); err != nil {
			return err
		}
		files, err = exports.Select(ctx, r, "WHERE org = $1 AND (state = $2 AND until <= $3 OR state IN ($4, $5) AND asked <= $6) ORDER BY asked, id LIMIT $7",
			room.o.Org, Ready, now.UnixMicro(), Approving, Held, now.Add(-longestWait).UnixMicro(), int64(atOnce))
		return err
	})
	for _, h := range prints {
		err = errors.Join(err, room.expirePrint(ctx, h.ID))
	}
	for _, x := range files {
		err = errors.Join(err, room.expireFile(ctx, x.ID))
	}
	return err
}

func (room *Room) expirePrint(ctx context.Context, hold string) error {
	return room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		h, err := holds.Get(ctx, w, room.o.Org, hold)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, h.object()); err != nil || h.State != Waiting {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Unfetched, To: duty.To{Person: h.Person}, Subject: h.ID, Patient: h.Patient}); err != nil {
			return err
		}
		return room.endIn(ctx, w, &h, Expired, "")
	})
}

func (room *Room) expireFile(ctx context.Context, exportID string) error {
	return room.desk.Do(room.clockContext(ctx), "output.clock", func(ctx context.Context, w *act.Work) error {
		x, err := room.exportIn(ctx, w, room.o.Org, exportID)
		if err != nil || x.over() {
			return err
		}
		return room.wipeIn(ctx, w, &x, Expired)
	})
}
