package handover

import (
	"context"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
)

// Open asks for a handover, or for a rehearsal of one. Nothing is made and nothing is kept
// from being written before somebody unrelated has approved it (C-047).
func (room *Room) Open(ctx context.Context, in Opening) (Case, error) {
	if err := room.desk.Begin(ctx, "handover.open"); err != nil {
		return Case{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return Case{}, err
	}
	if in.Ground == Rehearsal {
		in.Partner = ""
	}
	c := Case{
		Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Ground: in.Ground, Partner: in.Partner, State: Asked, Run: 1, OpenedBy: act.From(ctx).ID, Until: in.Until.UTC(),
	}
	store, err := room.vault.NewSubject(c.Org, c.ID)
	if err != nil {
		return Case{}, err
	}
	if c.Words, err = store.Seal(wordsPlace(c.ID), []byte(in.Words)); err != nil {
		return Case{}, err
	}
	err = room.desk.Do(ctx, "handover.open", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(c.Org)); err != nil {
			return err
		}
		others, err := underWay(ctx, w, c.Org)
		if err != nil {
			return err
		}
		if len(others) > 0 && c.Ground != Rehearsal {
			return errOther.With()
		}
		sender, err := room.exchange.Sender(ctx, w, c.Org)
		if err != nil {
			return err
		}
		to, err := room.receiver(ctx, w, c, sender)
		if err != nil {
			return err
		}
		c.Opened, c.Receiver = w.Now(), to.Name
		w.Note("handover", c.ID)
		w.Note("ground", c.Ground)
		if err := store.Save(ctx, w); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "president"}, Subject: c.ID}); err != nil {
			return err
		}
		return cases.Insert(ctx, w, &c)
	})
	return c, err
}

// Approve begins a handover: by somebody unrelated to whoever asked. From this moment
// people do not write, and the export is made.
func (room *Room) Approve(ctx context.Context, id string) (Case, error) {
	return room.change(ctx, "handover.approve", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.State != Asked || !c.Until.After(w.Now()) {
			return errOrder.With("state", c.State)
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, c.OpenedBy); err != nil {
			return err
		}
		c.State, c.Approved, c.ApprovedBy = Making, w.Now(), w.Actor().ID
		if err := room.duty.DoneIn(ctx, w, Approval, c.ID); err != nil {
			return err
		}
		return order(ctx, w, *c)
	})
}

// Supplement makes a further run of the export, of what came or changed since it was
// made: what was written in an emergency, what machines brought.
func (room *Room) Supplement(ctx context.Context, id string) (Case, error) {
	return room.change(ctx, "handover.supplement", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if c.Ground == Rehearsal || c.State != Released && c.State != Differs && c.State != Matched && c.State != Signed {
			return errOrder.With("state", c.State)
		}
		c.State, c.Parts, c.Digest, c.Sending = Making, 0, "", ""
		c.Run++
		w.Note("run", strconv.Itoa(c.Run))
		return order(ctx, w, *c)
	})
}

// Stop ends a handover that will not be completed. People write again; what was made and
// received stays.
func (room *Room) Stop(ctx context.Context, id string) (Case, error) {
	return room.change(ctx, "handover.stop", id, func(ctx context.Context, w *act.Work, c *Case) error {
		if !c.Open() {
			return errOrder.With("state", c.State)
		}
		c.State, c.Settled, c.ClosedBy = Stopped, w.Now(), w.Actor().ID
		return room.duty.CancelIn(ctx, w, Approval, c.ID)
	})
}

// change is the spine of what is done to a handover.
func (room *Room) change(ctx context.Context, verb, id string, do func(ctx context.Context, w *act.Work, c *Case) error) (Case, error) {
	var c Case
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if c, err = getCase(ctx, w, w.Actor().Org, id); err != nil {
			return err
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		w.Note("handover", c.ID)
		if err := do(ctx, w, &c); err != nil {
			return err
		}
		c.Rev++
		return cases.Update(ctx, w, &c)
	})
	return c, err
}
