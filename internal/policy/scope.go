package policy

import "slices"

// Scope is where a list may start: an SQL filter built from it holds every
// object that [Book.Decide] could allow, and more. It is never a permission.
//
// An object is inside when Organisation is set, or its department is in
// Departments, or a live tie of a kind in Ties leads to its patient, or the
// actor is its Author, its Origin or whom it Concerns, as far as these are set.
type Scope struct {
	Nothing      bool     // no object can be allowed
	Organisation bool     // any object of the organisation
	Departments  []string // departments of the actor that matter
	Ties         []string // kinds of tie that matter
	Author       bool
	Origin       bool
	Concerns     bool
	MaxLevel     int // highest sensitivity that can be allowed
}

type scopeQuestion struct {
	verb, kind string
	roles      roleSet
	purpose    uint8
	clearance  uint8
	holds      fact
}

// covers are the relations by which a permit can be found from the data, the
// narrowest first. Losing care loses the lead of the care team with it.
var covers = []struct {
	bits fact
	tie  string
}{
	{own, TieOwn}, {care | lead, TieCare}, {duty, TieDuty}, {task, TieTask}, {theatre, TieTheatre}, {work, TieWork}, {grant, TieGrant},
	{reason, TieReason}, {glass, TieGlass}, {author, ""}, {origin, ""}, {department, ""},
}

// Scope returns where a list of things of this kind may start for an actor.
func (b *Book) Scope(actor Actor, verb, kind, purpose string) Scope {
	a, err := factsOfActor(&actor, purpose)
	if err != nil || a.purpose == 0 || !b.kinds[verb][kind] {
		return Scope{Nothing: true}
	}
	s := b.scopes.recall(scopeQuestion{verb, kind, a.roles, a.purpose, a.clearance, a.holds}, b.scope)
	if s.Departments != nil {
		s.Departments = slices.Clone(actor.Departments)
	}
	s.Ties = slices.Clone(s.Ties)
	return s
}

func (b *Book) scope(q scopeQuestion) Scope {
	open := supposition{
		facts: facts{
			verb: q.verb, kind: q.kind, roles: q.roles, purpose: q.purpose,
			clearance: q.clearance, holds: q.holds | organisation,
		},
		settled:      organisation | remote | stepped | strong,
		purposeKnown: true,
	}
	permits := b.permits(open)
	if len(permits) == 0 {
		return Scope{Nothing: true}
	}
	var covered fact
	for _, p := range permits {
		covered |= coverOf(open, p)
	}
	scope := Scope{MaxLevel: highestPossible(open, permits)}
	if covered&organisation != 0 {
		scope.Organisation = true
		return scope
	}
	for _, c := range covers {
		if covered&c.bits != 0 && c.tie != "" {
			scope.Ties = append(scope.Ties, c.tie)
		}
	}
	if covered&department != 0 {
		scope.Departments = []string{}
	}
	scope.Author, scope.Origin, scope.Concerns = covered&author != 0, covered&origin != 0, covered&own != 0
	return scope
}

// coverOf returns relations of which every match of p has at least one, or
// organisation when p matches without any.
func coverOf(open supposition, p *article) fact {
	var every, alone fact
	for _, c := range covers {
		every |= c.bits
	}
	if open.without(every).possible(p) {
		return organisation
	}
	for _, c := range covers {
		if !open.without(c.bits).possible(p) {
			return c.bits
		}
		if open.without(every &^ c.bits).possible(p) {
			alone |= c.bits
		}
	}
	if !open.without(alone).possible(p) {
		return alone
	}
	return every
}

func highestPossible(open supposition, permits []*article) int {
	open.levelKnown = true
	for level := highestLevel; level > 0; level-- {
		open.sensitivity = uint8(level)
		if anyPossible(open, permits) {
			return level
		}
	}
	return 0
}
