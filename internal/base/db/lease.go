package db

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Lease says that one holder among several processes does a piece of work. Its
// fence grows with every holder, so that the writes of one who was thought dead
// and wakes again are refused: whoever works under a lease must call [Check] or
// [Renew] in each transaction.
type Lease struct {
	Name   string    `db:"name,key"`
	Holder string    `db:"holder"`
	Fence  int64     `db:"fence"`
	Until  time.Time `db:"until"`
}

// ErrHeld is returned by [Acquire] while another holder's lease runs.
var ErrHeld = errors.New("db: the lease is held by another")

var leases = Define[Lease]("db_lease", AsUpkeep)

// Acquire takes the lease name for holder until now+term. A holder that asks
// again takes it anew, with a higher fence. Two who ask at the same time
// collide, and one of them gets an error.
func Acquire(ctx context.Context, w Writer, name, holder string, now time.Time, term time.Duration) (Lease, error) {
	next := Lease{Name: name, Holder: holder, Fence: 1, Until: now.Add(term)}
	last, err := leases.Get(ctx, w, name)
	switch {
	case errors.Is(err, ErrNone):
		return next, leases.Insert(ctx, w, &next)
	case err != nil:
		return Lease{}, err
	case last.Holder != "" && last.Holder != holder && last.Until.After(now):
		return Lease{}, fmt.Errorf("%s: %w: %s until %s", name, ErrHeld, last.Holder, last.Until.Format(time.RFC3339))
	}
	next.Fence = last.Fence + 1
	return next, last.replace(ctx, w, next)
}

// Renew extends a lease to now+term. When the lease is no longer the holder's
// the transaction fails with [ErrGone], on PostgreSQL perhaps only at its end.
func Renew(ctx context.Context, w Writer, l Lease, now time.Time, term time.Duration) (Lease, error) {
	next := l
	next.Until = now.Add(term)
	return next, l.replace(ctx, w, next)
}

// Check makes the transaction fail with [ErrGone] unless the lease is still the
// holder's. It locks the lease until the transaction ends, so that nobody can
// take it in between.
func Check(ctx context.Context, w Writer, l Lease) error { return l.replace(ctx, w, l) }

// Release gives the lease back before its time.
func Release(ctx context.Context, w Writer, l Lease) error {
	next := l
	next.Holder, next.Until = "", time.UnixMicro(0)
	return l.replace(ctx, w, next)
}

// replace writes next over l if l still stands, in one statement: at a lower
// isolation a read before the write would not be enough.
func (l Lease) replace(ctx context.Context, w Writer, next Lease) error {
	return w.Apply(ctx, Change{
		Table: &leases.Meta, Op: Update, Key: l.Name,
		SQL:  "UPDATE db_lease SET holder = $1, fence = $2, until = $3 WHERE name = $4 AND holder = $5 AND fence = $6",
		Args: []any{next.Holder, next.Fence, next.Until.UnixMicro(), l.Name, l.Holder, l.Fence},
	})
}
