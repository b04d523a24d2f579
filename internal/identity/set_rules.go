package identity

import (
	"context"
	"errors"
	"strconv"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// SetRules puts new rules in force in place of the version on which they are
// based. Passwords that were good enough and are not any more must be changed at
// the next sign-in; sessions that run go on.
func (r *Room) SetRules(ctx context.Context, base int64, rules Rules) (Version, error) {
	if err := r.mustBeKnown(ctx, "identity.set-rules"); err != nil {
		return Version{}, err
	}
	if err := rules.check(); err != nil {
		return Version{}, err
	}
	var set Version
	err := r.desk.Do(ctx, "identity.set-rules", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		now, err := r.rulesOf(ctx, w, org)
		if err != nil {
			return err
		}
		if now.Number != base {
			return errRulesMoved.With()
		}
		set = Version{Org: org, Number: base + 1, Rules: rules, Made: w.Now(), MadeBy: w.Actor().ID}
		w.Note("version", strconv.FormatInt(set.Number, 10))
		return versions.Insert(ctx, w, &set)
	})
	if errors.Is(err, db.ErrExists) {
		err = errRulesMoved.Because(err)
	}
	if err == nil {
		r.present.forget()
	}
	return set, err
}

// ViewRules shows the rules in force.
func (r *Room) ViewRules(ctx context.Context) (Version, error) {
	var found Version
	err := r.desk.Disclose(ctx, "identity.view-rules", func(ctx context.Context, v *act.Reading) (err error) {
		org := v.Actor().Org
		if err := v.Permit(ctx, houseOf(org)); err != nil {
			return err
		}
		found, err = r.rulesOf(ctx, v, org)
		return err
	})
	return found, err
}

func houseOf(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }
