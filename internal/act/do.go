package act

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
)

// Work is an act under way. It is the [db.Writer] of the rooms: what they write
// through it is listed in the act's ledger entry.
type Work struct {
	Reading
	w      db.Writer
	writes []ledger.Write
	spoilt error
}

// MaxRows is how many protected rows one act may write. Longer work is staged.
const MaxRows = 500

// Do changes the store: fn finds, permits, decides and saves inside one
// transaction. When Do returns nil the change and its account are durable. fn
// may be run again, does database work only, and is not told when the caller
// hangs up.
func (k *Desk) Do(ctx context.Context, verb string, fn func(ctx context.Context, w *Work) error) error {
	if err := k.Begin(ctx, verb); err != nil {
		return err
	}
	err := k.door.do(ctx, verb, fn)
	k.door.leave(ctx, false, err)
	return err
}

func (d *Door) do(ctx context.Context, verb string, fn func(ctx context.Context, w *Work) error) error {
	now := d.clock.Now()
	act := newActID(now)
	var work *Work
	err := d.store.Write(ctx, db.Tx{Landed: landed(act), Do: func(ctx context.Context, w db.Writer) error {
		work = &Work{Reading: d.begin(ctx, w, verb, act, now), w: w}
		work.restsOn = map[string]bool{}
		return work.run(ctx, fn)
	}})
	if work != nil && work.refused != nil {
		return d.recordRefusal(ctx, &work.Reading)
	}
	return d.doubted(ctx, verb, err)
}

func (w *Work) run(ctx context.Context, fn func(ctx context.Context, w *Work) error) error {
	if err := w.unfound(ctx, fn(ctx, w)); err != nil {
		return err
	}
	if w.refused == nil && w.spoilt == nil && w.asked {
		if err := w.spend(ctx); err != nil {
			return err
		}
	}
	switch {
	case w.refused != nil:
		return w.refused
	case w.spoilt != nil:
		return w.spoilt
	case !w.asked:
		return errNeverAsked.With("verb", w.verb)
	}
	e := w.entry(ledger.Done)
	e.Writes = w.writes
	payload, err := ledger.Encode(e)
	if err != nil {
		return err
	}
	w.w.Leave(payload)
	return nil
}

// Apply writes a row. It is how [db.Table] reaches the store; rooms do not call it.
func (w *Work) Apply(ctx context.Context, c db.Change) error {
	switch {
	case !w.asked || w.refused != nil:
		w.spoilt = errWroteUnasked.With("table", c.Table.Name)
		return w.spoilt
	case c.Table.Class == db.Protected && len(w.writes) >= MaxRows:
		w.spoilt = errors.New("act: more than " + strconv.Itoa(MaxRows) + " rows in one act")
		return w.spoilt
	}
	if err := w.held(ctx, c.Table.Name); err != nil {
		return err
	}
	w.wrote(c.Table.Name)
	if err := w.w.Apply(ctx, c); err != nil {
		return err
	}
	if c.Table.Class == db.Protected {
		w.writes = append(w.writes, ledger.Write{Table: c.Table.Name, Key: c.Key, Op: string(c.Op), Digest: c.Digest})
	}
	return nil
}

// Found is what [db.Once] keeps for this act.
func (w *Work) Found() map[any]any { return w.w.Found() }

// Leave implements [db.Writer]. Rooms have nothing to leave.
func (w *Work) Leave(any) { w.spoilt = errWroteUnasked.With("table", "ledger") }

// Try carries out a part of the act that may fail, or be refused, alone. What a
// failed part wrote is undone and is not in the account.
func (w *Work) Try(ctx context.Context, fn func() error) error {
	before := *w
	err := w.w.Try(ctx, func() error {
		if err := fn(); err != nil {
			return err
		}
		return errors.Join(w.refused, w.spoilt)
	})
	if err != nil {
		*w = before
		w.tied = nil
	}
	return err
}

// Age is how long the act has been under way, by the clock of the house.
func (w *Work) Age() time.Duration { return w.door.clock.Now().Sub(w.now) }
