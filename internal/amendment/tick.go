package amendment

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

const (
	// left is after how long a correction with which nobody goes on is ended.
	left = 7 * 24 * time.Hour
	// lookBack is how long after a correction it is asked again who has the document: the
	// account tells of the last readings a moment later.
	lookBack = time.Hour
	atOnce   = 100
)

// Tick ends corrections that were left lying, tells those of whom was learnt late, follows
// what was sent again, and looks for what cannot be so. The house calls it every minute on
// every process; what one has done, another finds done.
func (room *Room) Tick(ctx context.Context) error {
	return errors.Join(room.endLeft(ctx), room.tellLate(ctx), room.resent(ctx), room.detect(ctx), room.compareVersions(ctx))
}

func (room *Room) some(ctx context.Context, where string, args ...any) (found []Case, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		found, err = cases.Select(ctx, r, where, args...)
		return err
	})
	return found, err
}

// endLeft ends what nobody goes on with: it would keep a document from leaving for ever.
// What was written is kept.
func (room *Room) endLeft(ctx context.Context) error {
	before := room.desk.Now().Add(-left)
	over, err := room.some(ctx, "WHERE org = $1 AND state = $2 AND touched < $3 ORDER BY touched LIMIT $4", room.o.Org, Writing, before.UnixMicro(), int64(atOnce))
	agreed, failed := room.some(ctx, "WHERE org = $1 AND state = $2 AND touched < $3 ORDER BY touched LIMIT $4", room.o.Org, Approved, room.desk.Now().Add(-signWithin).UnixMicro(), int64(atOnce))
	err = errors.Join(err, failed)
	for _, c := range append(over, agreed...) {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			now, err := getCase(ctx, w, c.Org, c.ID)
			if err != nil || now.Rev != c.Rev || now.State != c.State {
				return err
			}
			w.Note("amendment", now.ID)
			w.Note("step", now.Next())
			if err := room.endIn(ctx, w, &now, Abandoned); err != nil {
				return err
			}
			return cases.Update(ctx, w, &now)
		}))
	}
	return err
}

func (room *Room) tellLate(ctx context.Context) error {
	fresh, err := room.some(ctx, "WHERE org = $1 AND state = $2 AND touched > $3 ORDER BY touched LIMIT $4", room.o.Org, Completed, room.desk.Now().Add(-lookBack).UnixMicro(), int64(atOnce))
	for _, c := range fresh {
		err = errors.Join(err, room.tellLater(ctx, c))
	}
	return err
}

func (room *Room) tellLater(ctx context.Context, c Case) error {
	found := 0
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all, err := room.affected(ctx, r, c)
		for _, a := range all {
			if !a.At.After(c.Ended) {
				found++
			}
		}
		return err
	})
	if err != nil || found <= c.Told {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		now, err := getCase(ctx, w, c.Org, c.ID)
		if err != nil {
			return err
		}
		w.Note("amendment", now.ID)
		if now.Told, err = room.tellAll(ctx, w, now); err != nil {
			return err
		}
		return cases.Update(ctx, w, &now)
	})
}
