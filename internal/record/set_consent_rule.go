package record

import (
	"context"
	"strings"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// ProposeConsentRule proposes which kinds of sensitive history need written consent. It
// holds when somebody else has agreed.
func (room *Room) ProposeConsentRule(ctx context.Context, kinds []SensitiveKind) (ConsentRule, error) {
	const verb = "record.propose-consent-rule"
	if err := room.desk.Begin(ctx, verb); err != nil {
		return ConsentRule{}, err
	}
	e := errInvalid.With()
	checkKinds(e, "kinds", kinds)
	if err := e.OrNil(); err != nil {
		return ConsentRule{}, err
	}
	var made ConsentRule
	err := room.desk.Do(ctx, verb, func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		waiting, err := proposedConsentRule(ctx, w, org)
		if err != nil {
			return err
		}
		if waiting != nil {
			return errRuleWaits.With()
		}
		made = ConsentRule{Org: org, ID: id.New(w.Now()), Kinds: among(kinds...), State: staff.Proposed, Proposed: w.Now(), ProposedBy: w.Actor().ID}
		w.Note("rule", made.ID)
		w.Note("kinds", namesOf(made.Kinds))
		return consentRules.Insert(ctx, w, &made)
	})
	return made, err
}

// SettleConsentRule agrees to a proposal, or declines it. Whoever agrees is unrelated to
// whoever proposed.
func (room *Room) SettleConsentRule(ctx context.Context, rule string, agree bool) error {
	return room.desk.Do(ctx, "record.settle-consent-rule", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, houseObject(w.Actor().Org)); err != nil {
			return err
		}
		c, err := consentRules.Get(ctx, w, w.Actor().Org, rule)
		if err != nil {
			return absent(err)
		}
		if c.State != staff.Proposed {
			return errRuleSettled.With()
		}
		c.State = staff.Declined
		if agree {
			if err := room.agreements.Bonds.MustBeAnother(ctx, w, errAgreesOneself, c.ProposedBy); err != nil {
				return err
			}
			c.State = staff.Agreed
		}
		c.Settled, c.SettledBy = w.Now(), w.Actor().ID
		w.Note("rule", c.ID)
		w.Note("outcome", c.State)
		return consentRules.Update(ctx, w, &c)
	})
}

// ConsentRules are the rule in force and the proposal that waits; nil where there is none.
type ConsentRules struct {
	InForce, Waiting *ConsentRule
	Names            map[string]staff.Name
}

// SeeConsentRules discloses which kinds of sensitive history need written consent.
func (room *Room) SeeConsentRules(ctx context.Context) (ConsentRules, error) {
	var seen ConsentRules
	err := room.desk.Disclose(ctx, "record.see-consent-rule", func(ctx context.Context, r *act.Reading) (err error) {
		org := r.Actor().Org
		if err := r.Permit(ctx, houseObject(org)); err != nil {
			return err
		}
		if seen.InForce, err = consentRuleInForce(ctx, r, org); err != nil {
			return err
		}
		if seen.Waiting, err = proposedConsentRule(ctx, r, org); err != nil {
			return err
		}
		var people []string
		for _, c := range []*ConsentRule{seen.InForce, seen.Waiting} {
			if c != nil {
				people = append(people, c.ProposedBy, c.SettledBy)
			}
		}
		seen.Names, err = staff.Names(ctx, r, org, people, r.Now())
		return err
	})
	return seen, err
}

func consentRuleInForce(ctx context.Context, r db.Reader, org string) (*ConsentRule, error) {
	found, err := consentRules.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY settled DESC, id DESC LIMIT 1", org, staff.Agreed)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func proposedConsentRule(ctx context.Context, r db.Reader, org string) (*ConsentRule, error) {
	found, err := consentRules.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY id DESC LIMIT 1", org, staff.Proposed)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func namesOf(kinds []SensitiveKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, " ")
}
