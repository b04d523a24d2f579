package consent

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// Withdrawing says who took a consent back, and in what words.
type Withdrawing struct {
	Relation string
	Words    string
}

// Withdraw ends a consent now. Every access from here on finds it ended.
func (room *Room) Withdraw(ctx context.Context, consent string, in Withdrawing) (Record, error) {
	if err := room.desk.Begin(ctx, "consent.withdraw"); err != nil {
		return Record{}, err
	}
	e := errInput.With()
	among(e, "relation", []string{in.Relation}, ByPatient, ByGuardian, ByRelative)
	e.MaySay("words", in.Words, maxWords)
	if err := e.OrNil(); err != nil {
		return Record{}, err
	}
	words, err := room.sealAbout(ctx, consent, in.Words)
	if err != nil {
		return Record{}, room.desk.Missing(ctx, "consent.withdraw", err)
	}
	var rec Record
	err = room.desk.Do(ctx, "consent.withdraw", func(ctx context.Context, w *act.Work) error {
		if rec, err = room.find(ctx, &w.Reading, consent); err != nil {
			return err
		}
		if !rec.Live(w.Now()) {
			return errWithdrawn.With()
		}
		if err := mayWithdraw(ctx, w, rec, in.Relation); err != nil {
			return err
		}
		rec.Withdrawn, rec.WithdrawnBy, rec.Words = w.Now(), in.Relation, words
		if !rec.Told.IsZero() {
			if err := room.duty.CancelIn(ctx, w, Expiring, rec.ID); err != nil {
				return err
			}
		}
		return records.Update(ctx, w, &rec)
	})
	return rec, err
}

// mayWithdraw lets a guardian speak for as long as his power lasts. The patient always
// may: a doubt about him must not keep open what he wants shut.
func mayWithdraw(ctx context.Context, w *act.Work, rec Record, relation string) error {
	if relation != ByGuardian {
		return nil
	}
	live, err := guardiansOf(ctx, w, rec.Org, rec.Patient, w.Now())
	if err == nil && len(live) == 0 {
		return errNoPower.With()
	}
	return err
}

// find reads a record and asks policy about it.
func (room *Room) find(ctx context.Context, r *act.Reading, consent string) (Record, error) {
	rec, err := records.Get(ctx, r, r.Actor().Org, consent)
	if err != nil {
		return rec, absent(err)
	}
	known, err := room.patients.Find(ctx, r, rec.Org, rec.Patient)
	if err != nil {
		return rec, err
	}
	r.Note("consent", rec.ID)
	return rec, r.Permit(ctx, rec.object(known.Object))
}

func (room *Room) sealAbout(ctx context.Context, consent, text string) ([]byte, error) {
	var sealed []byte
	err := room.desk.Look(ctx, func(r db.Reader) error {
		rec, err := records.Get(ctx, r, act.From(ctx).Org, consent)
		if err != nil {
			return absent(err)
		}
		subject, err := room.patients.FindSubject(ctx, r, rec.Org, rec.Patient)
		if err != nil {
			return err
		}
		sealed, err = sealText(subject, place("Consent", rec.ID, "words"), text)
		return err
	})
	return sealed, err
}
