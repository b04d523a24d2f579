package policy

import (
	"slices"

	"github.com/cedar-policy/cedar-go/x/exp/ast"
)

// GrantVerbs returns the verbs that a grant can open, sorted: the catalogue
// outside of which none is given (D-023).
func (b *Book) GrantVerbs() []string {
	var verbs []string
	for _, verb := range b.Verbs() {
		for _, a := range b.byVerb[verb] {
			if a.facts&grant != 0 {
				verbs = append(verbs, verb)
				break
			}
		}
	}
	return verbs
}

// CouldGrant reports whether a grant for a purpose could ever open a verb to an
// actor. It may answer true wrongly, never false.
func (b *Book) CouldGrant(actor Actor, verb, purpose string) bool {
	a, err := factsOfActor(&actor, purpose)
	if err != nil || a.purpose == 0 {
		return false
	}
	for kind := range b.kinds[verb] {
		if b.grantable(facts{verb: verb, kind: kind, roles: a.roles, purpose: a.purpose, clearance: a.clearance, holds: a.holds | organisation | grant}) {
			return true
		}
	}
	return false
}

func (b *Book) grantable(f facts) bool {
	s := supposition{facts: f, settled: organisation | grant, purposeKnown: true}
	permitted, lifts := false, false
	for _, a := range b.byVerb[f.verb] {
		switch {
		case a.roles&f.roles == 0:
		case a.Effect == Forbid && len(a.policy.Conditions) == 0:
			return false
		case a.Effect == Forbid:
			lifts = lifts || a.facts&grant != 0
		case s.possible(a):
			permitted, lifts = true, lifts || a.facts&grant != 0
		}
	}
	return permitted && lifts
}

// factsRead are the facts that the conditions of a rule ask for.
func factsRead(tree *ast.Policy) fact {
	var read fact
	for _, c := range tree.Conditions {
		ast.Inspect(ast.NewNode(c.Body), func(n ast.IsNode) bool {
			access, ok := n.(ast.NodeTypeAccess)
			for _, one := range slices.Concat(relationFacts, stateFacts) {
				if ok && one.name == string(access.Value) {
					read |= one.bit
				}
			}
			return true
		})
	}
	return read
}
