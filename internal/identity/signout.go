package identity

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// SignOut ends the session in which it is called.
func (r *Room) SignOut(ctx context.Context) error {
	var ended Session
	err := r.desk.Do(ctx, "identity.sign-out", func(ctx context.Context, w *act.Work) error {
		found, err := sessions.Get(ctx, w, w.Actor().Org, w.Actor().Session)
		if errors.Is(err, db.ErrNone) {
			return act.ErrNobody.Because(err)
		}
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(Account{Org: found.Org, ID: found.Account, Person: found.Person})); err != nil {
			return err
		}
		if ended = found; !ended.Ended.IsZero() {
			return nil
		}
		ended.Ended = w.Now()
		return sessions.Update(ctx, w, &ended)
	})
	if err != nil {
		return err
	}
	r.present.dropSession(ended.ID)
	r.signers.close(ended.ID)
	return nil
}

// SignOutEverywhere ends every session of an account, the calling one included,
// and returns how many. Without an account it is the caller's own.
func (r *Room) SignOutEverywhere(ctx context.Context, account string) (int, error) {
	var of Account
	var ended int
	err := r.desk.Do(ctx, "identity.sign-out-everywhere", func(ctx context.Context, w *act.Work) error {
		var err error
		if of, err = ownOr(ctx, w, w.Actor(), account); err != nil {
			return err
		}
		if err := w.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		ended, err = endSessions(ctx, w, of.Org, of.ID, "", w.Now())
		w.Note("sessions", strconv.Itoa(ended))
		return err
	})
	if err != nil {
		return 0, err
	}
	r.leave(of)
	return ended, nil
}

// ownOr finds an account by its id, or the caller's own for "".
func ownOr(ctx context.Context, v db.Reader, who act.Actor, account string) (Account, error) {
	if account != "" {
		return findAccount(ctx, v, who.Org, account)
	}
	own, err := accountOf(ctx, v, who.Org, who.ID)
	if errors.Is(err, db.ErrNone) {
		return own, errNoAccount.Because(err)
	}
	return own, err
}

// replace ends what a new session takes the place of: an earlier one of the same
// person, where the rules say so, and the one of somebody else whose browser is
// used now (quick switch at a shared terminal).
func (r *Room) replace(ctx context.Context, w *act.Work, by Session, rules SessionRules) error {
	if rules.Concurrent == TakeOver {
		open, err := openSessions(ctx, w, by.Org, by.Account, w.Now())
		if err != nil {
			return err
		}
		for i := range open {
			open[i].Ended, open[i].Successor = w.Now(), by.ID
			if err := sessions.Update(ctx, w, &open[i]); err != nil {
				return err
			}
		}
		w.Note("taken-over", strconv.Itoa(len(open)))
	}
	before, ok := sessionBefore(ctx)
	if !ok || before.Account == by.Account {
		return nil
	}
	left, err := sessions.Get(ctx, w, before.Org, before.ID)
	if errors.Is(err, db.ErrNone) || err == nil && !left.Ended.IsZero() {
		return nil
	}
	if err != nil {
		return err
	}
	left.Ended = w.Now()
	w.Note("switched-from", left.ID)
	return sessions.Update(ctx, w, &left)
}

// sessionBefore is the session that the browser showed when it asked for another.
func sessionBefore(ctx context.Context) (Session, bool) {
	for _, key := range []any{presentKey{}, heldKey{}} {
		if who, ok := ctx.Value(key).(*present); ok {
			return who.session, true
		}
	}
	return Session{}, false
}

// leave makes this process forget what it remembers of an account's sessions.
func (r *Room) leave(a Account) {
	r.present.dropPerson(a.Person)
	r.signers.closePerson(a.Person)
}
