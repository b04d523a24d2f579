package retention

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/vault"
)

// longestHold is how far ahead a hold may end. It is set again when it is needed longer.
const longestHold = 5 * 366 * 24 * time.Hour

// Holding asks that a record be kept beyond its term.
type Holding struct {
	Patient string
	Basis   string
	Words   string
	Until   time.Time
}

func (h Holding) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(Bases, h.Basis) {
		e.At("basis", text("请选择保全依据", "choose one of: "+strings.Join(Bases, ", ")))
	}
	if !h.Until.After(now) || h.Until.Sub(now) > longestHold {
		e.At("until", text("截止时间应在现在至五年之内", "it ends between now and five years from now"))
	}
	e.MustSay("words", h.Words, maxWords)
	return e.OrNil()
}

func holdPlace(hold string) vault.Place {
	return vault.Place{Kind: "RetentionHold", Object: hold, Version: "1", Field: "words"}
}

// SetHold keeps a record beyond its term until a day (保全).
func (room *Room) SetHold(ctx context.Context, in Holding) (Hold, error) {
	if err := room.desk.Begin(ctx, "retention.hold"); err != nil {
		return Hold{}, err
	}
	if err := in.check(room.desk.Now()); err != nil {
		return Hold{}, err
	}
	h := Hold{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Patient: in.Patient, Basis: in.Basis, Until: in.Until.UTC()}
	err := room.desk.Look(ctx, func(r db.Reader) error {
		key, err := room.patients.FindSubject(ctx, r, h.Org, in.Patient)
		if err != nil {
			return err
		}
		h.Words, err = key.Seal(holdPlace(h.ID), []byte(in.Words))
		return err
	})
	if err != nil {
		return h, err
	}
	err = room.desk.Do(ctx, "retention.hold", func(ctx context.Context, w *act.Work) error {
		known, err := room.patients.Find(ctx, w, h.Org, h.Patient)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, known.Object); err != nil {
			return err
		}
		h.By, h.Since = w.Actor().ID, w.Now()
		w.Note("hold", h.ID)
		w.Note("basis", h.Basis)
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: HoldEnds, To: duty.To{Person: h.By}, Subject: h.ID, Patient: h.Patient, Deadline: h.Until}); err != nil {
			return err
		}
		return holds.Insert(ctx, w, &h)
	})
	return h, err
}

// LiftHold ends a hold before its day, by somebody unrelated to whoever set it.
func (room *Room) LiftHold(ctx context.Context, hold string) (Hold, error) {
	var h Hold
	err := room.desk.Do(ctx, "retention.lift-hold", func(ctx context.Context, w *act.Work) (err error) {
		if h, err = holds.Get(ctx, w, w.Actor().Org, hold); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, h.object()); err != nil {
			return err
		}
		if !h.Holds(w.Now()) {
			return errLifted.With()
		}
		if err := room.bonds.MustBeAnother(ctx, w, errOnePerson, h.By); err != nil {
			return err
		}
		h.Lifted, h.LiftedBy = w.Now(), w.Actor().ID
		if err := room.duty.DoneIn(ctx, w, HoldEnds, h.ID); err != nil {
			return err
		}
		return holds.Update(ctx, w, &h)
	})
	return h, err
}
