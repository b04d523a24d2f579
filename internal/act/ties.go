package act

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// ExpectPatient collects what ties the actor to a patient before policy is asked
// about him, so that the questions travel with those of the room that finds the
// patient. Outside an act it does nothing. What goes wrong is for the Permit that
// follows, which asks again.
func ExpectPatient(ctx context.Context, r db.Reader, patient string) {
	switch r := r.(type) {
	case *Reading:
		_, _ = r.tiesTo(ctx, patient)
	case *Work:
		_, _ = r.tiesTo(ctx, patient)
	}
}

// tiesTo returns what ties the actor to patients, by patient. It is read in every
// act, once as long as the act has written nothing since.
func (r *Reading) tiesTo(ctx context.Context, patients ...string) (map[string][]policy.Tie, error) {
	asked := slices.Compact(slices.Sorted(slices.Values(patients)))
	asked = slices.DeleteFunc(asked, func(p string) bool { _, known := r.tied[p]; return known || p == "" })
	if len(asked) == 0 {
		return r.tied, nil
	}
	found, err := r.door.tiesOf(ctx, r.Reader, r.actor, asked, r.now)
	if err != nil {
		return nil, err
	}
	if r.tied == nil {
		r.tied = make(map[string][]policy.Tie, len(asked))
	}
	for _, p := range asked {
		r.tied[p] = found[p]
	}
	return r.tied, nil
}
