package source

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// GiveUp ends a token for good (RFC 7009), and what its person allowed with it. What is
// no token of the program is none, and no fault.
func (room *Room) GiveUp(ctx context.Context, in Showing, text string) error {
	return room.asProgram(ctx, in, func(ctx context.Context, w *act.Work, c caller) (*fault.Error, error) {
		t, known, err := eitherToken(ctx, w, c.source.Org, text)
		if err != nil || !known || t.Source != c.source.ID {
			return nil, err
		}
		if t.Allowance == "" {
			w.Note("ended", GivenUp)
			t.Ended = w.Now()
			return nil, tokens.Update(ctx, w, &t)
		}
		a, err := allowances.Get(ctx, w, t.Org, t.Allowance)
		if err != nil {
			return nil, err
		}
		w.Note("allowance", a.ID)
		return nil, room.endAllowance(ctx, w, &a, GivenUp)
	})
}

// Introspected is what a program is told of a token of its own (RFC 7662).
type Introspected struct {
	Active  bool
	Scopes  []string
	Client  string
	Until   time.Time
	Patient string
}

// Introspect tells a program of its own token whether it would count now. Of all others
// it tells nothing.
func (room *Room) Introspect(ctx context.Context, in Showing, text string) (Introspected, error) {
	var out Introspected
	err := room.asProgram(ctx, in, func(ctx context.Context, w *act.Work, c caller) (*fault.Error, error) {
		out = Introspected{}
		if c.key == "" {
			return errClient.With(), nil
		}
		t, known, err := eitherToken(ctx, w, c.source.Org, text)
		if err != nil || !known || t.Source != c.source.ID || !t.Live(w.Now()) {
			return nil, err
		}
		h, err := room.holding(ctx, w, t)
		if err != nil || !h.counts(w.Now()) || !room.stillThere(ctx, h.allowance) {
			return nil, err
		}
		out = Introspected{Active: true, Scopes: h.scopes(), Client: h.source.Code, Until: t.Until, Patient: h.allowance.Patient}
		return nil, nil
	})
	return out, err
}

func eitherToken(ctx context.Context, r db.Reader, org, text string) (Token, bool, error) {
	t, known, err := tokenShown(ctx, r, org, accessPrefix, text)
	if err != nil || known {
		return t, known, err
	}
	return tokenShown(ctx, r, org, renewalPrefix, text)
}

// held is a token with all by which it stands.
type held struct {
	token     Token
	source    Source
	app       App
	allowance Allowance
	key       Key
}

func (room *Room) holding(ctx context.Context, r db.Reader, t Token) (h held, err error) {
	h.token = t
	if h.source, err = sources.Get(ctx, r, t.Org, t.Source); err != nil {
		return h, err
	}
	if h.app, err = appOf(ctx, r, h.source); err != nil {
		return h, err
	}
	if t.Allowance != "" {
		if h.allowance, err = allowances.Get(ctx, r, t.Org, t.Allowance); err != nil {
			return h, err
		}
	}
	if t.Key != "" {
		h.key, err = keys.Get(ctx, r, t.Org, t.Key)
	}
	return h, err
}

// counts reports whether everything lasts by which the token stands.
func (h held) counts(now time.Time) bool {
	return h.token.Live(now) && h.source.Live(now) && (h.token.Allowance == "" || h.allowance.Live(now)) && (h.token.Key == "" || h.key.Live(now))
}

// scopes are as much of what the token was given for as is registered now.
func (h held) scopes() []string {
	return granted(strings.Join(h.token.Scopes, " "), h.app.Scopes)
}

// actsFor reports whether a kind of resource is open, by a right over it.
func (h held) actsFor(kind, right string) bool {
	return slices.ContainsFunc(scopesIn(h.scopes()), func(s Scope) bool {
		reachable := s.For != ForSystem || resources[kind].nobodys || right == "c"
		return reachable && s.gives(kind, right)
	})
}
