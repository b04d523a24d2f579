package debarment

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

// Propose asks that a person or an organisation is barred. It holds when somebody
// unrelated has agreed.
func (room *Room) Propose(ctx context.Context, in Proposal) (Debarment, error) {
	const verb = "debarment.propose"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return Debarment{}, err
	}
	now := room.desk.Now()
	if in.Since.IsZero() {
		in.Since = now
	}
	in.Name, in.Number = strings.TrimSpace(in.Name), strings.TrimSpace(in.Number)
	if err := in.check(now); err != nil {
		return Debarment{}, err
	}
	d := Debarment{
		Org: act.From(ctx).Org, ID: id.New(now), Kind: in.Kind, Reason: in.Reason, Basis: in.Basis, Evidence: in.Evidence, Person: in.Person, Traced: in.Traced,
		State: Proposed, Since: in.Since.UTC(), Until: in.Until.UTC(), Review: in.Review.UTC(), Wanted: []Change{}, Proposed: now, ProposedBy: act.From(ctx).ID,
	}
	d.Number = room.numberIndex(d.Org, in.Number)
	text, err := json.Marshal(in.Content)
	if err != nil {
		return d, err
	}
	key, err := room.vault.NewSubject(d.Org, d.ID)
	if err != nil {
		return d, err
	}
	if d.Content, err = key.Seal(contentPlace(d.ID), text); err != nil {
		return d, err
	}
	err = room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(d.Org)); err != nil {
			return err
		}
		if err := mustBeNew(ctx, w, d); err != nil {
			return err
		}
		d.Proposed = w.Now()
		w.Note("debarment", d.ID)
		if err := key.Save(ctx, w); err != nil {
			return err
		}
		if err := room.ask(ctx, w, d.ID); err != nil {
			return err
		}
		return debarments.Insert(ctx, w, &d)
	})
	return d, err
}

// mustBeNew refuses a second debarment of one number, and what names nobody.
func mustBeNew(ctx context.Context, w *act.Work, d Debarment) error {
	twice, err := numbered(ctx, w, d.Org, d.Number, w.Now())
	if err != nil {
		return err
	}
	if len(twice) > 0 {
		return errTwice.With().At("number", fault.Text{ZH: "已在名单中或正在报批", EN: "is in the register, or waits"})
	}
	if d.Person != "" {
		known, err := staff.Known(ctx, w, d.Org, []string{d.Person})
		if err != nil {
			return err
		}
		if !known[d.Person] {
			return errInput.With().At("person", fault.Text{ZH: "人员列表中没有此人", EN: "is nobody in the list of staff"})
		}
	}
	if d.Traced == "" {
		return nil
	}
	_, err = traces.Get(ctx, w, d.Org, d.Traced)
	if errors.Is(err, db.ErrNone) {
		return errInput.With().At("traced", fault.Text{ZH: "没有这次溯源", EN: "there is no such trace"})
	}
	return err
}

func (room *Room) ask(ctx context.Context, w *act.Work, debarment string) error {
	_, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: keeper}, Subject: debarment})
	return err
}

// Changing is what is wanted of a debarment that holds: that it ends, or until when it
// goes on and when it is looked at again.
type Changing struct {
	End    bool
	Until  time.Time
	Review time.Time
	Words  string
}

// Change asks that a debarment ends or goes on. It stays as it is until somebody
// unrelated has agreed.
func (room *Room) Change(ctx context.Context, debarment string, rev int, in Changing) (Debarment, error) {
	if err := room.desk.Begin(ctx, "debarment.change"); err != nil {
		return Debarment{}, err
	}
	e := errInput.With()
	e.MustSay("words", in.Words, maxWords)
	if now := room.desk.Now(); !in.End {
		checkTerm(e, now, in.Until, in.Review, now)
	}
	if err := e.OrNil(); err != nil {
		return Debarment{}, err
	}
	return room.change(ctx, "debarment.change", debarment, rev, func(ctx context.Context, w *act.Work, d *Debarment) error {
		if !d.Holds(w.Now()) || len(d.Wanted) > 0 {
			return errOrder.With("state", d.State)
		}
		d.Wanted = []Change{{End: in.End, Until: in.Until.UTC(), Review: in.Review.UTC(), Words: in.Words, By: w.Actor().ID, At: w.Now()}}
		return room.ask(ctx, w, d.ID)
	})
}
