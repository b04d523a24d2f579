package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
)

// MoveStay gives a stay another end, within its programme or with a new one, and
// moves everything that ends with it or is taken up after it.
func (r *Room) MoveStay(ctx context.Context, stay string, until, programme time.Time) (Stay, error) {
	var moved Stay
	err := r.desk.Do(ctx, "staff.move-stay", func(ctx context.Context, w *act.Work) error {
		var err error
		if moved, err = findStay(ctx, w, w.Actor().Org, stay); err != nil {
			return err
		}
		if err := permitStay(ctx, w, moved); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), moved.Person); err != nil {
			return err
		}
		if !moved.End().After(w.Now()) || !moved.Ended.IsZero() {
			return errStayOver.With()
		}
		if !programme.IsZero() {
			moved.Programme = programme.UTC()
		}
		if err := mayEnd(ctx, w, &moved, until.UTC()); err != nil {
			return err
		}
		w.Note("stay", moved.ID)
		return reckonAnew(ctx, w, &moved, until.UTC(), false)
	})
	if err != nil {
		return Stay{}, err
	}
	r.powersChanged(moved.Org, moved.Person)
	return moved, nil
}

// EndStay ends a stay now, and with it what it brought. A sponsor may do so, for
// he knows first that somebody has gone.
func (r *Room) EndStay(ctx context.Context, stay string) (Stay, error) {
	var ended Stay
	err := r.desk.Do(ctx, "staff.end-stay", func(ctx context.Context, w *act.Work) error {
		var err error
		if ended, err = findStay(ctx, w, w.Actor().Org, stay); err != nil {
			return err
		}
		if err := permitStay(ctx, w, ended); err != nil {
			return err
		}
		if err := notOneself(w.Actor(), ended.Person); err != nil {
			return err
		}
		if !ended.End().After(w.Now()) {
			return errStayOver.With()
		}
		w.Note("stay", ended.ID)
		if err := reckonAnew(ctx, w, &ended, w.Now(), true); err != nil {
			return err
		}
		if !ended.nature().leavesThings() {
			return nil
		}
		return r.openLines(ctx, w, ended.Person, ended.ID, w.Now())
	})
	if err != nil {
		return Stay{}, err
	}
	r.powersChanged(ended.Org, ended.Person)
	return ended, nil
}

func mayEnd(ctx context.Context, w *act.Work, s *Stay, until time.Time) error {
	e := errInput.With()
	switch {
	case !until.After(w.Now()) || !until.After(s.Since):
		e.At("until", fault.Text{ZH: "截止日期应晚于开始日期和现在；如需立即结束请用“立即结束”", EN: "the end must be later than the beginning and than now; to end it now, end it"})
	case until.After(s.Programme):
		e.At("until", fault.Text{ZH: "不得晚于培训进修的结束日期", EN: "must not be later than the end of the programme"})
	case s.Programme.Sub(s.Since) > s.nature().longest:
		e.At("programme", fault.Text{ZH: "超过此类安排的最长期限", EN: "is longer than such a stay may last"})
	}
	if err := e.OrNil(); err != nil || !until.After(s.Until) {
		return err
	}
	if s.Vendor != "" {
		extended := *s
		extended.Until = until
		if err := vendorBound(ctx, w, extended); err != nil {
			return err
		}
	}
	others, err := staysOf(ctx, w, s.Org, s.Person)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != s.ID && s.nature().away && o.nature().away && o.Since.Before(until) && o.End().After(s.Since) {
			return errAwayTwice.With()
		}
		if s.nature().within && o.Kind == Training && o.Live(s.Since) && until.After(o.End()) {
			return errNoProgramme.With()
		}
	}
	return nil
}

// reckonAnew gives a stay its end, and everything that hangs on it.
func reckonAnew(ctx context.Context, w *act.Work, s *Stay, end time.Time, now bool) error {
	if now {
		s.Ended, s.EndedBy = end, w.Actor().ID
	} else {
		s.Until = end
	}
	for _, post := range s.Posts {
		a, err := appointments.Get(ctx, w, s.Org, post)
		if err != nil {
			return err
		}
		if !a.Ended.IsZero() && !a.End().After(w.Now()) {
			continue
		}
		if now || !end.After(a.Since) {
			a.Ended, a.EndedBy = later(end, a.Since), w.Actor().ID
		} else {
			a.Until = end
		}
		if err := appointments.Update(ctx, w, &a); err != nil {
			return err
		}
	}
	if s.nature().away {
		for i := range s.Homes {
			if err := takeUp(ctx, w, *s, &s.Homes[i], later(end, s.Since)); err != nil {
				return err
			}
		}
	}
	if err := stays.Update(ctx, w, s); err != nil || s.Kind != Training {
		return err
	}
	return shortenRotations(ctx, w, *s, now)
}

// shortenRotations ends the rotations of a training with it.
func shortenRotations(ctx context.Context, w *act.Work, training Stay, now bool) error {
	others, err := staysOf(ctx, w, training.Org, training.Person)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o Stay) bool { return !o.nature().within || !o.End().After(training.End()) })
	for _, o := range others {
		if now || !training.End().After(o.Since) {
			err = reckonAnew(ctx, w, &o, w.Now(), true)
		} else {
			o.Programme = training.End()
			err = reckonAnew(ctx, w, &o, training.End(), false)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
