package source

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
)

// ErrGone says that a session is over, or cannot be used as it is.
var ErrGone = errors.New("source: the session is over")

type heldKey struct{}

// readable is where programs act. Everything else is for people and machines themselves.
const readable = "/fhir"

// admitApp lets a program act that shows an access token: for its person, or for nobody.
// Nothing of it is remembered: what is ended is ended with the next request.
func (room *Room) admitApp(req *http.Request, text string) (context.Context, error) {
	ctx, now := req.Context(), room.desk.Now()
	from := act.From(ctx)
	if !room.knocks.Allows(from.IP, now) {
		return nil, errRate.With()
	}
	var h held
	var known bool
	err := room.desk.Look(ctx, func(r db.Reader) error {
		t, found, err := tokenShown(ctx, r, room.org, accessPrefix, text)
		if known = found; err != nil || !found {
			return err
		}
		h, err = room.holding(ctx, r, t)
		return err
	})
	switch {
	case errors.Is(err, db.ErrForged):
		room.alarm(ctx, "a row that grants power is forged", err)
		return nil, act.ErrUndecided.Because(err)
	case err != nil:
		return nil, act.ErrUndecided.Because(err)
	case !known:
		_ = room.desk.Begin(ctx, "source.call") // counts the refusal of nobody in particular
		return nil, errKey.With()
	}
	switch {
	case !h.source.Live(now):
		err = errNotLive.With()
	case !h.counts(now):
		err = errKey.With()
	case !h.source.within(from.IP):
		err = errNetwork.With()
	case !room.rates.allows(h.source, now):
		err = errRate.With()
	case req.URL.Path != readable && !strings.HasPrefix(req.URL.Path, readable+"/"):
		err = errPath.With()
	case !h.app.Web.calls(req):
		err = errOrigin.With()
	}
	if err != nil {
		return nil, room.refuse(ctx, h.source, err)
	}
	actor, err := room.actorHeld(ctx, h, from)
	if errors.Is(err, ErrGone) {
		return nil, room.refuse(ctx, h.source, errKey.With())
	}
	if err != nil {
		return nil, act.ErrUndecided.Because(err)
	}
	room.meter.called(h.source, now, false)
	if h.allowance.ID != "" {
		room.meter.used(useRow{Org: h.allowance.Org, Allowance: h.allowance.ID, Last: now, Times: 1})
	}
	return context.WithValue(act.With(ctx, actor), heldKey{}, h), nil
}

// actorHeld is the one who acts by a token: the person who allowed it, as he acts in his
// session and no further than the scopes, or the program itself.
func (room *Room) actorHeld(ctx context.Context, h held, from act.Actor) (act.Actor, error) {
	agreed := agreedTo(h.scopes(), h.allowance.Patient)
	if h.token.Allowance == "" {
		itself, handsIn := h.source.Actor(room.desk.Now()), h.actsFor(Every, "c")
		itself.Agreed.Verbs = slices.DeleteFunc(itself.Agreed.Verbs, func(verb string) bool {
			inScope := slices.Contains(agreed.Verbs, verb) || handsIn && !strings.HasPrefix(verb, "staff.")
			return verb != "source.call" && !inScope
		})
		return act.Actor{Actor: zoned(itself, from.Zone), Purpose: "operation", IP: from.IP, Terminal: "token:" + h.token.ID}, nil
	}
	actor, err := room.acting(ctx, h.allowance.Org, h.allowance.Session, from)
	if err != nil {
		return actor, err
	}
	if actor.ID != h.allowance.Person {
		return actor, ErrGone
	}
	actor.Agreed, actor.Terminal = agreed, "app:"+h.source.ID
	return actor, nil
}

// stillThere reports whether the session of an allowance counts.
func (room *Room) stillThere(ctx context.Context, a Allowance) bool {
	if a.ID == "" {
		return true
	}
	_, err := room.acting(ctx, a.Org, a.Session, act.From(ctx))
	return err == nil
}

// InScope refuses a program what its token has no scope for: a right (r, s or c) over a
// kind of FHIR resource. Whoever does not act by a token passes.
func (room *Room) InScope(ctx context.Context, kind, right string) error {
	h, by := ctx.Value(heldKey{}).(held)
	if !by || h.actsFor(kind, right) {
		return nil
	}
	return room.refuse(ctx, h.source, errBeyond.With())
}
