package identity

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// CookieName is the cookie that holds a browser's token.
const CookieName = "__Host-medward"

// PurposeHeader states what one request is for.
const PurposeHeader = "Medward-Purpose"

type presentKey struct{}

// Authenticate finds out who makes each request, by cookie or bearer token, and
// lets it act as that person. Whoever shows no live session is nobody, whom the
// door answers.
func (r *Room) Authenticate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx, err := r.identify(req)
		if err != nil {
			web.WriteProblem(w, req, err)
			return
		}
		next.ServeHTTP(w, req.WithContext(ctx))
	})
}

func (r *Room) identify(req *http.Request) (context.Context, error) {
	ctx := withCertificates(req)
	passedOn := r.gateways.passedOn(req, r.desk.Now())
	from := act.Actor{Actor: policy.Actor{Kind: act.Anonymous}, IP: r.address(req, passedOn), Terminal: terminalOf(req)}
	if from.Zone = r.zone(from.IP); passedOn {
		from.Zone = outsideZone
	}
	ctx, err := r.throughTunnel(ctx, req, from, passedOn)
	if err != nil {
		return nil, act.ErrUndecided.Because(err)
	}
	if isOutsideTunnel(ctx) {
		return act.With(ctx, from), nil
	}
	digest, shown := tokenDigest(tokenIn(req))
	if !shown {
		return act.With(ctx, from), nil
	}
	who, err := r.whoHolds(ctx, digest, from.Zone == outsideZone)
	switch {
	case errors.Is(err, db.ErrForged):
		r.alarm(ctx, "a row that grants power is forged", err)
		return act.With(ctx, from), nil
	case errors.Is(err, db.ErrNone) || errors.Is(err, staff.ErrNoPerson):
		return context.WithValue(act.With(ctx, from), shownKey{}, digest), nil
	case err != nil:
		return nil, act.ErrUndecided.Because(err)
	}
	if who.held(from, r.desk.Now()) != heldByNothing {
		return context.WithValue(act.With(ctx, from), heldKey{}, who), nil
	}
	actor := who.actor
	actor.IP, actor.Terminal, actor.Zone = from.IP, from.Terminal, from.Zone
	if stated := req.Header.Get(PurposeHeader); stated != "" {
		if !published(stated) {
			return nil, errPurpose.With()
		}
		actor.Purpose = stated
	}
	return context.WithValue(act.With(ctx, actor), presentKey{}, who), nil
}

// whoHolds returns the live session of a token and its person, or
// [db.ErrNone]. remote says from where the token is shown now.
func (r *Room) whoHolds(ctx context.Context, token [sm.DigestSize]byte, remote bool) (*present, error) {
	now := r.desk.Now()
	who, asOf, there := r.present.byToken.Find(token, now)
	if there && who.remote == remote {
		return who, nil
	}
	who = &present{remote: remote}
	err := r.desk.Look(ctx, func(v db.Reader) (err error) {
		if who.session, err = sessionOf(ctx, v, token[:]); err != nil {
			return err
		}
		if !who.session.Live(now) {
			return db.ErrNone
		}
		err = v.Together(ctx,
			func() (err error) {
				who.account, err = accounts.Get(ctx, v, who.session.Org, who.session.Account)
				if err == nil && who.account.State != Active {
					return db.ErrNone
				}
				return err
			},
			func() (err error) {
				who.standing, err = staff.StandingOf(ctx, v, who.session.Org, who.session.Person, now)
				return err
			},
			func() error {
				in, err := r.rulesOf(ctx, v, who.session.Org)
				who.rules = in.Rules
				return err
			},
		)
		if err == nil {
			who.counting, err = r.inHours(ctx, v, who.rules, who.standing, remote, now)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if now.Sub(who.session.Seen) >= seenStep && who.session.Locked.IsZero() {
		if err := r.touch(ctx, &who.session, now); err != nil {
			return nil, err
		}
	}
	who.actor = r.actorOf(who.standing, who.counting, who.account, who.session, who.rules, now)
	until := earliest(now.Add(presenceLife), who.session.end(), who.standing.Until)
	if fresh := who.session.Stepped.Add(StepLife); fresh.After(now) {
		until = earliest(until, fresh)
	}
	r.present.byToken.Put(token, who, until, asOf)
	return who, nil
}

// touch keeps the last use of a session, unless it has ended meanwhile.
func (r *Room) touch(ctx context.Context, s *Session, now time.Time) error {
	return r.desk.Upkeep(ctx, func(ctx context.Context, w db.Writer) error {
		fresh, err := sessions.Get(ctx, w, s.Org, s.ID)
		if err != nil {
			return err
		}
		if !fresh.Live(now) {
			return db.ErrNone
		}
		if *s = fresh; now.Sub(fresh.Seen) < seenStep {
			return nil
		}
		s.Seen = now
		return sessions.Update(ctx, w, s)
	})
}

// actorOf is a person as one who acts in a session, by the appointments that count
// at this hour. Whoever must change his password has no power but to do it, and a
// role that asks for a second factor gives nothing without one.
func (r *Room) actorOf(s staff.Standing, counting []staff.Appointment, a Account, in Session, rules Rules, now time.Time) act.Actor {
	s.Appointments, _ = rules.Factor.allowed(counting, in)
	actor := s.Actor()
	if actor.Purpose = in.Purpose; actor.Purpose == "" {
		actor.Purpose = purposeFor(actor.Roles)
	}
	if mustChange(a, in) != ChangeNone {
		actor.Roles, actor.Departments, actor.Clearance = nil, nil, 0
	}
	actor.Weak = !in.Strong && in.Means != ByChoice
	actor.Stale = !in.Stepped.Add(StepLife).After(now) && in.Means != ByChoice
	actor.Session, actor.IP, actor.Terminal = in.ID, in.IP, in.Terminal
	if actor.Zone = r.zone(in.IP); in.Tunnel != "" {
		actor.Zone = outsideZone // the address is the gateway's, which may stand inside
	}
	return actor
}

func earliest(first time.Time, others ...time.Time) time.Time {
	for _, t := range others {
		if !t.IsZero() && t.Before(first) {
			first = t
		}
	}
	return first
}

func tokenIn(req *http.Request) string {
	if bearer, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	if cookie, err := req.Cookie(CookieName); err == nil {
		return cookie.Value
	}
	return ""
}

// terminalOf tells terminals apart without keeping what browsers say of
// themselves.
func terminalOf(req *http.Request) string {
	digest := sm.Sum([]byte(req.UserAgent()))
	return hex.EncodeToString(digest[:8])
}
