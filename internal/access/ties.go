package access

import (
	"context"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// reached are the patients to whom a live reason or grant leads.
func (room *Room) reached(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]string, error) {
	var live []Reason
	var granted []Grant
	var frozen []Freeze
	err := r.Together(ctx, func() (err error) {
		frozen, err = frozenAt(ctx, r, actor.Org, actor.ID, at)
		return err
	}, func() (err error) {
		live, err = liveOf(ctx, r, actor.Org, actor.ID, at)
		return err
	}, func() (err error) {
		granted, err = grantsTo(ctx, r, actor.Org, actor.ID, at)
		return err
	})
	var patients []string
	for _, reason := range live {
		if len(frozen) > 0 && reason.Kind != Glass {
			continue
		}
		patients = append(patients, reason.Patient)
	}
	for _, g := range granted {
		if len(frozen) == 0 && g.Patient != "" && g.live(at) && g.Scope.counts(actor.Zone, at) {
			patients = append(patients, g.Patient)
		}
	}
	return patients, err
}

// ties tells the door what opens patients to the actor (reasons, grants, his place
// on the list of a seal) and what closes them (seals, bars).
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	found := map[string][]policy.Tie{}
	var frozen []Freeze
	add := func(patient string, t policy.Tie) { found[patient] = append(found[patient], t) }
	asking := []func() error{func() error { return room.sealsOf(ctx, r, actor.Org, patients, actor.Kind == act.Person, add) }}
	if actor.Kind == act.Person {
		asking = append(asking,
			func() error {
				live, err := liveOf(ctx, r, actor.Org, actor.ID, at)
				for _, reason := range live {
					add(reason.Patient, reason.tie())
				}
				return err
			},
			func() error { return grantTies(ctx, r, actor, patients, at, add) },
			func() error {
				listed, err := listedFor(ctx, r, actor.Org, actor.ID, at)
				for _, l := range listed {
					add(l.Patient, l.tie())
				}
				return err
			},
			func() (err error) {
				frozen, err = frozenAt(ctx, r, actor.Org, actor.ID, at)
				return err
			},
			func() error {
				bars, err := barsOf(ctx, r, actor.Org, actor.ID, at)
				for _, b := range bars {
					add(b.Patient, b.tie())
				}
				return err
			})
	}
	if err := r.Together(ctx, asking...); err != nil {
		return nil, err
	}
	if len(frozen) > 0 {
		for _, p := range patients {
			found[p] = withoutExtra(found[p], frozen[0].tie())
		}
	}
	return found, nil
}

// curbs tells room patient what closes to the actor whichever patient he looks for.
func (room *Room) curbs(ctx context.Context, r db.Reader, actor act.Actor, at time.Time) ([]policy.Tie, error) {
	if actor.Kind != act.Person {
		return nil, nil
	}
	frozen, err := frozenAt(ctx, r, actor.Org, actor.ID, at)
	if err != nil || len(frozen) == 0 {
		return nil, err
	}
	return []policy.Tie{frozen[0].tie()}, nil
}

// grantTies adds the actor's grants: those for one patient to him, those for a
// department to everybody asked about, since only the object tells where it is.
func grantTies(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time, add func(string, policy.Tie)) error {
	granted, err := grantsTo(ctx, r, actor.Org, actor.ID, at)
	for _, g := range granted {
		switch {
		case !g.Scope.counts(actor.Zone, at):
		case g.Patient != "":
			add(g.Patient, g.tie())
		default:
			for _, p := range patients {
				add(p, g.tie())
			}
		}
	}
	return err
}
