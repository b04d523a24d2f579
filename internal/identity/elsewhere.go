package identity

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// Elsewhere is how somebody is at work in another system, as that system tells it.
type Elsewhere struct {
	IP       string
	Terminal string
	Purpose  string
	Remote   bool // the system says so, whatever the address
	Strong   bool // signed in there by two factors
	Stepped  bool // has lately shown again who he is
}

// whereabouts is somebody at work in another system, inside or outside the house.
type whereabouts struct {
	org, person string
	outside     bool
}

// grounds are on what somebody at work in another system stands here.
type grounds struct {
	standing staff.Standing
	counting []staff.Appointment // those of the standing that count at this hour
	account  Account
	rules    Rules
}

// ActorElsewhere is a person as he would act here from where he is: by the appointments
// that count at this hour and by the rules of signing in. It fails with
// [staff.ErrNoPerson] for whoever has left or whose account is stopped; having none is
// no hindrance, because he is signed in over there. The standing tells until when.
func (r *Room) ActorElsewhere(ctx context.Context, v db.Reader, org, person string, in Elsewhere) (act.Actor, staff.Standing, error) {
	now := r.desk.Now()
	zone := r.zone(in.IP)
	if in.Remote {
		zone = outsideZone
	}
	g, err := r.groundsOf(ctx, v, whereabouts{org, person, zone == outsideZone}, now)
	if err != nil {
		return act.Actor{}, g.standing, err
	}
	if g.standing.Lacks == staff.LackPresence || g.account.State != Active {
		return act.Actor{}, g.standing, staff.ErrNoPerson.With()
	}
	session := Session{Person: person, IP: in.IP, Terminal: in.Terminal, Purpose: in.Purpose, Means: ByProvider, Strong: in.Strong}
	if in.Stepped {
		session.Stepped = now
	}
	actor := r.actorOf(g.standing, g.counting, g.account, session, g.rules, now)
	actor.Zone = zone
	return actor, g.standing, nil
}

func (r *Room) groundsOf(ctx context.Context, v db.Reader, of whereabouts, now time.Time) (grounds, error) {
	g, asOf, known := r.present.elsewhere.Find(of, now)
	if known {
		return g, nil
	}
	err := v.Together(ctx,
		func() (err error) {
			g.standing, err = staff.StandingOf(ctx, v, of.org, of.person, now)
			return err
		},
		func() (err error) {
			g.account, err = accountOf(ctx, v, of.org, of.person)
			if errors.Is(err, db.ErrNone) {
				g.account, err = Account{State: Active}, nil
			}
			return err
		},
		func() error {
			in, err := r.rulesOf(ctx, v, of.org)
			g.rules = in.Rules
			return err
		},
	)
	if err == nil {
		g.counting, err = r.inHours(ctx, v, g.rules, g.standing, of.outside, now)
	}
	if err == nil {
		r.present.elsewhere.Put(of, g, earliest(now.Add(presenceLife), g.standing.Until), asOf)
	}
	return g, err
}
