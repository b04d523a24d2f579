package output

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// States of a held print.
const (
	Waiting   = "waiting"
	Released  = "released"
	Cancelled = "cancelled"
	Expired   = "expired"
)

// Hold is a print that waits for whoever asked for it. It has the id of its issue, and
// its bytes are sealed under a key of their own. Its row is keyed.
type Hold struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Person  string    `db:"person"`
	Patient string    `db:"patient"`
	Media   string    `db:"media"`
	State   string    `db:"state"`
	Made    time.Time `db:"made"`
	Until   time.Time `db:"until"`
	Ended   time.Time `db:"ended"`
	Station string    `db:"station"` // where it was fetched by badge
	Sealed  []byte    `db:"sealed"`
	MAC     []byte    `db:"mac"`
}

func (h Hold) object() policy.Object {
	return policy.Object{Kind: "Output", ID: h.ID, Org: h.Org, Patient: h.Patient, Author: h.Person, Concerns: h.Person}
}

// live reports whether a print can still be fetched at a moment.
func (h Hold) live(at time.Time) bool { return h.State == Waiting && at.Before(h.Until) }

func holdKey(holdID string) string { return "output-" + holdID }

func holdPlace(holdID string) vault.Place { return place("Hold", holdID, "1", "bytes") }

// hold puts a copy into the queue, sealed under a key of its own, which the caller
// saves in the act.
func (room *Room) hold(m *Made, p Profile) (*vault.Subject, error) {
	key, err := room.vault.NewSubject(m.Org, holdKey(m.ID))
	if err != nil {
		return nil, err
	}
	h := &Hold{
		Org: m.Org, ID: m.ID, Person: m.Person, Patient: m.Patient, Media: m.Media, State: Waiting, Made: m.At,
		Until: m.At.Add(time.Duration(p.HoldMinutes) * time.Minute),
	}
	if h.Sealed, err = key.Seal(holdPlace(m.ID), m.Bytes); err != nil {
		return nil, err
	}
	m.Held = h
	return key, nil
}

// endIn takes a print out of the queue: its bytes are overwritten and its key is
// destroyed in the same act.
func (room *Room) endIn(ctx context.Context, w *act.Work, h *Hold, state, station string) error {
	h.State, h.Ended, h.Station, h.Sealed = state, w.Now(), station, nil
	w.Note("issue", h.ID)
	w.Note("state", state)
	if err := holds.Update(ctx, w, h); err != nil {
		return err
	}
	return room.vault.DestroySubject(ctx, w, h.Org, holdKey(h.ID))
}

// Queue discloses the prints that wait for whoever asks.
func (room *Room) Queue(ctx context.Context) ([]Hold, error) {
	waiting := []Hold{}
	err := room.desk.Disclose(ctx, "output.see", func(ctx context.Context, r *act.Reading) error {
		actor := r.Actor()
		if err := r.Permit(ctx, houseObject(actor.Org)); err != nil {
			return err
		}
		found, err := heldFor(ctx, r, actor.Org, actor.ID, r.Now())
		waiting = append([]Hold{}, found...)
		for _, h := range waiting {
			r.Concerns(h.object())
		}
		return err
	})
	return waiting, err
}

// maxWaiting bounds what one person has in the queue.
const maxWaiting = 50

func heldFor(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Hold, error) {
	return holds.Select(ctx, r, "WHERE org = $1 AND person = $2 AND state = $3 AND until > $4 ORDER BY made, id LIMIT $5",
		org, person, Waiting, at.UnixMicro(), int64(maxWaiting))
}

// CancelPrint takes a print of one's own out of the queue.
func (room *Room) CancelPrint(ctx context.Context, hold string) (Hold, error) {
	var h Hold
	err := room.desk.Do(ctx, "output.cancel", func(ctx context.Context, w *act.Work) (err error) {
		if h, err = holds.Get(ctx, w, w.Actor().Org, hold); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, h.object()); err != nil {
			return err
		}
		if h.State != Waiting {
			return errState.With("state", h.State)
		}
		return room.endIn(ctx, w, &h, Cancelled, "")
	})
	return h, err
}
