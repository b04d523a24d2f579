package access

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// DecideException answers for a grant that a narrowed frame left outside: the head of the
// department, the security office and medical affairs each say that it is kept as an
// exception, or one of them ends it.
func (room *Room) DecideException(ctx context.Context, exception string, keep bool, words string) (Exception, error) {
	const verb = "access.decide-exception"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Exception{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return Exception{}, err
	}
	why, err := room.sealException(ctx, exception, words)
	if err != nil {
		return Exception{}, room.desk.Missing(ctx, verb, err)
	}
	var x Exception
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if x, err = exceptions.Get(ctx, w, w.Actor().Org, exception); err != nil {
			return absent(err)
		}
		extra, err := room.chargeOfException(ctx, w, x)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, x.object(), extra...); err != nil {
			return err
		}
		if x.State != Waiting || x.Kind != ExceptionOutside {
			return errDecided.With()
		}
		if err := room.voteOnException(ctx, w, &x, keep); err != nil {
			return err
		}
		x.Words = why.words
		w.Note("exception", x.ID)
		w.Note("state", x.State)
		if err := why.keep(ctx, w); err != nil {
			return err
		}
		return exceptions.Update(ctx, w, &x)
	})
	return x, err
}

// chargeOfException is the tie of whoever the exception waits for.
func (room *Room) chargeOfException(ctx context.Context, w *act.Work, x Exception) ([]policy.Tie, error) {
	if len(x.Steps) == 0 {
		return nil, nil
	}
	return room.chargeOf(ctx, w, x.asked(), false)
}

func (room *Room) voteOnException(ctx context.Context, w *act.Work, x *Exception, keep bool) error {
	said, err := votesOn(ctx, w, x.Org, x.ID)
	if err != nil {
		return err
	}
	for _, v := range said {
		if v.Person == w.Actor().ID {
			return errVoted.With()
		}
	}
	if err := votes.Insert(ctx, w, &Vote{Org: x.Org, Request: x.ID, Step: x.Step, Person: w.Actor().ID, At: w.Now()}); err != nil {
		return err
	}
	if err := room.duty.DoneIn(ctx, w, FrameException, x.ID); err != nil {
		return err
	}
	if !keep {
		return room.cutOutside(ctx, w, x)
	}
	if x.Step++; x.Step < len(x.Steps) {
		return room.askException(ctx, w, *x)
	}
	x.Step = len(x.Steps) - 1
	x.State, x.Closed, x.ClosedBy = Approved, w.Now(), w.Actor().ID
	return nil
}

// askException opens the tasks of the step at which an exception stands. Where nobody
// stands on it, the exception waits until it is due, and is cut.
func (room *Room) askException(ctx context.Context, w *act.Work, x Exception) error {
	err := room.askStep(ctx, w, FrameException, x.asked())
	if errors.Is(err, errNoApprover) {
		return nil
	}
	return err
}

// cutOutside ends the grant that nobody keeps.
func (room *Room) cutOutside(ctx context.Context, w *act.Work, x *Exception) error {
	x.State, x.Closed, x.ClosedBy = CutByFrame, w.Now(), w.Actor().ID
	g, err := grants.Get(ctx, w, x.Org, x.Result)
	if err != nil || g.State != Live {
		return err
	}
	return room.endIn(ctx, w, &g, Outside)
}

func (room *Room) sealException(ctx context.Context, exception, words string) (note, error) {
	var x Exception
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		x, err = exceptions.Get(ctx, r, act.From(ctx).Org, exception)
		return absent(err)
	})
	if err != nil {
		return note{}, err
	}
	return room.sealNote(ctx, x.Patient, wordsPlace("Grant", x.ID, "exception"), words)
}
