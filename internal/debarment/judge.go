package debarment

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// Judge says of a hit whether it is the one who is barred: another or same where only the
// name is, noted where it is certain. Whoever was stopped does not judge it.
func (room *Room) Judge(ctx context.Context, hit, verdict, words string) (Hit, error) {
	const verb = "debarment.judge"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Hit{}, err
	}
	e := errInput.With()
	if !slices.Contains([]string{Another, Same, Noted}, verdict) {
		e.At("verdict", fault.Text{ZH: "应为 another、same 或 noted", EN: "is another, same or noted"})
	}
	e.MustSay("words", words, maxWords)
	if err := e.OrNil(); err != nil {
		return Hit{}, err
	}
	sealed, err := room.sealWords(ctx, hit, words)
	if err != nil {
		return Hit{}, room.desk.Missing(ctx, verb, err)
	}
	var h Hit
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if h, err = hits.Get(ctx, w, w.Actor().Org, hit); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, h.object()); err != nil {
			return err
		}
		if !h.open() || (h.State == Refused) != (verdict == Noted) {
			return errOrder.With("state", h.State)
		}
		h.State, h.Judged, h.JudgedBy, h.Words = verdict, w.Now(), w.Actor().ID, sealed
		if verdict == Another {
			h.Until = w.Now().Add(anotherCounts)
		}
		w.Note("hit", h.ID)
		w.Note("verdict", verdict)
		if err := room.duty.DoneIn(ctx, w, Judging, h.ID); err != nil {
			return err
		}
		return hits.Update(ctx, w, &h)
	})
	return h, err
}

// sealWords seals why, under the key of the debarment, before the act.
func (room *Room) sealWords(ctx context.Context, hit, words string) (sealed []byte, err error) {
	err = room.desk.Look(ctx, func(r db.Reader) error {
		h, err := hits.Get(ctx, r, act.From(ctx).Org, hit)
		if err != nil {
			return absent(err)
		}
		key, err := room.vault.Subject(ctx, r, h.Org, h.Debarment)
		if err != nil {
			return err
		}
		sealed, err = key.Seal(wordsPlace(h.ID), []byte(words))
		return err
	})
	return sealed, err
}
