package source

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
)

const (
	clockLease = "source-clock"
	clockTerm  = 2 * time.Minute
)

// Tick writes down what was heard, stops what has run out, and asks people for what
// is about to. The house calls it every minute on every process; one of them keeps the
// clock.
func (room *Room) Tick(ctx context.Context) error {
	if err := room.Flush(ctx); err != nil {
		return err
	}
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
	now := room.desk.Now()
	return errors.Join(room.lookAfterSources(ctx, now), room.lookAfterKeys(ctx, now), room.forgetNonces(ctx, now), room.forgetTokens(ctx, now), room.forgetUses(ctx, now))
}

func (room *Room) lookAfterSources(ctx context.Context, now time.Time) error {
	heard, err := room.lastHeard(ctx, now)
	if err != nil {
		return err
	}
	var failed error
	for after, more := "", true; more; {
		var page []Source
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			page, err = running(ctx, r, room.org, after)
			return err
		})
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, s := range page {
			after = s.ID
			failed = errors.Join(failed, room.lookAfter(ctx, s, heard[s.ID], now))
		}
		more = len(page) == atOnce
	}
	return failed
}

// lookAfter does for one source what its dates and its silence ask for.
func (room *Room) lookAfter(ctx context.Context, s Source, heard, now time.Time) error {
	switch {
	case !s.Until.After(now):
		return room.stop(ctx, s.ID)
	case !s.byHand() && nearEnd(s.Since, s.Until, now):
		if err := room.askOnce(ctx, Renewal, duty.Opening{To: duty.To{Person: s.Owner}, Subject: s.ID, Deadline: s.Until}, s.Agreement); err != nil {
			return err
		}
	}
	if s.silent(heard, now) {
		return room.askOnce(ctx, Silence, duty.Opening{To: duty.To{Person: s.Owner}, Subject: s.ID, Urgent: true}, "")
	}
	return room.settleSilence(ctx, s)
}

// stop suspends a source whose agreement is over. It could do nothing from that moment
// on; this is what is shown.
func (room *Room) stop(ctx context.Context, source string) error {
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		s, err := sources.Get(ctx, w, room.org, source)
		if err != nil || s.Until.After(w.Now()) || s.State != Live && s.State != Approved {
			return err
		}
		w.Note("source", s.ID)
		s.State, s.Why = Suspended, AgreementOver
		s.Rev++
		if err := room.duty.CancelIn(ctx, w, Silence, s.ID); err != nil {
			return err
		}
		return sources.Update(ctx, w, &s)
	})
}

// nearEnd reports whether three quarters of a time are over.
func nearEnd(since, until, now time.Time) bool {
	return now.After(since.Add(until.Sub(since) / 4 * 3))
}

// askOnce opens a task unless one is open about the same thing, or something waits
// that makes it needless.
func (room *Room) askOnce(ctx context.Context, k *duty.Kind, o duty.Opening, agreement string) error {
	o.Kind = k
	asked := func(ctx context.Context, r db.Reader) (bool, error) {
		open, err := duty.OpenAbout(ctx, r, room.org, k, o.Subject)
		if err != nil || len(open) > 0 || agreement == "" {
			return len(open) > 0, err
		}
		_, waits, err := waitingAgreement(ctx, r, room.org, o.Subject)
		return waits, err
	}
	var already bool
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		already, err = asked(ctx, r)
		return err
	})
	if err != nil || already {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error {
		if already, err := asked(ctx, w); err != nil || already {
			return err
		}
		_, err := room.duty.OpenIn(ctx, w, o)
		return err
	})
}

// settleSilence closes what was asked about a source that is heard of again.
func (room *Room) settleSilence(ctx context.Context, s Source) error {
	var open []duty.Task
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		open, err = duty.OpenAbout(ctx, r, room.org, Silence, s.ID)
		return err
	})
	if err != nil || len(open) == 0 {
		return err
	}
	return room.clock(ctx, func(ctx context.Context, w *act.Work) error { return room.duty.DoneIn(ctx, w, Silence, s.ID) })
}

func (room *Room) lookAfterKeys(ctx context.Context, now time.Time) error {
	var failed error
	for after, more := "", true; more; {
		var page []Key
		err := room.desk.Look(ctx, func(r db.Reader) (err error) {
			page, err = liveKeys(ctx, r, room.org, now, after)
			return err
		})
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, k := range page {
			after = k.ID
			if nearEnd(k.Since, k.Until, now) {
				failed = errors.Join(failed, room.askOnce(ctx, KeyRenewal, duty.Opening{To: duty.To{Role: "system-administrator"}, Subject: k.ID, Deadline: k.Until}, ""))
			}
		}
		more = len(page) == atOnce
	}
	return failed
}

// lastHeard is when each source was heard of last, within the longest silence there is.
func (room *Room) lastHeard(ctx context.Context, now time.Time) (map[string]time.Time, error) {
	heard := map[string]time.Time{}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		all, err := pulsesSince(ctx, r, room.org, now.Add(-maxSilent*time.Minute))
		for _, p := range all {
			heard[p.Source] = later(heard[p.Source], p.Heard)
		}
		return err
	})
	return heard, err
}

func (room *Room) forgetNonces(ctx context.Context, now time.Time) error {
	for {
		var n int
		err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			old, err := oldNonces(ctx, w, now)
			if err != nil {
				return err
			}
			n = len(old)
			for _, one := range old {
				if err := nonces.Delete(ctx, w, &one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < atOnce {
			return err
		}
	}
}

func (room *Room) forgetUses(ctx context.Context, now time.Time) error {
	for {
		var n int
		err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			old, err := oldUses(ctx, w, now.Add(-usesKept))
			if err != nil {
				return err
			}
			n = len(old)
			for _, one := range old {
				if err := uses.Delete(ctx, w, &one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < atOnce {
			return err
		}
	}
}

// forgetTokens deletes tokens a while after they ended, as long as somebody may still
// show one a second time.
func (room *Room) forgetTokens(ctx context.Context, now time.Time) error {
	for {
		var n int
		err := room.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
			old, err := oldTokens(ctx, w, now.Add(-allowanceLife))
			if err != nil {
				return err
			}
			n = len(old)
			for _, one := range old {
				if err := tokens.Delete(ctx, w, &one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < atOnce {
			return err
		}
	}
}
