package policy

import (
	"github.com/cedar-policy/cedar-go/types"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
)

// supposition is a request of which only some facts are settled. Verb, kind,
// roles and clearance always are.
type supposition struct {
	facts
	settled      fact
	purposeKnown bool
	levelKnown   bool
}

// whole is a request of which every fact is settled.
func whole(f facts) supposition {
	return supposition{facts: f, settled: ^fact(0), purposeKnown: true, levelKnown: true}
}

func (s supposition) settle(bits fact) supposition {
	s.settled |= bits
	return s
}

func (s supposition) without(bits fact) supposition {
	s.settled |= bits
	s.holds &^= bits
	return s
}

// possible reports whether some way of settling the rest could make the rule
// match. It may answer true wrongly, never false.
func (s supposition) possible(a *article) bool { return a.possibleUnder(&s) }

func (a *article) possibleUnder(s *supposition) bool { return a.matches(s) != no }

// matches reports whether the rule matches, as far as its facts are settled.
func (a *article) matches(s *supposition) tri {
	if a.roles&s.roles == 0 || a.kind != "" && a.kind != s.kind {
		return no
	}
	told := yes
	for _, c := range a.clauses {
		switch c(s) {
		case no:
			return no
		case unknown:
			told = unknown
		}
	}
	return told
}

// tri is yes, no, or that it depends on an unsettled fact.
type tri uint8

const (
	unknown tri = iota
	no
	yes
)

func triOf(b bool) tri {
	if b {
		return yes
	}
	return no
}

