package privilege

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

const (
	clockLease = "privilege-clock"
	clockTerm  = 2 * time.Minute
)

// Tick ends what has run out, looks at the rows that give power every five minutes,
// and orders the verification of everything once a night. The house calls it every
// minute on every process; one of them does the work.
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
	now := room.desk.Now()
	return errors.Join(room.closeEnded(ctx, now), room.endSessions(ctx, now), room.endCheckouts(ctx, now), room.lookAtPermissions(ctx, now), room.orderWhole(ctx, now))
}

func (room *Room) endSessions(ctx context.Context, now time.Time) error {
	var live []Session
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		live, err = liveSessions(ctx, r, room.org)
		return err
	})
	for _, one := range live {
		if one.over(now) != "" {
			err = errors.Join(err, room.endOver(ctx, one))
		}
	}
	return err
}

func (room *Room) endCheckouts(ctx context.Context, now time.Time) error {
	var live []Checkout
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		live, err = liveCheckouts(ctx, r, room.org)
		return err
	})
	for _, c := range live {
		if c.over(now) {
			err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.endCheckout(ctx, w, c.ID) }))
		}
	}
	return err
}

func (room *Room) endCheckout(ctx context.Context, w *act.Work, checkout string) error {
	c, err := checkouts.Get(ctx, w, room.org, checkout)
	if err != nil || !c.over(w.Now()) {
		return err
	}
	w.Note("checkout", c.ID)
	state := Lapsed
	if c.State == Running {
		state = Closed
	}
	c.State, c.Ended = state, w.Now()
	if err := room.duty.CancelIn(ctx, w, SecondPerson, c.ID); err != nil {
		return err
	}
	return checkouts.Update(ctx, w, &c)
}
