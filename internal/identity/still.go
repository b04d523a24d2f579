package identity

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/staff"
)

// StillPresent reports whether the session in which ctx acts counts now, without
// using it: what a page leaves open must not keep its session from ending.
func (r *Room) StillPresent(ctx context.Context) bool {
	actor, now := act.From(ctx), r.desk.Now()
	live := false
	err := r.desk.Look(ctx, func(v db.Reader) error {
		session, err := sessions.Get(ctx, v, actor.Org, actor.Session)
		if err != nil || !session.Live(now) || !session.Locked.IsZero() {
			return err
		}
		account, err := accounts.Get(ctx, v, actor.Org, session.Account)
		if err != nil || account.State != Active {
			return err
		}
		standing, err := staff.StandingOf(ctx, v, actor.Org, session.Person, now)
		live = err == nil && len(standing.Appointments) > 0
		return err
	})
	return err == nil && live
}

// Forget lets this process look up anew, at the next request, who somebody is and what
// he may do: something of his was ended in another process.
func (r *Room) Forget(person string) { r.present.dropPerson(person) }