func (t tri) not() tri {
	switch t {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// clause is a condition of a rule, made for asking of suppositions.
type clause func(*supposition) tri

func cannotTell(*supposition) tri { return unknown }

// clausesOf makes the conditions of a rule ready to be asked.
func clausesOf(tree *ast.Policy) []clause {
	made := make([]clause, len(tree.Conditions))
	for i, c := range tree.Conditions {
		made[i] = clauseOf(c.Body)
		if c.Condition == ast.ConditionUnless {
			made[i] = negated(made[i])
		}
	}
	return made
}

func kindInScope(tree *ast.Policy) string {
	if is, ok := tree.Resource.(ast.ScopeTypeIs); ok {
		return string(is.Type)
	}
	return ""
}

func negated(c clause) clause { return func(s *supposition) tri { return c(s).not() } }

func both(left, right clause) clause {
	return func(s *supposition) tri {
		l := left(s)
		if l == no {
			return no
		}
		r := right(s)
		switch {
		case r == no:
			return no
		case l == yes && r == yes:
			return yes
		}
		return unknown
	}
}

func clauseOf(n ast.IsNode) clause {
	switch n := n.(type) {
	case ast.NodeValue:
		if b, ok := n.Value.(types.Boolean); ok {
			return func(*supposition) tri { return triOf(bool(b)) }
		}
	case ast.NodeTypeAccess:
		return factOf(n)
	case ast.NodeTypeAnd:
		return both(clauseOf(n.Left), clauseOf(n.Right))
	case ast.NodeTypeOr:
		return negated(both(negated(clauseOf(n.Left)), negated(clauseOf(n.Right))))
	case ast.NodeTypeNot:
		return negated(clauseOf(n.Arg))
	case ast.NodeTypeEquals:
		return equal(n.Left, n.Right)
	case ast.NodeTypeNotEquals:
		return negated(equal(n.Left, n.Right))
	case ast.NodeTypeLessThan:
		return less(n.Left, n.Right)
	case ast.NodeTypeGreaterThanOrEqual:
		return negated(less(n.Left, n.Right))
	case ast.NodeTypeGreaterThan:
		return less(n.Right, n.Left)
	case ast.NodeTypeLessThanOrEqual:
		return negated(less(n.Right, n.Left))
	case ast.NodeTypeContains:
		return contains(n.Left, n.Right)
	case ast.NodeTypeIn:
		return actorIn(n.Left, n.Right)
	case ast.NodeTypeIs:
		if v, ok := n.Left.(ast.NodeTypeVariable); ok && v.Name == "resource" {
			kind := string(n.EntityType)
			return func(s *supposition) tri { return triOf(kind == s.kind) }
		}
	}
	return cannotTell
}

func factOf(n ast.NodeTypeAccess) clause {
	v, ok := n.Arg.(ast.NodeTypeVariable)
	if !ok {
		return cannotTell
	}
	names := relationFacts
	if v.Name == "resource" {
		names = stateFacts
	}
	for _, one := range names {
		if one.name == string(n.Value) {
			return func(s *supposition) tri {
				if s.settled&one.bit == 0 {
					return unknown
				}
				return triOf(s.holds&one.bit != 0)
			}
		}
	}
	return cannotTell
}

// number is a whole number of a request, and whether it is settled.
type number func(*supposition) (int64, bool)

func numberOf(n ast.IsNode) number {
	switch n := n.(type) {
	case ast.NodeValue:
		if value, ok := n.Value.(types.Long); ok {
			return func(*supposition) (int64, bool) { return int64(value), true }
		}
	case ast.NodeTypeAccess:
		switch string(n.Value) {
		case "sensitivity":
			return func(s *supposition) (int64, bool) { return int64(s.sensitivity), s.levelKnown }
		case "clearance":
			return func(s *supposition) (int64, bool) { return int64(s.clearance), true }
		}
	}
	return nil
}

func less(left, right ast.IsNode) clause {
	l, r := numberOf(left), numberOf(right)
	if l == nil || r == nil {
		return cannotTell
	}
	return func(s *supposition) tri {
		a, known := l(s)
		b, also := r(s)
		if !known || !also {
			return unknown
		}
		return triOf(a < b)
	}
}

func equal(left, right ast.IsNode) clause {
	if l, r := numberOf(left), numberOf(right); l != nil && r != nil {
		return both(negated(less(left, right)), negated(less(right, left)))
	}
	for _, pair := range [][2]ast.IsNode{{left, right}, {right, left}} {
		if isPurpose(pair[0]) {
			if text, ok := textOf(pair[1]); ok {
				return purposeAmong(text)
			}
		}
	}
	return cannotTell
}

func isPurpose(n ast.IsNode) bool {
	access, ok := n.(ast.NodeTypeAccess)
	return ok && string(access.Value) == "purpose"
}

func textOf(n ast.IsNode) (string, bool) {
	value, ok := n.(ast.NodeValue)
	if !ok {
		return "", false
	}
	text, ok := value.Value.(types.String)
	return string(text), ok
}

func contains(set, element ast.IsNode) clause {
	literal, ok := set.(ast.NodeTypeSet)
	if !ok || !isPurpose(element) {
		return cannotTell
	}
	texts := make([]string, len(literal.Elements))
	for i, member := range literal.Elements {
		if texts[i], ok = textOf(member); !ok {
			return cannotTell
		}
	}
	return purposeAmong(texts...)
}

// purposeAmong reports whether the purpose is one of a few. The empty one is none.
func purposeAmong(texts ...string) clause {
	var named uint32
	for _, text := range texts {
		number := purposeNumber(text)
		if number == 0 && text != "" {
			continue
		}
		named |= 1 << number
	}
	return func(s *supposition) tri {
		if !s.purposeKnown {
			return unknown
		}
		return triOf(named&(1<<s.purpose) != 0)
	}
}

func actorIn(left, right ast.IsNode) clause {
	if v, ok := left.(ast.NodeTypeVariable); !ok || v.Name != "principal" {
		return cannotTell
	}
	named := []ast.IsNode{right}
	if set, ok := right.(ast.NodeTypeSet); ok {
		named = set.Elements
	}
	var roles roleSet
	for _, n := range named {
		value, ok := n.(ast.NodeValue)
		if !ok {
			return cannotTell
		}
		uid, ok := value.Value.(types.EntityUID)
		if !ok {
			return cannotTell
		}
		set, _ := rolesNamed(uid)
		roles |= set
	}
	return func(s *supposition) tri { return triOf(s.roles&roles != 0) }
}
