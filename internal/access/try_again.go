package access

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// tryAgain lets every process try anew the ends whose pause is over.
func (room *Room) tryAgain(ctx context.Context) error {
	var due []Retry
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		due, err = retriesDue(ctx, r, room.org, room.desk.Now(), enough)
		return err
	})
	for _, one := range due {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.tryAgainIn(ctx, w, one.Ending) }))
	}
	return err
}

func (room *Room) tryAgainIn(ctx context.Context, w *act.Work, ending string) error {
	again, err := retries.Get(ctx, w, room.org, ending)
	if err != nil || again.State != RetryWaiting || again.Next.IsZero() || again.Next.After(w.Now()) {
		return err
	}
	e, err := endings.Get(ctx, w, room.org, ending)
	if err != nil {
		return err
	}
	e.State, e.Settled, e.Trials = Ending, time.Time{}, []EndTrial{}
	again.Tries, again.Next = again.Tries+1, time.Time{}
	w.Note("ending", e.ID)
	w.Note("try", itoa(again.Tries))
	if err := endings.Update(ctx, w, &e); err != nil {
		return err
	}
	return retries.Update(ctx, w, &again)
}

// failedIn puts an end that does not hold before people, and says when it is tried again.
func (room *Room) failedIn(ctx context.Context, w *act.Work, e EndingOf) error {
	if err := room.redIn(ctx, w, e.Subject); err != nil {
		return err
	}
	again, err := retries.Get(ctx, w, e.Org, e.ID)
	if errors.Is(err, db.ErrNone) {
		again = Retry{Org: e.Org, Ending: e.ID}
		again.failed(w.Now())
		return retries.Insert(ctx, w, &again)
	}
	if err != nil {
		return err
	}
	if again.failed(w.Now()); again.State == RetryGivenUp {
		if err := room.giveUpIn(ctx, w, e); err != nil {
			return err
		}
	}
	return retries.Update(ctx, w, &again)
}

// giveUpIn tells whoever ordered the end, or the head of IT where the house itself did,
// that no trial is left.
func (room *Room) giveUpIn(ctx context.Context, w *act.Work, e EndingOf) error {
	to := duty.To{Person: e.By}
	_, err := staff.ActorOf(ctx, w, e.Org, e.By, w.Now())
	if errors.Is(err, staff.ErrNoPerson) {
		to, err = duty.To{Role: "it-head"}, nil
	}
	if err != nil {
		return err
	}
	_, err = room.duty.OpenIn(ctx, w, duty.Opening{Kind: EndGivenUp, To: to, Subject: e.Subject, Urgent: true})
	return err
}

// heldIn closes what was opened while an end did not hold.
func (room *Room) heldIn(ctx context.Context, w *act.Work, e EndingOf) error {
	again, err := retries.Get(ctx, w, e.Org, e.ID)
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	again.close(RetryHeld, w.Now())
	if err := retries.Update(ctx, w, &again); err != nil {
		return err
	}
	if err := room.duty.DoneIn(ctx, w, EndFailed, e.Subject); err != nil || e.Kind != EndOfGrant {
		return err
	}
	g, err := grants.Get(ctx, w, e.Org, e.Subject)
	if err != nil || g.State != Failed {
		return err
	}
	g.State, g.Checked, g.Remains = Ended, w.Now(), e.Remains
	return grants.Update(ctx, w, &g)
}
