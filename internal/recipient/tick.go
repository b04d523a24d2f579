package recipient

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
)

const (
	clockLease = "recipient-clock"
	clockTerm  = 2 * time.Minute
)

// Tick stops what has run out, asks owners for what is about to, senders for receipts
// that did not come, and tries again what could not be told. The house calls it every
// minute on every process; one of them keeps the clock.
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
	return errors.Join(room.lookAfterAll(ctx, now), room.missReceipts(ctx, now))
}

func (room *Room) lookAfterAll(ctx context.Context, now time.Time) error {
	var all []Recipient
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all = nil
		return each(ctx, r, room.org, func(x Recipient) { all = append(all, x) })
	})
	for _, x := range all {
		switch {
		case x.State != Live:
		case !x.Until.After(now):
			err = errors.Join(err, room.stop(ctx, x.ID))
		default:
			err = errors.Join(err, room.lookAfter(ctx, x, now))
		}
	}
	return err
}

// lookAfter asks for what is about to end, and tries again what failed.
func (room *Room) lookAfter(ctx context.Context, x Recipient, now time.Time) error {
	var asked, failed bool
	err := room.desk.Look(ctx, func(r db.Reader) error {
		open, err := duty.OpenAbout(ctx, r, room.org, Renewal, x.ID)
		if err != nil {
			return err
		}
		asked = len(open) > 0 || len(x.Wanted) > 0
		waits, err := notices.Select(ctx, r, "WHERE org = $1 AND recipient = $2 AND state = $3 AND settled <= $4 LIMIT $5", room.org, x.ID, Failed, now.Add(-tryAgain).UnixMicro(), int64(1))
		failed = len(waits) > 0
		return err
	})
	if err != nil {
		return err
	}
	if nearEnd := now.After(x.Since.Add(x.Until.Sub(x.Since) / 4 * 3)); nearEnd && !asked {
		err = room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			open, err := duty.OpenAbout(ctx, w, room.org, Renewal, x.ID)
			if err != nil || len(open) > 0 {
				return err
			}
			_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: Renewal, To: duty.To{Person: x.Said.Owner}, Subject: x.ID, Deadline: x.Until})
			return err
		})
	}
	if failed {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error {
			return room.againIn(ctx, w, x.Org, x.ID, "", w.Now().Add(-tryAgain))
		}))
	}
	return err
}

// stop suspends a recipient whose time is over. Nothing went there from that moment on;
// this is what is shown.
func (room *Room) stop(ctx context.Context, recipient string) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		x, err := recipients.Get(ctx, w, room.org, recipient)
		if err != nil || x.State != Live || x.Until.After(w.Now()) {
			return err
		}
		w.Note("recipient", x.ID)
		x.State, x.Why = Suspended, TimeOver
		x.Rev++
		return recipients.Update(ctx, w, &x)
	})
}

// missReceipts writes down that receipts did not come in time, and asks who sent (B-087).
func (room *Room) missReceipts(ctx context.Context, now time.Time) error {
	for {
		var late []Sending
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			late, err = unreceived(ctx, r, room.org, now)
			return err
		})
		if err != nil || len(late) == 0 {
			return err
		}
		for _, s := range late {
			if err := room.missReceipt(ctx, s); err != nil {
				return err
			}
		}
	}
}

func (room *Room) missReceipt(ctx context.Context, s Sending) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		before, err := receiptsOf(ctx, w, s.Org, s.ID)
		if err != nil || len(before) > 0 {
			return err
		}
		w.Note("sending", s.ID)
		if err := room.askSenderIn(ctx, w, Missing, s); err != nil {
			return err
		}
		return receipts.Insert(ctx, w, &Receipt{Org: s.Org, Sending: s.ID, Number: 1, Outcome: Absent, At: w.Now(), By: act.Job})
	})
}
