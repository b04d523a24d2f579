package handover

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// spared are the acts of people that write to what is handed over and go on all the same:
// they let somebody who cannot wait be known and written about, or take something away
// that must not stay open for weeks. What they write is carried in a supplement.
var spared = []string{
	"patient.register",
	"consent.withdraw",
	"access.seal", "access.renew-seal",
	"staff.leave", "staff.end-appointment", "staff.end-stay",
	"identity.approve-recovery",
}

// staffed are the acts about the staff that write to what is handed over. They touch no
// patient's information, and so have no kind of use.
var staffed = []string{
	"staff.add-department", "staff.add-person", "staff.appoint", "staff.apply-roster", "staff.begin-stay", "staff.move-stay", "staff.end-stay",
	"staff.leave", "staff.end-appointment", "identity.create-account", "identity.approve-recovery",
}

// Spared are the acts that a freeze does not hold.
func Spared() []string { return spared }

func (room *Room) lasts(ctx context.Context, r db.Reader, org string, at time.Time) (bool, error) {
	under, err := freezing(ctx, r, org, at)
	return len(under) > 0, err
}

// ties tells the door that the house is being handed over: to people, about every
// patient, so that who is refused learns of the way that remains before he writes. What
// machines bring goes on being taken, because it cannot be brought again, and is carried
// in a supplement.
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	if actor.Kind != act.Person || len(patients) == 0 {
		return nil, nil
	}
	under, err := freezing(ctx, r, actor.Org, at)
	if err != nil || len(under) == 0 {
		return nil, err
	}
	found := map[string][]policy.Tie{}
	for _, p := range patients {
		found[p] = []policy.Tie{{Kind: policy.TieMoving, ID: under[0].ID, Source: "handover", Since: under[0].Approved, Until: under[0].Until}}
	}
	return found, nil
}
