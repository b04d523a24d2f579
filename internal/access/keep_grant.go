package access

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// KeepGrant lets the holder of a grant that would end because nobody uses it keep it,
// with words. It is left alone for as long as it may go unused again.
func (room *Room) KeepGrant(ctx context.Context, grant, words string) (Idle, error) {
	const verb = "access.keep-grant"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Idle{}, err
	}
	if err := checkWords(errGrantInput.With(), words).OrNil(); err != nil {
		return Idle{}, err
	}
	why, err := room.sealKeeping(ctx, grant, words)
	if err != nil {
		return Idle{}, room.desk.Missing(ctx, verb, err)
	}
	var n Idle
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		g, err := grants.Get(ctx, w, w.Actor().Org, grant)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, g.object()); err != nil {
			return err
		}
		if g.Patient != "" {
			w.Concerns(policy.Object{Kind: "Patient", ID: g.Patient, Patient: g.Patient})
		}
		n, err = noticeOf(ctx, w, g.Org, g.ID)
		if errors.Is(err, db.ErrNone) || err == nil && !n.Ends.After(w.Now()) {
			return errNotIdle.With()
		}
		if err != nil {
			return err
		}
		n.Words = why.words
		n.close(IdleKept, w.Now())
		w.Note("grant", g.ID)
		if err := why.keep(ctx, w); err != nil {
			return err
		}
		if err := room.duty.DoneIn(ctx, w, IdleGrant, n.ID); err != nil {
			return err
		}
		return idles.Update(ctx, w, &n)
	})
	return n, err
}

// sealKeeping seals why a grant is kept, under the key of the patient to whom it leads.
func (room *Room) sealKeeping(ctx context.Context, grant, words string) (note, error) {
	var g Grant
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		g, err = grants.Get(ctx, r, act.From(ctx).Org, grant)
		return absent(err)
	})
	if err != nil {
		return note{}, err
	}
	return room.sealNote(ctx, g.Patient, wordsPlace("Grant", g.ID, "keep"), words)
}
