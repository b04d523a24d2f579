package source

import (
	"bytes"
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/duty"
)

// Promise signs the agreement of a source, as its owner.
func (room *Room) Promise(ctx context.Context, source string, in Promising) (Agreement, error) {
	if err := room.desk.Begin(ctx, "source.promise"); err != nil {
		return Agreement{}, err
	}
	now := room.desk.Now()
	if err := in.check(now); err != nil {
		return Agreement{}, err
	}
	a, err := room.sign(ctx, source, in)
	if err != nil {
		return Agreement{}, err
	}
	_, err = room.change(ctx, "source.promise", source, func(ctx context.Context, w *act.Work, s *Source) error {
		app, err := appOf(ctx, w, *s)
		switch {
		case err != nil:
			return err
		case s.State == Ended, s.byHand():
			return errOrder.With("state", s.State)
		case !bytes.Equal(a.Scope, s.scopeDigest(app)):
			return errScope.With()
		}
		if earlier, waits, err := waitingAgreement(ctx, w, s.Org, s.ID); err != nil || waits {
			if err != nil {
				return err
			}
			earlier.State = Replaced
			if err := agreements.Update(ctx, w, &earlier); err != nil {
				return err
			}
		}
		w.Note("agreement", a.ID)
		for _, kind := range []*duty.Kind{Promise, Renewal} {
			if err := room.duty.DoneIn(ctx, w, kind, s.ID); err != nil {
				return err
			}
		}
		if err := room.duty.CancelIn(ctx, w, Approval, s.ID); err != nil {
			return err
		}
		if _, err := room.duty.OpenIn(ctx, w, duty.Opening{Kind: Approval, To: duty.To{Role: "security-administrator"}, Subject: s.ID}); err != nil {
			return err
		}
		return agreements.Insert(ctx, w, &a)
	})
	return a, err
}

// sign prepares an agreement about the source as it stands and signs it, before the
// act: signing is no work of the database.
func (room *Room) sign(ctx context.Context, source string, in Promising) (Agreement, error) {
	actor, now := act.From(ctx), room.desk.Now()
	var s Source
	var app App
	err := room.desk.Look(ctx, func(r db.Reader) (err error) {
		if s, err = sources.Get(ctx, r, actor.Org, source); err != nil {
			return absent(err)
		}
		app, err = appOf(ctx, r, s)
		return err
	})
	if err != nil {
		return Agreement{}, err
	}
	a := Agreement{
		Org: s.Org, ID: id.New(now), Source: s.ID, Words: in.Words, Scope: s.scopeDigest(app), Since: in.Since.UTC(), Until: in.Until.UTC(),
		State: Signed, SignedBy: actor.ID, Signed: now,
	}
	if s.Owner != actor.ID { // the act refuses him, and says why
		return a, nil
	}
	a.SigningKey, a.Signature, err = room.signer.Sign(ctx, actor, a.message())
	return a, err
}

// Approve puts the agreement that waits into force: by somebody unrelated to the owner
// and to whoever wrote down what the source may do.
func (room *Room) Approve(ctx context.Context, source string) (Source, error) {
	return room.change(ctx, "source.approve", source, func(ctx context.Context, w *act.Work, s *Source) error {
		app, err := appOf(ctx, w, *s)
		if err != nil {
			return err
		}
		a, waits, err := waitingAgreement(ctx, w, s.Org, s.ID)
		switch {
		case err != nil:
			return err
		case !waits || s.State == Ended:
			return errOrder.With("state", s.State)
		case !bytes.Equal(a.Scope, s.scopeDigest(app)):
			return errScope.With()
		case !a.Until.After(w.Now()):
			return errNoAgreement.With()
		}
		if err := room.mustBeAnother(ctx, w, s.Owner, s.MadeBy, s.ChangedBy); err != nil {
			return err
		}
		earlier, held, err := first(agreements.Select(ctx, w, "WHERE org = $1 AND id = $2", s.Org, s.Agreement))
		if err != nil {
			return err
		}
		if held {
			earlier.State = Replaced
			if err := agreements.Update(ctx, w, &earlier); err != nil {
				return err
			}
		}
		a.State, a.DecidedBy, a.Decided = InForce, w.Actor().ID, w.Now()
		w.Note("agreement", a.ID)
		s.Agreement = a.ID
		if !held || !s.Until.After(w.Now()) || a.Since.After(s.Until) { // a renewal without a gap goes on from where it began
			s.Since = a.Since
		}
		s.Until = a.Until
		if s.State == Draft {
			s.State = Approved
		}
		if err := room.duty.DoneIn(ctx, w, Approval, s.ID); err != nil {
			return err
		}
		return agreements.Update(ctx, w, &a)
	})
}

