package patient

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// ties tells the door which care relations the actor has to the patients, and
// whether he is one of them himself.
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patientIDs []string, at time.Time) (map[string][]policy.Tie, error) {
	if actor.Kind != act.Person {
		return nil, nil
	}
	wanted := make(map[string]bool, len(patientIDs))
	for _, id := range patientIDs {
		wanted[id] = true
	}
	found := map[string][]policy.Tie{}
	live, err := liveRelationsOf(ctx, r, actor.Org, actor.ID, patientIDs, at)
	if err != nil {
		return nil, err
	}
	for _, relation := range live {
		if wanted[relation.Patient] {
			found[relation.Patient] = append(found[relation.Patient], relation.tie())
		}
	}
	self, err := ids(ctx, r, "SELECT id FROM patient_patient WHERE org = $1 AND staff = $2", actor.Org, actor.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range self {
		if wanted[id] {
			found[id] = append(found[id], policy.Tie{Kind: policy.TieOwn, ID: id, Source: "patient", Since: time.Unix(0, 0)})
		}
	}
	return found, nil
}

// absent answers a missing row as the door answers what may not be known.
func absent(err error) error {
	if errors.Is(err, db.ErrNone) {
		return act.ErrAbsent.Because(err)
	}
	return err
}
