package patient

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Shift is a time on duty in a department that somebody else has put a person on.
type Shift struct {
	ID         string
	Department string
	Since      time.Time
	Until      time.Time
}

// Shifts finds the shifts of a person that last at a moment.
type Shifts func(ctx context.Context, r db.Reader, org, person string, at time.Time) ([]Shift, error)

// Rosters tells the room who is on shift where. It is called while the house is
// put together.
func (room *Room) Rosters(find Shifts) { room.shifts = find }

// onShift finds the patients that the actor's shifts bring to him beyond those who
// lie in the department: what the department was asked to do, and admissions that
// a colleague has not had confirmed yet. Who asked, or admitted, is given nothing.
func (room *Room) onShift(ctx context.Context, r db.Reader, actor act.Actor, some []string, at time.Time, give func(patient string, t policy.Tie)) error {
	if room.shifts == nil || actor.Kind != act.Person {
		return nil
	}
	mine, err := room.shifts(ctx, r, actor.Org, actor.ID, at)
	if err != nil {
		return err
	}
	for _, s := range mine {
		sent, err := sentTo(ctx, r, actor.Org, s.Department, some, at)
		if err != nil {
			return err
		}
		for _, q := range sent {
			if q.AskedBy != actor.ID && q.GivenBy != actor.ID {
				give(q.Patient, q.tie(s.Until))
			}
		}
		waiting, err := unconfirmedIn(ctx, r, actor.Org, s.Department, some)
		if err != nil {
			return err
		}
		for _, admitted := range waiting {
			if admitted.Person != actor.ID {
				give(admitted.Patient, policy.Tie{Kind: policy.TieDuty, ID: s.ID, Role: "shift", Source: "roster", Since: s.Since, Until: s.Until})
			}
		}
	}
	return nil
}

// sentTo reads what a department was asked to do that opens something; about some
// patients, when they are given.
func sentTo(ctx context.Context, r db.Reader, org, department string, some []string, at time.Time) ([]Requisition, error) {
	where, args := "WHERE org = $1 AND department = $2 AND until > $3", []any{org, department, at.UnixMicro()}
	if len(some) == 1 {
		where, args = where+" AND patient = $4", append(args, some[0])
	}
	sent, err := requisitions.Select(ctx, r, where, args...)
	return slices.DeleteFunc(sent, func(q Requisition) bool { return len(some) > 1 && !slices.Contains(some, q.Patient) }), err
}
