package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/sm"
)

type (
	heldKey  struct{} // somebody whose session counts and may not be used as it is
	shownKey struct{} // digest of the token that was shown
)

// hold says why a session that counts may not be used as it is. Until that is
// settled its holder is nobody.
type hold int

const (
	heldByNothing hold = iota
	heldByLock         // the screen is locked
	heldByProof        // the browser must use its key
)

func (who *present) held(from act.Actor, now time.Time) hold {
	s := who.session
	switch {
	case !s.Locked.IsZero():
		return heldByLock
	case s.BrowserKey == nil:
		return heldByNothing
	case from.IP != s.ProvedIP || from.Terminal != s.ProvedTerminal || !s.Proved.Add(who.rules.Session.proveEvery()).After(now):
		return heldByProof
	}
	return heldByNothing
}

// TakenOver tells the terminal of a session where its person is now.
type TakenOver struct {
	At       time.Time `json:"at"`
	IP       string    `json:"ip"`
	Terminal string    `json:"terminal"`
	Session  string    `json:"session"`
}

// whyNobody tells a browser why its token does not count, so that its page can
// say what to do: unlock, prove, sign in again, or report a leak.
func (r *Room) whyNobody(ctx context.Context) error {
	if isOutsideTunnel(ctx) {
		return errTunnel.With()
	}
	if who, ok := ctx.Value(heldKey{}).(*present); ok {
		if who.held(act.From(ctx), r.desk.Now()) == heldByLock {
			return errScreenLocked.With()
		}
		return errProve.With()
	}
	token, ok := ctx.Value(shownKey{}).([sm.DigestSize]byte)
	if !ok {
		return act.ErrNobody.With()
	}
	var by Session
	err := r.desk.Look(ctx, func(v db.Reader) error {
		was, err := sessionOf(ctx, v, token[:])
		if err == nil && was.Successor != "" {
			by, err = sessions.Get(ctx, v, was.Org, was.Successor)
		}
		return err
	})
	switch {
	case errors.Is(err, db.ErrNone) || err == nil && by.ID == "":
		return act.ErrNobody.With()
	case err != nil:
		return r.doubted(ctx, err)
	}
	return errTakenOver.With("ip", by.IP).Carrying(TakenOver{At: by.Since, IP: by.IP, Terminal: by.Terminal, Session: by.ID})
}

// heldBy returns the session that one kind of hold keeps from being used.
func (r *Room) heldBy(ctx context.Context, want hold) (*present, bool) {
	who, ok := ctx.Value(heldKey{}).(*present)
	return who, ok && who.held(act.From(ctx), r.desk.Now()) == want
}
