package privilege

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/duty"
)

// ReviewChange says that somebody else has read the script and finds it right.
func (room *Room) ReviewChange(ctx context.Context, change string) (Change, error) {
	return room.changeChange(ctx, "privilege.review-change", change, func(ctx context.Context, w *act.Work, c *Change) error {
		if c.State != Asked {
			return errOrder.With("state", c.State)
		}
		if err := room.mustBeAnother(ctx, w, c.AskedBy); err != nil {
			return err
		}
		c.State, c.ReviewedBy, c.ReviewedAt = Reviewed, w.Actor().ID, w.Now()
		if err := room.duty.DoneIn(ctx, w, Review, c.ID); err != nil {
			return err
		}
		_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "security-administrator"}, Subject: c.ID, Urgent: c.Risk == "high"})
		return err
	})
}

// ApproveChange opens the window of a change: by somebody unrelated to whoever asked
// and to whoever reviewed.
func (room *Room) ApproveChange(ctx context.Context, change string) (Change, error) {
	return room.changeChange(ctx, "privilege.approve-change", change, func(ctx context.Context, w *act.Work, c *Change) error {
		switch {
		case c.State != Reviewed:
			return errOrder.With("state", c.State)
		case !w.Now().Before(c.Until):
			return errWindow.With()
		}
		if err := room.mustBeAnother(ctx, w, c.AskedBy, c.ReviewedBy); err != nil {
			return err
		}
		c.State, c.ApprovedBy, c.ApprovedAt = Approved, w.Actor().ID, w.Now()
		return room.duty.DoneIn(ctx, w, Approval, c.ID)
	})
}

// RefuseChange ends a change that was not begun, with a reason.
func (room *Room) RefuseChange(ctx context.Context, change, words string) (Change, error) {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Change{}, err
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return Change{}, err
	}
	sealed, err := s.seal(place("Change", change, "result"), words)
	if err != nil {
		return Change{}, err
	}
	return room.changeChange(ctx, "privilege.refuse-change", change, func(ctx context.Context, w *act.Work, c *Change) error {
		if !c.Waiting() || c.State == Running {
			return errOrder.With("state", c.State)
		}
		c.Result, c.ClosedBy = sealed, w.Actor().ID
		return room.endChange(ctx, w, c, Refused)
	})
}

// endChange ends a change and what waits for it.
func (room *Room) endChange(ctx context.Context, w *act.Work, c *Change, state string) error {
	c.State, c.Closed = state, w.Now()
	if err := room.duty.CancelIn(ctx, w, Review, c.ID); err != nil {
		return err
	}
	return room.duty.CancelIn(ctx, w, Approval, c.ID)
}

// changeChange is the spine of all that is done to a change.
func (room *Room) changeChange(ctx context.Context, verb, change string, do func(ctx context.Context, w *act.Work, c *Change) error) (Change, error) {
	var c Change
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if c, err = changes.Get(ctx, w, w.Actor().Org, change); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, c.object()); err != nil {
			return err
		}
		w.Note("change", c.ID)
		if err := do(ctx, w, &c); err != nil {
			return err
		}
		return changes.Update(ctx, w, &c)
	})
	return c, err
}
