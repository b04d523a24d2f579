package patient

import (
	"context"
	"errors"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// ties tells the door which care relations the actor has to the patients, whether
// he is one of them himself, and of whom a silent source tells.
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patientIDs []string, at time.Time) (map[string][]policy.Tie, error) {
	if actor.Kind != act.Person {
		return nil, nil
	}
	wanted := make(map[string]bool, len(patientIDs))
	for _, id := range patientIDs {
		wanted[id] = true
	}
	var live []Relation
	var self, unheard []string
	shifted := map[string][]policy.Tie{}
	err := r.Together(ctx,
		func() (err error) {
			live, err = liveRelationsOf(ctx, r, actor.Org, actor.ID, patientIDs, at)
			return err
		},
		func() (err error) {
			self, err = amongWhom(ctx, r, actor.Org, actor.ID, patientIDs)
			return err
		},
		func() error {
			return room.onShift(ctx, r, actor, patientIDs, at, func(patient string, t policy.Tie) { shifted[patient] = append(shifted[patient], t) })
		},
		func() (err error) {
			unheard, err = room.ofSilentSources(ctx, r, actor.Org, patientIDs, at)
			return err
		},
	)
	if err != nil {
		return nil, err
	}
	found := shifted
	for _, relation := range live {
		if wanted[relation.Patient] {
			found[relation.Patient] = append(found[relation.Patient], relation.tie())
		}
	}
	operated, err := onOperationList(ctx, r, live, at)
	if err != nil {
		return nil, err
	}
	for patient, tie := range operated {
		if wanted[patient] {
			found[patient] = append(found[patient], tie)
		}
	}
	for _, id := range self {
		found[id] = append(found[id], policy.Tie{Kind: policy.TieOwn, ID: id, Source: "patient", Since: time.Unix(0, 0)})
	}
	for _, id := range unheard {
		found[id] = append(found[id], policy.Tie{Kind: policy.TieSilent, ID: id, Source: "intake", Since: at, Until: at.Add(time.Minute)})
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
