package act

import (
	"context"

	"github.com/medward/medward/internal/policy"
)

// Masks returns which fields of a patient an answer must not show in full, to this
// actor and for this purpose (D-006). It is asked after a [Reading.Permit].
func (r *Reading) Masks(ctx context.Context, patient policy.Object) ([]policy.Mask, error) {
	found, err := r.tiesTo(ctx, patient.Patient)
	if err != nil {
		return nil, r.undecided(ctx, err)
	}
	return policy.Masks(r.door.rules, r.request(r.verb, patient, found[patient.Patient])), nil
}
