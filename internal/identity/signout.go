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
		if err := r.takeOver(ctx, w, by); err != nil {
			return err
		}
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

// takeOver ends the open sessions of an account for a new one. A forged one opens
// nothing and is left as it is: it must not keep its person out.
func (r *Room) takeOver(ctx context.Context, w *act.Work, by Session) error {
	open, err := textsOf(ctx, w, "SELECT id FROM identity_session WHERE org = $1 AND account = $2 AND ended IS NULL AND until > $3 ORDER BY since, id",
		by.Org, by.Account, w.Now().UnixMicro())
	if err != nil {
		return err
	}
	ended := 0
	for _, id := range open {
		before, err := sessions.Get(ctx, w, by.Org, id)
		if errors.Is(err, db.ErrForged) {
			r.alarm(ctx, "a row that grants power is forged", err)
			continue
		}
		if err != nil {
			return err
		}
		before.Ended, before.Successor = w.Now(), by.ID
		if err := sessions.Update(ctx, w, &before); err != nil {
			return err
		}
		ended++
	}
	w.Note("taken-over", strconv.Itoa(ended))
	return nil
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
