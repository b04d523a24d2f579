package staff

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// BondsOf gathers what makes some people of an organisation count as one at a moment. Nil:
// nothing but being the same.
type BondsOf func(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (Bonds, error)

// Among gathers the bonds of some people.
func (of BondsOf) Among(ctx context.Context, r db.Reader, org string, at time.Time, people ...string) (Bonds, error) {
	if of == nil {
		return Bonds{}, nil
	}
	return of(ctx, r, org, people, at)
}

// MustBeAnother fails with a code unless whoever acts is a natural person unrelated to each
// of those before him (A-200, B-108, E-148).
func (of BondsOf) MustBeAnother(ctx context.Context, w *act.Work, code *fault.Code, before ...string) error {
	actor := w.Actor().ID
	bonds, err := of.Among(ctx, w, w.Actor().Org, w.Now(), append([]string{actor}, before...)...)
	if err != nil {
		return err
	}
	for _, one := range before {
		if !bonds.TwoPersons([]string{one}, []string{actor}, w.Now()) {
			return code.With()
		}
	}
	return nil
}

// Bonds are what makes two people count as one where two are needed.
type Bonds struct {
	Delegations []Delegation
	Creations   []Creation
	Resets      []Reset
}

// Delegation lets somebody act in the place of another for a time.
type Delegation struct {
	From, To     string
	Since, Until time.Time
}

// Creation says who made whose account.
type Creation struct{ By, Whom string }

// Reset says who gave somebody new means of signing in.
type Reset struct {
	By, Whom string
	At       time.Time
}

// ResetTells is how long whoever has reset somebody's means of signing in counts
// as that person.
const ResetTells = 30 * days

// TwoPersons reports whether two parties are unrelated natural persons at a moment
// (E-148). A party is one or more people who count as one: whoever asks and
// whoever profits by it. Whoever acts in the place of others counts as each of
// them, and so on; whoever made the account of somebody, or gave him new means of
// signing in within [ResetTells], counts as that person towards him. A party
// without people, or with an empty id, is related to everybody.
func (b Bonds) TwoPersons(first, second []string, at time.Time) bool {
	if !named(first) || !named(second) {
		return false
	}
	ones, others := b.actsFor(first, at), b.actsFor(second, at)
	for one := range ones {
		for other := range others {
			if one == other || b.tied(one, other, at) {
				return false
			}
		}
	}
	return true
}

func named(party []string) bool { return len(party) > 0 && !slices.Contains(party, "") }

// actsFor returns a party with everybody in whose place one of it acts.
func (b Bonds) actsFor(party []string, at time.Time) map[string]bool {
	all := make(map[string]bool, len(party))
	waiting := slices.Clone(party)
	for len(waiting) > 0 {
		one := waiting[0]
		waiting = waiting[1:]
		if all[one] {
			continue
		}
		all[one] = true
		for _, d := range b.Delegations {
			if d.To == one && !d.Since.After(at) && d.Until.After(at) {
				waiting = append(waiting, d.From)
			}
		}
	}
	return all
}

func (b Bonds) tied(one, other string, at time.Time) bool {
	pair := func(by, whom string) bool { return by == one && whom == other || by == other && whom == one }
	return slices.ContainsFunc(b.Creations, func(c Creation) bool { return pair(c.By, c.Whom) }) ||
		slices.ContainsFunc(b.Resets, func(r Reset) bool {
			return pair(r.By, r.Whom) && !r.At.After(at) && at.Sub(r.At) <= ResetTells
		})
}
