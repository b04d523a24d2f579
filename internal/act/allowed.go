package act

import (
	"context"

	"github.com/medward/medward/internal/policy"
)

// AllowedTo is [Reading.Allowed] for another verb: so a list asks whether what it names
// could be opened.
func (r *Reading) AllowedTo(ctx context.Context, verb string, objects []policy.Object) ([]bool, error) {
	as := *r
	as.verb = verb
	allowed, err := as.Allowed(ctx, objects)
	r.refused, r.tied = as.refused, as.tied
	return allowed, err
}
