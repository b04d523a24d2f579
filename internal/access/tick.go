package access

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
)

const (
	clockLease = "access-clock"
	clockTerm  = 2 * time.Minute
	// enough is how many attempts of one look are told; more are more.
	enough = 100
)

// Tick ends what has run out and tries its end, tries again what did not hold, makes the morning's digest, tells
// the owners of seals of attempts, freezes whoever is refused beyond his scope again and
// again, ends grants that nobody uses, asks about those that a narrowed frame leaves outside, and closes reviews whose time is over. The house calls it every minute on every process; one of them does the work.
func (room *Room) Tick(ctx context.Context) error {
	ctx = room.clockContext(ctx)
	err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		_, err := db.Acquire(ctx, w, clockLease, room.name, room.desk.Now(), clockTerm)
		return err
	})
	if errors.Is(err, db.ErrHeld) || errors.Is(err, db.ErrExists) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(room.endAll(ctx), room.tryAgain(ctx), room.digest(ctx), room.watchSeals(ctx), room.watchRefusals(ctx), room.watchIdle(ctx), room.watchFrames(ctx), room.sealStaged(ctx), room.tendCampaigns(ctx), room.tendRelease(ctx))
}

// clock is one act of the house itself.
func (room *Room) clock(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return room.desk.Do(room.clockContext(ctx), "access.clock", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(room.org)); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// endAll marks the grants that have run out. They opened nothing since; the mark is
// for people to see, and orders the trial.
func (room *Room) endAll(ctx context.Context) error {
	var over []Grant
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		over, err = endedUnseen(ctx, r, room.org, room.desk.Now(), enough)
		return err
	})
	for _, g := range over {
		err = errors.Join(err, room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.expire(ctx, w, g.ID) }))
	}
	return err
}

func (room *Room) expire(ctx context.Context, w *act.Work, grant string) error {
	g, err := grants.Get(ctx, w, room.org, grant)
	if err != nil || g.State != Live || g.End().After(w.Now()) {
		return err
	}
	if g.ConfirmBy.IsZero() || g.Until.Before(g.ConfirmBy) {
		return room.endIn(ctx, w, &g, Expired)
	}
	if err := room.endIn(ctx, w, &g, Unconfirmed); err != nil {
		return err
	}
	q, err := requests.Get(ctx, w, g.Org, g.Request)
	if err != nil || q.State != Waiting {
		return err
	}
	q.State, q.Closed = Lapsed, w.Now()
	if err := settleExceptions(ctx, w, q, ""); err != nil {
		return err
	}
	if err := requests.Update(ctx, w, &q); err != nil {
		return err
	}
	return room.duty.CancelIn(ctx, w, Approval, q.ID)
}

// watchSeals counts who was refused at a seal, or opened it by break-glass, since
// the last look, and tells the owner.
func (room *Room) watchSeals(ctx context.Context) error {
	if room.ledger == nil {
		return nil
	}
	var live []Seal
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		live, err = liveSeals(ctx, r, room.org, nil)
		return err
	})
	for _, s := range live {
		err = errors.Join(err, room.watch(ctx, s))
	}
	return err
}

func (room *Room) watch(ctx context.Context, s Seal) error {
	until := room.desk.Now()
	if !until.After(s.Watched) {
		return nil
	}
	var n int
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		n, err = room.attempts(ctx, r, s, until)
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		fresh, err := seals.Get(ctx, w, s.Org, s.ID)
		if err != nil || !fresh.Watched.Equal(s.Watched) || !fresh.Lifted.IsZero() {
			return err
		}
		fresh.Watched = until
		w.Note("seal", s.ID)
		w.Note("attempts", strconv.Itoa(n))
		open, err := duty.OpenAbout(ctx, w, s.Org, SealAttempts, s.ID)
		if err != nil {
			return err
		}
		if len(open) == 0 {
			if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: SealAttempts, To: duty.To{Person: s.Owner}, Subject: s.ID, Patient: s.Patient, Urgent: true}); err != nil {
				return err
			}
		}
		return seals.Update(ctx, w, &fresh)
	})
}

// attempts counts what was refused at a seal or opened by break-glass since it was
// last looked at.
func (room *Room) attempts(ctx context.Context, r db.Reader, s Seal, until time.Time) (int, error) {
	n := 0
	refused, err := room.ledger.Search(ctx, r, ledger.Query{Org: s.Org, Patient: s.Patient, Outcome: ledger.Refused, From: s.Watched, To: until, Limit: enough})
	if err != nil {
		return 0, err
	}
	for _, line := range refused.Lines {
		entry, err := room.ledger.ByID(ctx, r, line.ID)
		if err != nil {
			return 0, err
		}
		if atSeal(entry.Entry) {
			n++
		}
	}
	broken, err := room.ledger.Search(ctx, r, ledger.Query{Org: s.Org, Patient: s.Patient, Outcome: ledger.Done, Verbs: []string{"access.break-glass"}, From: s.Watched, To: until, Limit: enough})
	return n + len(broken.Lines), err
}

// atSeal reports whether a refusal was a seal's.
func atSeal(e ledger.Entry) bool {
	for _, rule := range e.Why.Rules {
		if len(rule) > 5 && rule[:5] == "seal." {
			return true
		}
	}
	return false
}
