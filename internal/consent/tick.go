package consent

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
)

const (
	clockLease = "consent-clock"
	clockTerm  = 2 * time.Minute
	// ahead is how long before its end or review somebody is asked to see to a consent.
	ahead = 30 * day
	// atOnce is how many consents are seen to in one look.
	atOnce = 100
)

// Tick asks for the renewal of what will end and the review of what stands until
// withdrawn. The house calls it every minute on every process; one does the work.
func (room *Room) Tick(ctx context.Context) error {
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
	var due []Record
	err = room.desk.Look(ctx, func(r db.Reader) (err error) {
		due, err = unseen(ctx, r, room.org, room.desk.Now().Add(ahead), atOnce)
		return err
	})
	ctx = act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Job, ID: act.Job, Org: room.org}, Purpose: "operation"})
	for _, rec := range due {
		err = errors.Join(err, room.desk.Do(ctx, "consent.clock", func(ctx context.Context, w *act.Work) error { return room.tell(ctx, w, rec.ID) }))
	}
	return err
}

func (room *Room) tell(ctx context.Context, w *act.Work, consent string) error {
	if err := w.Permit(ctx, houseObject(room.org)); err != nil {
		return err
	}
	rec, err := records.Get(ctx, w, room.org, consent)
	if err != nil || !rec.Told.IsZero() || !rec.Withdrawn.IsZero() {
		return err
	}
	rec.Told = w.Now()
	w.Note("consent", rec.ID)
	if _, err := room.duty.OpenIn(ctx, w, duty.Opening{
		Kind: Expiring, To: duty.To{Role: "medical-affairs"}, Subject: rec.ID, Patient: rec.Patient, Deadline: rec.Due,
	}); err != nil {
		return err
	}
	return records.Update(ctx, w, &rec)
}
