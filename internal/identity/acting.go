package identity

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// ActorIn is the person of a session as he acts now, while something acts for him from
// elsewhere. That does not count as use: the session ends as if nothing had acted. It
// fails with [db.ErrNone] once the session is over or locked, or its person has left.
func (r *Room) ActorIn(ctx context.Context, org, session string, from act.Actor) (act.Actor, error) {
	now := r.desk.Now()
	var actor act.Actor
	err := r.desk.Look(ctx, func(v db.Reader) error {
		in, err := sessions.Get(ctx, v, org, session)
		if err != nil {
			return err
		}
		if !in.Live(now) || !in.Locked.IsZero() {
			return db.ErrNone
		}
		account, err := accounts.Get(ctx, v, org, in.Account)
		if err != nil {
			return err
		}
		standing, err := staff.StandingOf(ctx, v, org, in.Person, now)
		if err != nil {
			return err
		}
		if account.State != Active || len(standing.Appointments) == 0 {
			return db.ErrNone
		}
		rules, err := r.rulesOf(ctx, v, org)
		if err != nil {
			return err
		}
		counting, err := r.inHours(ctx, v, rules.Rules, standing, from.Zone == outsideZone, now)
		if err != nil {
			return err
		}
		actor = r.actorOf(standing, counting, account, in, rules.Rules, now)
		return nil
	})
	if errors.Is(err, staff.ErrNoPerson) {
		err = db.ErrNone
	}
	actor.IP, actor.Terminal, actor.Zone = from.IP, from.Terminal, from.Zone
	return actor, err
}
