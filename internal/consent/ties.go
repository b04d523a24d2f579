package consent

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// asksFor are the purposes for which the rulebook asks for consent, so that care
// pays for no question.
var asksFor = []string{"teaching", "research", "insurance"}

// ties tells the door which patients agreed to the actor's purpose, and for which
// the law provides. It is read in the act itself: a withdrawal counts at once, and
// what cannot be read stops the act.
func (room *Room) ties(ctx context.Context, r db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
	if !slices.Contains(asksFor, actor.Purpose) || len(patients) == 0 {
		return nil, nil
	}
	var given []Record
	var exempt []Exemption
	err := r.Together(ctx, func() (err error) {
		given, err = standing(ctx, r, actor.Org, patients, at)
		return err
	}, func() (err error) {
		exempt, err = exemptionsFor(ctx, r, actor.Org, actor.Purpose, at)
		return err
	})
	if err != nil {
		return nil, err
	}
	found := map[string][]policy.Tie{}
	for _, g := range given {
		if g.Scope.serves(actor.Purpose, "") {
			found[g.Patient] = append(found[g.Patient], g.tie(actor.Purpose))
		}
	}
	for _, x := range exempt {
		if x.Recipient != "" {
			continue
		}
		for _, p := range patients {
			if x.Patient == "" || x.Patient == p {
				found[p] = append(found[p], x.tie())
			}
		}
	}
	return found, nil
}

// Use is something that is about to be done with what concerns patients.
type Use struct {
	Purpose   string
	Recipient string // a named institution; empty: this one
	Category  string // kind of document; empty: more than one, so that only a consent to all covers it
}

// Proof is what a use of one patient's data rests on.
type Proof struct {
	Consent   string // id of a record
	Exemption string // id of an exemption
}

// Covers returns, of some patients, those whom a use may touch and by what proof, as
// things stand in this act. Whoever is missing must be left out.
func Covers(ctx context.Context, r db.Reader, org string, patients []string, use Use, at time.Time) (map[string]Proof, error) {
	given, err := standing(ctx, r, org, patients, at)
	if err != nil {
		return nil, err
	}
	exempt, err := exemptionsFor(ctx, r, org, use.Purpose, at)
	if err != nil {
		return nil, err
	}
	covered := map[string]Proof{}
	for _, x := range exempt {
		for _, p := range patients {
			if x.Recipient == use.Recipient && (x.Patient == "" || x.Patient == p) && !x.Since.After(at) {
				covered[p] = Proof{Exemption: x.ID}
			}
		}
	}
	for _, g := range given {
		if g.Live(at) && g.Scope.serves(use.Purpose, use.Recipient) && g.Scope.holds(use.Category) {
			covered[g.Patient] = Proof{Consent: g.ID}
		}
	}
	return covered, nil
}
