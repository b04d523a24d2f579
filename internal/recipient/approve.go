package recipient

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// Approve puts what waits into force: by somebody unrelated to whoever wrote it down
// and to the owner (B-086).
func (room *Room) Approve(ctx context.Context, recipient string) (Recipient, error) {
	return room.change(ctx, "recipient.approve", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		if len(x.Wanted) == 0 || x.State == Ended {
			return errOrder.With("state", x.State)
		}
		in := x.Wanted[0]
		if !in.Until.After(w.Now()) {
			return errOver.With()
		}
		if err := room.mustBeAnother(ctx, w, x.WantedBy, in.Owner); err != nil {
			return err
		}
		if err := room.mustDealWith(ctx, w, in); err != nil {
			return err
		}
		department, err := room.ownerIn(ctx, w, in.Owner)
		if err != nil {
			return err
		}
		if x.Fingerprint, err = in.fingerprint(); err != nil {
			return err
		}
		x.Said, x.Wanted, x.Department, x.Since, x.Until = in, []Writing{}, department, in.Since, in.Until
		x.ApprovedBy, x.Approved = w.Actor().ID, w.Now()
		if x.State != Suspended || x.Why == TimeOver { // what a person stopped, a person begins
			x.State, x.Why = Live, ""
		}
		for _, kind := range []*duty.Kind{Approval, Renewal} {
			if err := room.duty.DoneIn(ctx, w, kind, x.ID); err != nil {
				return err
			}
		}
		return room.tellPresentIn(ctx, w, *x)
	})
}

// Return gives what waits back, with a reason. What is in force stays so.
func (room *Room) Return(ctx context.Context, recipient, words string) (Recipient, error) {
	if err := mustSay(words); err != nil {
		return Recipient{}, err
	}
	return room.change(ctx, "recipient.return", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		if len(x.Wanted) == 0 {
			return errOrder.With("state", x.State)
		}
		x.Wanted, x.Why = []Writing{}, words
		return room.duty.DoneIn(ctx, w, Approval, x.ID)
	})
}

// Suspend stops everything that goes to a recipient, at once.
func (room *Room) Suspend(ctx context.Context, recipient, words string) (Recipient, error) {
	if err := mustSay(words); err != nil {
		return Recipient{}, err
	}
	return room.change(ctx, "recipient.suspend", recipient, func(_ context.Context, _ *act.Work, x *Recipient) error {
		if x.State != Live {
			return errOrder.With("state", x.State)
		}
		x.State, x.Why = Suspended, words
		return nil
	})
}

// Begin lets what was suspended go on, within its time.
func (room *Room) Begin(ctx context.Context, recipient string) (Recipient, error) {
	return room.change(ctx, "recipient.begin", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		switch {
		case x.State != Suspended || x.Approved.IsZero():
			return errOrder.With("state", x.State)
		case !x.Until.After(w.Now()):
			return errOver.With()
		}
		if err := room.mustDealWith(ctx, w, x.Said); err != nil {
			return err
		}
		x.State, x.Why = Live, ""
		return room.tellPresentIn(ctx, w, *x)
	})
}

// End stops a recipient for good.
func (room *Room) End(ctx context.Context, recipient, words string) (Recipient, error) {
	if err := mustSay(words); err != nil {
		return Recipient{}, err
	}
	return room.change(ctx, "recipient.end", recipient, func(ctx context.Context, w *act.Work, x *Recipient) error {
		if x.State == Ended {
			return errOrder.With("state", x.State)
		}
		x.State, x.Why, x.Wanted, x.Secret = Ended, words, []Writing{}, nil
		for _, kind := range []*duty.Kind{Approval, Renewal, Unanswered} {
			if err := room.duty.CancelIn(ctx, w, kind, x.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustSay(words string) error {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	return e.OrNil()
}
