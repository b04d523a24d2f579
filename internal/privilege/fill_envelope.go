package privilege

import (
	"context"
	"strconv"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/vault"
)

// AddingEnvelope says for which account of which system an envelope is.
type AddingEnvelope struct {
	Name    string `json:"name" maxLength:"320"`
	System  string `json:"system" maxLength:"320" doc:"as recordings of bastions name it"`
	Account string `json:"account" maxLength:"320"`
}

// AddEnvelope adds an empty envelope.
func (room *Room) AddEnvelope(ctx context.Context, in AddingEnvelope) (Envelope, error) {
	e := errInput.With()
	e.MustName("name", in.Name, maxName)
	e.MustName("system", in.System, maxName)
	e.MustName("account", in.Account, maxName)
	if err := room.desk.Begin(ctx, "privilege.add-envelope"); err != nil {
		return Envelope{}, err
	}
	if err := e.OrNil(); err != nil {
		return Envelope{}, err
	}
	v := Envelope{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Name: in.Name, System: in.System, Account: in.Account, Generation: 1, MadeBy: act.From(ctx).ID}
	err := room.desk.Do(ctx, "privilege.add-envelope", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(v.Org)); err != nil {
			return err
		}
		same, err := envelopeFor(ctx, w, v.Org, v.System, v.Account)
		if err != nil {
			return err
		}
		if len(same) > 0 {
			return errTaken.With()
		}
		w.Note("envelope", v.ID)
		v.Made = w.Now()
		return envelopes.Insert(ctx, w, &v)
	})
	return v, err
}

// Halves of a credential.
const (
	FirstHalf  = 1
	SecondHalf = 2
)

// FillEnvelope puts one half of the credential into an envelope. The other half is
// somebody else's. After a use, filling both halves again is what shows that the
// credential was changed.
func (room *Room) FillEnvelope(ctx context.Context, envelope string, part int, secret string) (Envelope, error) {
	if err := room.desk.Begin(ctx, "privilege.fill-envelope"); err != nil {
		return Envelope{}, err
	}
	e := errInput.With()
	e.MustName("secret", secret, maxSecret)
	if part != FirstHalf && part != SecondHalf {
		e.At("part", fault.Text{ZH: "应为 1（前半）或 2（后半）", EN: "is 1, the half typed first, or 2"})
	}
	if err := e.OrNil(); err != nil {
		return Envelope{}, err
	}
	s, err := room.sealer(ctx)
	if err != nil {
		return Envelope{}, err
	}
	sealed, err := s.seal(halfPlace(envelope, part), secret)
	if err != nil {
		return Envelope{}, err
	}
	var v Envelope
	err = room.desk.Do(ctx, "privilege.fill-envelope", func(ctx context.Context, w *act.Work) (err error) {
		if v, err = envelopes.Get(ctx, w, w.Actor().Org, envelope); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, v.object()); err != nil {
			return err
		}
		w.Note("envelope", v.ID)
		if err := s.keep(ctx, w); err != nil {
			return err
		}
		if err := room.fill(ctx, w, &v, part, sealed); err != nil {
			return err
		}
		w.Note("generation", strconv.Itoa(v.Generation))
		return envelopes.Update(ctx, w, &v)
	})
	return v, err
}

func halfPlace(envelope string, part int) vault.Place {
	return place("Envelope", envelope, "half-"+strconv.Itoa(part))
}

// fill puts a half into its place. An envelope that was full, used or not, is begun
// anew by its next half.
func (room *Room) fill(ctx context.Context, w *act.Work, v *Envelope, part int, sealed []byte) error {
	if !v.Filled.IsZero() {
		v.Generation++
		v.First, v.FirstBy, v.Second, v.SecondBy, v.Filled = nil, "", nil, "", time.Time{}
	}
	other := v.SecondBy
	if part == SecondHalf {
		other = v.FirstBy
	}
	if other != "" {
		if err := room.mustBeAnother(ctx, w, other); err != nil {
			return err
		}
	}
	if part == FirstHalf {
		v.First, v.FirstBy = sealed, w.Actor().ID
	} else {
		v.Second, v.SecondBy = sealed, w.Actor().ID
	}
	if len(v.First) == 0 || len(v.Second) == 0 {
		return nil
	}
	v.Filled, v.Used, v.RotateBy = w.Now(), time.Time{}, time.Time{}
	return room.duty.DoneIn(ctx, w, Rotation, v.ID)
}
