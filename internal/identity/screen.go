package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// LockScreen keeps the calling session from being used until its person unlocks
// it. What was open stays where it is (B-056).
func (r *Room) LockScreen(ctx context.Context) error {
	var locked Session
	err := r.desk.Do(ctx, "identity.lock-session", func(ctx context.Context, w *act.Work) error {
		var err error
		if locked, err = permitSession(ctx, w, w.Actor().Session); err != nil {
			return err
		}
		locked.Locked = w.Now()
		return sessions.Update(ctx, w, &locked)
	})
	if err != nil {
		return err
	}
	r.present.dropSession(locked.ID)
	r.signers.close(locked.ID)
	return nil
}

// UnlockScreen lets the person of a locked session go on, who shows again who he
// is. Somebody else signs in instead, which ends it.
func (r *Room) UnlockScreen(ctx context.Context, again Shown) (until time.Time, err error) {
	const verb = "identity.unlock-session"
	who, ok := r.heldBy(ctx, heldByLock)
	if !ok {
		if !act.From(ctx).Known() {
			return until, r.mustBeKnown(ctx, verb)
		}
		return until, errNotLockedScreen.With()
	}
	shown, err := r.showAgain(ctx, verb, who.account, again)
	if err != nil {
		return until, err
	}
	actor, from := who.actor, act.From(ctx)
	actor.IP, actor.Terminal, actor.Zone = from.IP, from.Terminal, from.Zone
	err = r.desk.Do(act.With(ctx, actor), verb, func(ctx context.Context, w *act.Work) error {
		open, err := permitSession(ctx, w, who.session.ID)
		if err != nil {
			return err
		}
		if err := shown.spend(ctx, w, open.Org); err != nil {
			return err
		}
		open.Locked, open.Seen = time.Time{}, w.Now()
		open.show(shown, w.Now())
		until = open.end()
		return sessions.Update(ctx, w, &open)
	})
	r.present.dropSession(who.session.ID)
	return until, err
}

// permitSession finds an open session and asks whether the actor may do the act
// to its account.
func permitSession(ctx context.Context, w *act.Work, session string) (Session, error) {
	found, err := sessions.Get(ctx, w, w.Actor().Org, session)
	if errors.Is(err, db.ErrNone) {
		return found, errNoSession.Because(err)
	}
	if err != nil {
		return found, err
	}
	if err := w.Permit(ctx, objectOf(Account{Org: found.Org, ID: found.Account, Person: found.Person})); err != nil {
		return found, err
	}
	if !found.Live(w.Now()) {
		return found, errNoSession.With()
	}
	return found, nil
}

// OpenSessions lists the open sessions of an account, or of the caller's own.
func (r *Room) OpenSessions(ctx context.Context, account string) ([]Session, error) {
	var open []Session
	err := r.desk.Disclose(ctx, "identity.list-sessions", func(ctx context.Context, v *act.Reading) error {
		of, err := ownOr(ctx, v, v.Actor(), account)
		if err != nil {
			return err
		}
		if err := v.Permit(ctx, objectOf(of)); err != nil {
			return err
		}
		all, err := openSessions(ctx, v, of.Org, of.ID, v.Now())
		open = nil
		for _, s := range all {
			if s.Live(v.Now()) {
				open = append(open, s)
			}
		}
		return err
	})
	return open, err
}

// EndSession ends one session, of one's own or of another's account.
func (r *Room) EndSession(ctx context.Context, session string) error {
	var ended Session
	err := r.desk.Do(ctx, "identity.end-session", func(ctx context.Context, w *act.Work) error {
		var err error
		if ended, err = permitSession(ctx, w, session); err != nil {
			return err
		}
		w.Note("session", ended.ID)
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
