package order

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/vault"
)

// Decide says whether an order in conflict is adjusted or kept, and why. The order itself
// is changed in the system that it is from.
func (room *Room) Decide(ctx context.Context, conflict, decision, reason string) (Conflict, error) {
	if err := room.desk.Begin(ctx, "order.decide"); err != nil {
		return Conflict{}, err
	}
	e := errInput.With()
	if decision != Adjust && decision != Keep {
		e.At("decision", fault.Text{ZH: "请选择调整或维持", EN: "say adjust or keep"})
	}
	if e.MustSay("reason", reason, maxWords); e.OrNil() != nil {
		return Conflict{}, e
	}
	sealed, err := room.sealReason(ctx, conflict, reason)
	if err != nil {
		return Conflict{}, err
	}
	var c Conflict
	err = room.desk.Do(ctx, "order.decide", func(ctx context.Context, w *act.Work) (err error) {
		if c, err = conflicts.Get(ctx, w, w.Actor().Org, conflict); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		if c.State != Open {
			return errEnded.With()
		}
		c.State, c.Decision, c.Reason, c.DecidedBy, c.Ended, c.Changed = Decided, decision, sealed, w.Actor().ID, w.Now(), w.Now()
		c.Rev++
		w.Note("conflict", c.ID)
		w.Note("decision", decision)
		if err := room.duty.DoneIn(ctx, w, Asked, c.ID); err != nil {
			return err
		}
		return conflicts.Update(ctx, w, &c)
	})
	return c, err
}

// sealReason seals a reason under the key of the patient. Of a conflict that is not there
// nothing is sealed, and the act says so.
func (room *Room) sealReason(ctx context.Context, conflict, reason string) ([]byte, error) {
	var c Conflict
	var subject *vault.Subject
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if c, err = conflicts.Get(ctx, r, act.From(ctx).Org, conflict); err != nil {
			return absent(err)
		}
		subject, err = room.patients.Subject(ctx, r, c.Org, c.Patient)
		return err
	})
	if isAbsent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return subject.Seal(c.place("reason"), []byte(reason))
}
