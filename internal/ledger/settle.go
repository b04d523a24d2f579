package ledger

import (
	"context"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// settlePoll is how often Settle looks when another process leads.
const settlePoll = 50 * time.Millisecond

// Settle returns when everything that was committed before the call is placed,
// signed and indexed. Somebody must be running [Ledger.Run].
func (l *Ledger) Settle(ctx context.Context) error {
	l.settling.Add(1)
	defer l.settling.Add(-1)
	var last int64
	err := l.store.Read(ctx, func(r db.Reader) (err error) {
		last, err = number(ctx, r, "SELECT turn FROM ledger_pending ORDER BY turn DESC LIMIT 1")
		return err
	})
	if err != nil {
		return err
	}
	size := int64(-1)
	for {
		moved := l.moved.wait()
		var done bool
		err := l.store.Read(ctx, func(r db.Reader) (err error) {
			done, err = l.settled(ctx, r, last, &size)
			return err
		})
		if err != nil || done {
			return err
		}
		signal(l.hurry)
		select {
		case <-moved:
		case <-time.After(settlePoll):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// settled tells whether all up to a turn is placed, and then whether the size
// that the ledger had at that moment is signed and indexed.
func (l *Ledger) settled(ctx context.Context, r db.Reader, last int64, size *int64) (bool, error) {
	if *size < 0 {
		waits, err := readWaiting(ctx, r, 1+l.badCount())
		if err != nil {
			return false, err
		}
		for _, w := range waits {
			if w.turn <= last && !l.isBad(w.block) {
				return false, nil
			}
		}
		if *size, err = placedSize(ctx, r); err != nil {
			return false, err
		}
	}
	signed, err := number(ctx, r, "SELECT size FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
	if err != nil {
		return false, err
	}
	indexed, err := number(ctx, r, "SELECT position FROM ledger_mark WHERE name = $1", indexMark)
	return max(signed, 0) >= *size && max(indexed, 0) >= *size, err
}
