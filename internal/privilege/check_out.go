package privilege

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/policy"
)

// AskCheckout asks for one use of a credential (A-196, E-148).
func (room *Room) AskCheckout(ctx context.Context, envelope, reason string, minutes int) (Checkout, error) {
	if err := room.desk.Begin(ctx, "privilege.ask-checkout"); err != nil {
		return Checkout{}, err
	}
	e := errInput.With()
	e.MustSay("reason", reason, maxWords)
	checkMinutes(e, minutes)
	if err := e.OrNil(); err != nil {
		return Checkout{}, err
	}
	c := Checkout{Org: act.From(ctx).Org, ID: id.New(room.desk.Now()), Envelope: envelope, Minutes: minutes, State: Asked, AskedBy: act.From(ctx).ID}
	s, err := room.sealer(ctx)
	if err != nil {
		return c, err
	}
	if c.Reason, err = s.seal(place("Checkout", c.ID, "reason"), reason); err != nil {
		return c, err
	}
	err = room.desk.Do(ctx, "privilege.ask-checkout", func(ctx context.Context, w *act.Work) error {
		v, err := envelopes.Get(ctx, w, c.Org, envelope)
		if err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, v.object()); err != nil {
			return err
		}
		if err := mustBeFree(ctx, w, v); err != nil {
			return err
		}
		c.AskedAt, c.Generation = w.Now(), v.Generation
		w.Note("envelope", v.ID)
		w.Note("checkout", c.ID)
		if err := room.awaitSecond(ctx, w, c.ID); err != nil {
			return err
		}
		return checkouts.Insert(ctx, w, &c)
	})
	return c, err
}

func checkMinutes(e *fault.Error, minutes int) {
	if minutes < 1 || minutes > longestUse {
		e.At("minutes", fault.Text{ZH: "时长为 1 至 240 分钟", EN: "1 to 240 minutes"})
	}
}

// mustBeFree wants a filled envelope that nobody uses or has asked for: a credential
// is used once.
func mustBeFree(ctx context.Context, w *act.Work, v Envelope) error {
	if v.State(w.Now()) != "filled" {
		return errSealed.With()
	}
	all, err := checkoutsUnder(ctx, w, v.Org, v.ID)
	for _, c := range all {
		if c.State == Asked || c.State == Approved || c.State == Running {
			return errSealed.With()
		}
	}
	return err
}

func (room *Room) awaitSecond(ctx context.Context, w *act.Work, subject string) error {
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: SecondPerson, To: duty.To{Role: "it-head"}, Subject: subject, Urgent: true})
	return err
}

// ApproveCheckout lets both halves be shown for ten minutes: one to whoever asked, one
// to whoever approves.
func (room *Room) ApproveCheckout(ctx context.Context, checkout string) (Checkout, error) {
	return room.changeCheckout(ctx, "privilege.approve-checkout", checkout, func(ctx context.Context, w *act.Work, c *Checkout) error {
		switch {
		case c.State != Asked:
			return errOrder.With("state", c.State)
		case c.over(w.Now()):
			return errLapsed.With()
		}
		if err := room.mustBeAnother(ctx, w, c.AskedBy); err != nil {
			return err
		}
		c.State, c.ApprovedBy, c.ApprovedAt = Approved, w.Actor().ID, w.Now()
		c.Until = w.Now().Add(time.Duration(c.Minutes) * time.Minute)
		return room.duty.DoneIn(ctx, w, SecondPerson, c.ID)
	})
}

// RefuseCheckout ends a checkout that was asked for.
func (room *Room) RefuseCheckout(ctx context.Context, checkout string) (Checkout, error) {
	return room.changeCheckout(ctx, "privilege.refuse-checkout", checkout, func(ctx context.Context, w *act.Work, c *Checkout) error {
		if c.State != Asked {
			return errOrder.With("state", c.State)
		}
		c.State, c.Ended = Refused, w.Now()
		return room.duty.CancelIn(ctx, w, SecondPerson, c.ID)
	})
}

// ReturnCheckout ends a use before its time.
func (room *Room) ReturnCheckout(ctx context.Context, checkout string) (Checkout, error) {
	return room.changeCheckout(ctx, "privilege.return-checkout", checkout, func(_ context.Context, w *act.Work, c *Checkout) error {
		if c.State != Approved && c.State != Running {
			return errOrder.With("state", c.State)
		}
		c.State, c.Ended = Closed, w.Now()
		return nil
	})
}

// Half is what one person is shown of a credential, once.
type Half struct {
	Checkout
	Part   int
	Secret string
}

// OpenHalf shows the half that is the actor's, to whoever asked and to whoever
// approved. From the first look on the credential counts as used.
func (room *Room) OpenHalf(ctx context.Context, checkout string) (Half, error) {
	var h Half
	c, err := room.changeCheckout(ctx, "privilege.open-half", checkout, func(ctx context.Context, w *act.Work, c *Checkout) error {
		v, err := envelopes.Get(ctx, w, c.Org, c.Envelope)
		if err != nil {
			return absent(err)
		}
		h.Part = v.partOf(*c, w.Actor().ID)
		shown, sealed := &c.Opened, v.First
		if w.Actor().ID == c.ApprovedBy {
			shown = &c.OpenedOther
		}
		if h.Part == SecondHalf {
			sealed = v.Second
		}
		switch {
		case c.State != Approved && c.State != Running:
			return errOrder.With("state", c.State)
		case w.Now().Sub(c.ApprovedAt) >= toOpen || v.Generation != c.Generation:
			return errLapsed.With()
		case !shown.IsZero():
			return errShown.With()
		}
		*shown, c.State = w.Now(), Running
		if h.Secret, err = room.open(ctx, w, c.Org, halfPlace(v.ID, h.Part), sealed); err != nil {
			return err
		}
		return room.markUsed(ctx, w, &v, *c)
	})
	h.Checkout = c
	if err != nil {
		return Half{}, err
	}
	return h, nil
}

// markUsed asks for a new credential, by a day after the use (E-148: single use).
func (room *Room) markUsed(ctx context.Context, w *act.Work, v *Envelope, c Checkout) error {
	if !v.Used.IsZero() {
		return nil
	}
	v.Used, v.RotateBy = w.Now(), c.Until.Add(toRotate)
	if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Rotation, To: duty.To{Person: c.AskedBy}, Subject: v.ID, Deadline: v.RotateBy}); err != nil {
		return err
	}
	return envelopes.Update(ctx, w, v)
}

// changeCheckout is the spine of all that is done to a checkout.
func (room *Room) changeCheckout(ctx context.Context, verb, checkout string, do func(ctx context.Context, w *act.Work, c *Checkout) error) (Checkout, error) {
	var c Checkout
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) (err error) {
		if c, err = checkouts.Get(ctx, w, w.Actor().Org, checkout); err != nil {
			return absent(err)
		}
		if err := w.Permit(ctx, c.object(), charge(w, c.ID, c.ApprovedBy)...); err != nil {
			return err
		}
		w.Note("checkout", c.ID)
		if err := do(ctx, w, &c); err != nil {
			return err
		}
		return checkouts.Update(ctx, w, &c)
	})
	return c, err
}

// charge ties the person who approved something to it.
func charge(w *act.Work, subject, approvedBy string) []policy.Tie {
	if approvedBy == "" || approvedBy != w.Actor().ID {
		return nil
	}
	return []policy.Tie{{Kind: policy.TieCharge, ID: subject, Role: "second-person", Source: "approval", Since: w.Now(), Until: w.Now().Add(time.Minute)}}
}
