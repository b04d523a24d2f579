package decide

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
)

// Settle says what became of a use that was set aside: it is [Accepted], or [Raised] and
// looked into by the discipline office.
func (room *Room) Settle(ctx context.Context, use, outcome, words string) (Use, error) {
	e := errInput.With()
	if outcome != Accepted && outcome != Raised {
		e.At("outcome", fault.Text{ZH: "应为 accepted 或 raised", EN: "is accepted or raised"})
	}
	if e.MustSay("words", words, longestReason); e.OrNil() != nil {
		return Use{}, e
	}
	key, err := room.vault.HouseKey(ctx, room.desk.Look, act.From(ctx).Org)
	if err != nil {
		return Use{}, err
	}
	sealed, err := key.Seal(wordsPlace(use), []byte(words))
	if err != nil {
		return Use{}, err
	}
	var u Use
	err = room.desk.Do(ctx, "decide.settle", func(ctx context.Context, w *act.Work) (err error) {
		u, err = uses.Get(ctx, w, w.Actor().Org, use)
		if errors.Is(err, db.ErrNone) {
			return act.ErrAbsent.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, u.object()); err != nil {
			return err
		}
		if u.State != Waiting {
			return errSettled.With()
		}
		w.Note("use", u.ID)
		w.Note("outcome", outcome)
		u.State, u.Settled, u.By, u.Words = outcome, w.Now(), w.Actor().ID, sealed
		if err := uses.Update(ctx, w, &u); err != nil {
			return err
		}
		if outcome == Raised {
			if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Raising, To: duty.To{Role: "discipline"}, Subject: u.ID, Patient: u.Patient}); err != nil {
				return err
			}
		}
		left, err := anyWaiting(ctx, w, u.Org, u.Batch)
		if err != nil || left {
			return err
		}
		return room.duty.DoneIn(ctx, w, Reviewing, u.Batch)
	})
	return u, err
}
