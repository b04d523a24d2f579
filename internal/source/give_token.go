package source

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// Ways of getting a token (RFC 6749, 4.1.3, 4.4 and 6).
const (
	ByCode        = "authorization_code"
	ByRenewal     = "refresh_token"
	ByCredentials = "client_credentials"
)

// Exchanging is what a program shows for a token.
type Exchanging struct {
	Showing
	Grant    string
	Code     string
	Redirect string
	Verifier string
	Renewal  string
	Scope    string
	Issuer   string // our address, which ID tokens name
}

// Given is what it gets. Both texts are shown once.
type Given struct {
	Access  string
	Renewal string // empty: none was asked for
	Until   time.Time
	Scopes  []string
	Patient string
	// Encounter was open where the program was begun.
	Encounter string
	// Identity is the ID token; empty: none was asked for.
	Identity string
	identity *idClaims
}

// GiveToken exchanges a code, a renewal token or the word of a program itself for a
// token. A code or a renewal token that is shown a second time ends what it was for,
// because one of the two who showed it stole it.
func (room *Room) GiveToken(ctx context.Context, in Exchanging) (Given, error) {
	give := map[string]func(context.Context, *act.Work, caller, Exchanging) (Given, *fault.Error, error){
		ByCode: room.redeem, ByRenewal: room.renew, ByCredentials: room.giveItself,
	}[in.Grant]
	if give == nil {
		return Given{}, errGrantType.With()
	}
	var given Given
	err := room.asProgram(ctx, in.Showing, func(ctx context.Context, w *act.Work, c caller) (missed *fault.Error, err error) {
		w.Note("grant", in.Grant)
		given, missed, err = give(ctx, w, c, in)
		return missed, err
	})
	if err != nil {
		return Given{}, err
	}
	if given.identity != nil {
		given.Identity, err = room.signIdentity(ctx, *given.identity)
	}
	return given, err
}

// asProgram is an act of a program that shows who it is. What is missed is on the
// account like what is done.
func (room *Room) asProgram(ctx context.Context, in Showing, do func(ctx context.Context, w *act.Work, c caller) (*fault.Error, error)) error {
	from, now := act.From(ctx), room.desk.Now()
	if !room.knocks.Allows(from.IP, now) {
		return errRate.With()
	}
	c, err := room.callerOf(ctx, in)
	switch {
	case c.source.ID == "" && err != nil:
		_ = room.desk.Begin(ctx, "source.call") // counts the refusal of nobody in particular
		return err
	case err == nil && !c.source.Live(now):
		err = errNotLive.With()
	case err == nil && !room.rates.allows(c.source, now):
		err = errRate.With()
	}
	if err != nil {
		return room.refuse(ctx, c.source, err)
	}
	room.meter.called(c.source, now, false)
	itself := policy.Actor{Kind: act.Feed, ID: c.source.ID, Org: c.source.Org, Agreed: &policy.Agreed{Verbs: []string{"source.token"}, Kinds: []string{"Source"}}}
	acting := act.With(ctx, act.Actor{Actor: itself, Purpose: "operation", IP: from.IP, Terminal: from.Terminal})
	var missed *fault.Error
	err = room.desk.Do(acting, "source.token", func(ctx context.Context, w *act.Work) error {
		missed = nil
		s, err := sources.Get(ctx, w, c.source.Org, c.source.ID)
		if err != nil {
			return err
		}
		if err := w.Permit(ctx, s.Object()); err != nil {
			return err
		}
		if !s.Live(w.Now()) {
			return errNotLive.With()
		}
		w.Note("source", s.ID)
		if missed, err = do(ctx, w, c); missed != nil {
			w.Note("in-vain", missed.Code.Name)
		}
		return err
	})
	if err == nil && missed != nil {
		return missed
	}
	return err
}

// redeem exchanges the code of an allowance.
func (room *Room) redeem(ctx context.Context, w *act.Work, c caller, in Exchanging) (Given, *fault.Error, error) {
	of, digest, ok := parseShown(codePrefix, in.Code)
	if !ok {
		return Given{}, errGrant.With(), nil
	}
	a, err := allowances.Get(ctx, w, c.source.Org, of)
	switch {
	case errors.Is(err, db.ErrNone):
		return Given{}, errGrant.With(), nil
	case err != nil:
		return Given{}, nil, err
	case a.Source != c.source.ID || !sm.Equal(digest, a.Code):
		return Given{}, errGrant.With(), nil
	}
	w.Note("allowance", a.ID)
	switch {
	case !a.Redeemed.IsZero():
		return Given{}, errGrant.With(), room.endAllowance(ctx, w, &a, CodeReused)
	case !a.Live(w.Now()), !a.CodeUntil.After(w.Now()), a.Redirect != in.Redirect, !answers(a.Challenge, in.Verifier):
		return Given{}, errGrant.With(), nil
	}
	a.Redeemed = w.Now()
	if err := allowances.Update(ctx, w, &a); err != nil {
		return Given{}, nil, err
	}
	given, err := room.giveFor(ctx, w, c, a, a.Scopes)
	if err != nil {
		return given, nil, err
	}
	said, err := contextOf(ctx, w, a)
	given.Encounter = said.Encounter
	if slices.Contains(a.Scopes, openID) {
		given.identity = claimsOf(a, c.source, said.Nonce, in.Issuer, w.Now())
	}
	return given, nil, err
}

