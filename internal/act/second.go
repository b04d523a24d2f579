package act

import (
	"context"

	"github.com/medward/medward/internal/policy"
)

// Seconds know which acts of people want another person who has confirmed just this act in
// time (B-108, E-197). A room fills it while the house is put together.
type Seconds interface {
	// Confirmed returns the confirmation on which an act on an object rests. Empty: the act
	// wants none. It fails with the refusal where one is wanted and there is none.
	Confirmed(ctx context.Context, r *Reading, o policy.Object) (confirmation string, err error)
	// Spend ends a confirmation, in the act that rested on it.
	Spend(ctx context.Context, w *Work, confirmation string) error
}

// SecondWanted says what a second person would confirm.
type SecondWanted struct {
	Verb    string `json:"verb"`
	Kind    string `json:"kind"`
	Object  string `json:"object"`
	Patient string `json:"patient,omitempty"`
	Said    string `json:"said"` // digest of the request, hex
	Minutes int    `json:"minutes"`
}

// Seconds adds who knows them.
func (d *Door) Seconds(s Seconds) { d.seconds = s }

// Verb is the verb of the act.
func (r *Reading) Verb() string { return r.verb }

// secondTo asks, for the act itself and not for what joins it, whether another person has
// confirmed it, once.
func (r *Reading) secondTo(ctx context.Context, verb string, o policy.Object) error {
	if r.door.seconds == nil || verb != r.verb || r.actor.Kind != Person || r.secondAsked {
		return nil
	}
	confirmation, err := r.door.seconds.Confirmed(ctx, r, o)
	if err != nil {
		r.about, r.refused = o, err
		r.failing = &policy.Decision{Refusal: &policy.Refusal{Conditions: []policy.Condition{{Name: policy.ConditionSecond}}}}
		return err
	}
	r.secondAsked, r.confirmation = true, confirmation
	return nil
}

// spend ends the confirmation on which the act rested.
func (w *Work) spend(ctx context.Context) error {
	if w.confirmation == "" {
		return nil
	}
	return w.door.seconds.Spend(ctx, w, w.confirmation)
}
