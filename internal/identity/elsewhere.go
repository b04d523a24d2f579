package identity

import (
	"context"
	"errors"

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

// ActorElsewhere is a person as he would act here from where he is: by the appointments
// that count at this hour and by the rules of signing in. It fails with
// [staff.ErrNoPerson] for whoever has left or whose account is stopped; having none is
// no hindrance, because he is signed in over there. The standing tells until when.
func (r *Room) ActorElsewhere(ctx context.Context, v db.Reader, org, person string, in Elsewhere) (act.Actor, staff.Standing, error) {
	now := r.desk.Now()
	var s staff.Standing
	var account Account
	var rules Version
	err := v.Together(ctx,
		func() (err error) {
			s, err = staff.StandingOf(ctx, v, org, person, now)
			return err
		},
		func() (err error) {
			account, err = accountOf(ctx, v, org, person)
			if errors.Is(err, db.ErrNone) {
				account, err = Account{State: Active}, nil
			}
			return err
		},
		func() (err error) {
			rules, err = r.rulesOf(ctx, v, org)
			return err
		},
	)
	if err != nil {
		return act.Actor{}, s, err
	}
	if s.Lacks == staff.LackPresence || account.State != Active {
		return act.Actor{}, s, staff.ErrNoPerson.With()
	}
	zone := r.zone(in.IP)
	if in.Remote {
		zone = outsideZone
	}
	counting, err := r.inHours(ctx, v, rules.Rules, s, zone == outsideZone, now)
	if err != nil {
		return act.Actor{}, s, err
	}
	session := Session{Person: person, IP: in.IP, Terminal: in.Terminal, Purpose: in.Purpose, Means: ByProvider, Strong: in.Strong}
	if in.Stepped {
		session.Stepped = now
	}
	actor := r.actorOf(s, counting, account, session, rules.Rules, now)
	actor.Zone = zone
	return actor, s, nil
}
