package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
)

// ReviewBreach gives the verdict on a flagged breach, with words, by somebody else than
// who flagged it: cleared, what was suspended is given back at once; confirmed, it stays
// suspended until a moment, at most 90 days away.
func (room *Room) ReviewBreach(ctx context.Context, freeze string, confirmed bool, until time.Time, words string) (Freeze, error) {
	const verb = "access.review-breach"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Freeze{}, err
	}
	e := checkWords(errGrantInput.With(), words)
	if now := room.desk.Now(); confirmed && (!until.After(now) || until.Sub(now) > longestBreach) {
		e = e.At("until", fault.Text{ZH: "请写明暂停到何时，最长 90 天", EN: "say until when it stays suspended, at most 90 days away"})
	}
	if err := e.OrNil(); err != nil {
		return Freeze{}, err
	}
	n, err := room.sealNote(ctx, "", wordsPlace("Freeze", freeze, "words"), words)
	if err != nil {
		return Freeze{}, room.desk.Missing(ctx, verb, err)
	}
	var f Freeze
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		b, err := breaches.Get(ctx, w, w.Actor().Org, freeze)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, b.object()); err != nil {
			return err
		}
		if f, err = freezes.Get(ctx, w, b.Org, freeze); err != nil {
			return err
		}
		if !f.Settled.IsZero() || !f.live(w.Now()) {
			return errFreezeOver.With()
		}
		f.Settled, f.SettledBy, f.Words = w.Now(), w.Actor().ID, n.words
		verdict := "cleared"
		if confirmed {
			verdict, f.Until = "confirmed", until.UTC()
		} else {
			f.Lifted = w.Now()
		}
		w.Note("freeze", f.ID)
		w.Note("person", f.Person)
		w.Note("verdict", verdict)
		if err := n.keep(ctx, w); err != nil {
			return err
		}
		for _, told := range []*duty.Kind{BreachReview, BreachTold} {
			if err := room.duty.DoneIn(ctx, w, told, f.ID); err != nil {
				return err
			}
		}
		return freezes.Update(ctx, w, &f)
	})
	return f, err
}

// breachSeen adds to a freeze on a list what it was flagged for; nothing when the house
// froze by itself.
func (room *Room) breachSeen(ctx context.Context, r *act.Reading, freeze string) (*BreachSeen, error) {
	b, err := breachOf(ctx, r, r.Actor().Org, freeze)
	if err != nil || b == nil {
		return nil, err
	}
	said, err := room.openNote(ctx, r, b.Org, "", wordsPlace("Freeze", freeze, "breach"), b.Words)
	return &BreachSeen{BreachFlag: *b, Said: said}, err
}

// BreachSeen is a breach with what its officer said.
type BreachSeen struct {
	BreachFlag
	Said string
}