// renew exchanges a renewal token for another pair, as long as the allowance lasts.
func (room *Room) renew(ctx context.Context, w *act.Work, c caller, in Exchanging) (Given, *fault.Error, error) {
	t, known, err := tokenShown(ctx, w, c.source.Org, renewalPrefix, in.Renewal)
	if err != nil || !known || t.Kind != ForRenewal || t.Source != c.source.ID {
		return Given{}, errGrant.With(), err
	}
	a, err := allowances.Get(ctx, w, t.Org, t.Allowance)
	if err != nil {
		return Given{}, nil, err
	}
	w.Note("allowance", a.ID)
	scopes := a.Scopes
	if in.Scope != "" {
		if scopes = granted(in.Scope, a.Scopes); !slices.Equal(scopes, sorted(strings.Fields(in.Scope))) {
			return Given{}, errScopes.With(), nil
		}
	}
	switch {
	case !t.Ended.IsZero():
		return Given{}, errGrant.With(), room.endAllowance(ctx, w, &a, RenewalReused)
	case !t.Live(w.Now()), !a.Live(w.Now()):
		return Given{}, errGrant.With(), nil
	}
	t.Ended = w.Now()
	if err := tokens.Update(ctx, w, &t); err != nil {
		return Given{}, nil, err
	}
	given, err := room.giveFor(ctx, w, c, a, scopes)
	return given, nil, err
}

// giveItself lets a program act for nobody, by scopes of the system.
func (room *Room) giveItself(ctx context.Context, w *act.Work, c caller, in Exchanging) (Given, *fault.Error, error) {
	if c.key == "" {
		return Given{}, errClient.With(), nil
	}
	w.Note("key", c.key)
	scopes := slices.DeleteFunc(granted(in.Scope, c.app.Scopes), func(text string) bool { return !strings.HasPrefix(text, ForSystem+"/") })
	if len(scopes) == 0 {
		return Given{}, errScopes.With(), nil
	}
	given := Given{Until: w.Now().Add(accessLife), Scopes: scopes}
	var err error
	given.Access, err = room.newToken(ctx, w, accessPrefix, Token{Kind: ForAccess, Source: c.source.ID, Key: c.key, Scopes: scopes, Until: given.Until})
	return given, nil, err
}

// giveFor makes the tokens of an allowance.
func (room *Room) giveFor(ctx context.Context, w *act.Work, c caller, a Allowance, scopes []string) (Given, error) {
	given := Given{Until: earlier(w.Now().Add(accessLife), a.Until), Scopes: scopes, Patient: a.Patient}
	t := Token{Kind: ForAccess, Source: a.Source, Key: c.key, Allowance: a.ID, Scopes: scopes, Until: given.Until}
	var err error
	if given.Access, err = room.newToken(ctx, w, accessPrefix, t); err != nil || !slices.Contains(a.Scopes, onlineAccess) {
		return given, err
	}
	t.Kind, t.Until, t.Scopes = ForRenewal, a.Until, a.Scopes
	given.Renewal, err = room.newToken(ctx, w, renewalPrefix, t)
	return given, err
}

func (room *Room) newToken(ctx context.Context, w *act.Work, prefix string, t Token) (text string, err error) {
	t.Org, t.ID, t.Since = w.Actor().Org, id.New(w.Now()), w.Now()
	text, t.Digest = newShown(prefix, t.ID)
	return text, tokens.Insert(ctx, w, &t)
}

// endAllowance ends what a person allowed, and with it every token of it.
func (room *Room) endAllowance(ctx context.Context, w *act.Work, a *Allowance, why string) error {
	w.Note("ended", why)
	if !a.Ended.IsZero() {
		return nil
	}
	a.Ended, a.Why = w.Now(), why
	return allowances.Update(ctx, w, a)
}

// tokenShown finds the token of a text.
func tokenShown(ctx context.Context, r db.Reader, org, prefix, text string) (Token, bool, error) {
	of, digest, ok := parseShown(prefix, text)
	if !ok {
		return Token{}, false, nil
	}
	t, err := tokens.Get(ctx, r, org, of)
	if errors.Is(err, db.ErrNone) || err == nil && !sm.Equal(digest, t.Digest) {
		return Token{}, false, nil
	}
	return t, err == nil, err
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
