package act

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
)

// Disclose reads content for somebody: fn finds and permits on one snapshot and
// builds the answer. When Disclose returns nil the account is durable and the
// answer may leave. On any error the answer must be thrown away.
func (k *Desk) Disclose(ctx context.Context, verb string, fn func(ctx context.Context, r *Reading) error) error {
	if err := k.Begin(ctx, verb); err != nil {
		return err
	}
	now := k.door.clock.Now()
	reading := k.door.begin(ctx, nil, verb, newActID(now), now)
	err := k.door.disclose(ctx, &reading, fn)
	k.door.leave(ctx, reading.even, err)
	return err
}

func (d *Door) disclose(ctx context.Context, reading *Reading, fn func(ctx context.Context, r *Reading) error) error {
	err := d.store.Read(ctx, func(r db.Reader) error {
		reading.Reader = r
		return reading.unfound(ctx, fn(ctx, reading))
	})
	if reading.refused != nil {
		return d.recordRefusal(ctx, reading)
	}
	if err != nil {
		return d.doubted(ctx, reading.verb, err)
	}
	if !reading.asked {
		return errNeverAsked.With("verb", reading.verb)
	}
	return d.account(ctx, reading.entry(ledger.Done))
}

// Begin is [Desk.Begin] for a gate that stands before every room.
func (d *Door) Begin(ctx context.Context, verb string) error {
	room, _, _ := strings.Cut(verb, ".")
	return d.Desk(room).Begin(ctx, verb)
}

// Begin refuses what cannot be somebody's act. [Desk.Do] and [Desk.Disclose] ask
// it themselves; a use case that must read before its act asks it first.
func (k *Desk) Begin(ctx context.Context, verb string) error {
	if !k.owns(verb) {
		k.door.alarm(ctx, "an undeclared verb was used", errForeignVerb.With("verb", verb))
		return errForeignVerb.With("verb", verb)
	}
	if actor := From(ctx); !actor.Known() {
		k.door.nobodies.count(verb, actor.IP)
		return ErrNobody.With()
	}
	return nil
}

// doubted answers a failure that a forged row caused: always a no, and an alarm.
func (d *Door) doubted(ctx context.Context, verb string, err error) error {
	if !errors.Is(err, db.ErrForged) {
		return err
	}
	d.alarm(ctx, "a row that grants power is forged", fmt.Errorf("%s: %w", verb, err))
	return ErrUndecided.Because(err)
}

// account makes an entry durable through the shared commit.
func (d *Door) account(ctx context.Context, e ledger.Entry) error {
	payload, err := ledger.Encode(e)
	if err != nil {
		return err
	}
	return d.store.Write(ctx, db.Tx{Leaves: []any{payload}, Landed: landed(e.ID)})
}

// recordRefusal makes the refusal durable and returns it. A caller who hung up
// is recorded all the same.
func (d *Door) recordRefusal(ctx context.Context, r *Reading) error {
	if err := d.account(context.WithoutCancel(ctx), r.refusedEntry()); err != nil {
		return err
	}
	return r.refused
}

func landed(act string) func(context.Context, db.Reader) (bool, error) {
	return func(ctx context.Context, r db.Reader) (bool, error) { return ledger.Landed(ctx, r, act) }
}