// Return gives the agreement that waits back to the owner, with a reason.
func (room *Room) Return(ctx context.Context, source, words string) (Source, error) {
	if err := mustSay(words); err != nil {
		return Source{}, err
	}
	return room.change(ctx, "source.return", source, func(ctx context.Context, w *act.Work, s *Source) error {
		a, waits, err := waitingAgreement(ctx, w, s.Org, s.ID)
		if err != nil {
			return err
		}
		if !waits {
			return errOrder.With("state", s.State)
		}
		a.State, a.DecidedBy, a.Decided, a.Why = Returned, w.Actor().ID, w.Now(), words
		w.Note("agreement", a.ID)
		if err := agreements.Update(ctx, w, &a); err != nil {
			return err
		}
		return room.askOwner(ctx, w, *s)
	})
}

func mustSay(words string) error {
	e := errInput.With()
	e.MustSay("words", words, maxWords)
	return e.OrNil()
}

// Begin lets a source act: from now on, until its agreement ends.
func (room *Room) Begin(ctx context.Context, source string) (Source, error) {
	return room.change(ctx, "source.begin", source, func(_ context.Context, w *act.Work, s *Source) error {
		switch {
		case s.State != Approved && s.State != Suspended, s.byHand():
			return errOrder.With("state", s.State)
		case s.Agreement == "" || !s.Until.After(w.Now()):
			return errNoAgreement.With()
		}
		s.State, s.Why, s.Begun = Live, "", w.Now()
		return nil
	})
}

// Suspend stops a source at once. It may be begun again.
func (room *Room) Suspend(ctx context.Context, source, words string) (Source, error) {
	if err := mustSay(words); err != nil {
		return Source{}, err
	}
	return room.change(ctx, "source.suspend", source, func(ctx context.Context, w *act.Work, s *Source) error {
		if s.State != Live && s.State != Approved {
			return errOrder.With("state", s.State)
		}
		s.State, s.Why = Suspended, words
		return room.duty.CancelIn(ctx, w, Silence, s.ID)
	})
}

// End stops a source for good, with its keys and its agreement.
func (room *Room) End(ctx context.Context, source, words string) (Source, error) {
	if err := mustSay(words); err != nil {
		return Source{}, err
	}
	return room.change(ctx, "source.end", source, func(ctx context.Context, w *act.Work, s *Source) error {
		if s.State == Ended {
			return errOrder.With("state", s.State)
		}
		s.State, s.Why = Ended, words
		for _, kind := range []*duty.Kind{Promise, Approval, Renewal, Silence} {
			if err := room.duty.CancelIn(ctx, w, kind, s.ID); err != nil {
				return err
			}
		}
		all, err := keysOf(ctx, w, s.Org, s.ID)
		if err != nil {
			return err
		}
		for _, k := range all {
			if !k.Live(w.Now()) {
				continue
			}
			k.Ended, k.EndedBy = w.Now(), w.Actor().ID
			if err := keys.Update(ctx, w, &k); err != nil {
				return err
			}
		}
		return room.withdraw(ctx, w, s)
	})
}
