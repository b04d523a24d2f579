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
	var live []Relation
	var self []string
	err := r.Together(ctx,
		func() (err error) {
			live, err = liveRelationsOf(ctx, r, actor.Org, actor.ID, patientIDs, at)
			return err
		},
		func() (err error) {
			self, err = amongWhom(ctx, r, actor.Org, actor.ID, patientIDs)
			return err
		},
	)
	if err != nil {
		return nil, err
	}
	found := map[string][]policy.Tie{}
	for _, relation := range live {
		if wanted[relation.Patient] {
			found[relation.Patient] = append(found[relation.Patient], relation.tie())
		}
	}
	for _, id := range self {
		found[id] = append(found[id], policy.Tie{Kind: policy.TieOwn, ID: id, Source: "patient", Since: time.Unix(0, 0)})
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
