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
func (s supposition) possible(a *article) bool {
	if a.roles&s.roles == 0 {
		return false
	}
	if is, ok := a.policy.Resource.(ast.ScopeTypeIs); ok && string(is.Type) != s.kind {
		return false
	}
	for _, c := range a.policy.Conditions {
		v := s.value(c.Body)
		if c.Condition == ast.ConditionUnless {
			v = not(v)
		}
		if isBool(v, false) {
			return false
		}
	}
	return true
}

// value evaluates n, with nil for what depends on an unsettled fact.
func (s supposition) value(n ast.IsNode) types.Value {
	switch n := n.(type) {
	case ast.NodeValue:
		return n.Value
	case ast.NodeTypeAccess:
		if v, ok := n.Arg.(ast.NodeTypeVariable); ok {
			return s.attribute(v.Name, string(n.Value))
		}
	case ast.NodeTypeAnd:
		return and(s.value(n.Left), s.value(n.Right))
	case ast.NodeTypeOr:
		return not(and(not(s.value(n.Left)), not(s.value(n.Right))))
	case ast.NodeTypeNot:
		return not(s.value(n.Arg))
	case ast.NodeTypeEquals:
		return s.equal(n.Left, n.Right)
	case ast.NodeTypeNotEquals:
		return not(s.equal(n.Left, n.Right))
	case ast.NodeTypeLessThan:
		return s.less(n.Left, n.Right)
	case ast.NodeTypeGreaterThanOrEqual:
		return not(s.less(n.Left, n.Right))
	case ast.NodeTypeGreaterThan:
		return s.less(n.Right, n.Left)
	case ast.NodeTypeLessThanOrEqual:
		return not(s.less(n.Right, n.Left))
	case ast.NodeTypeContains:
		return s.contains(n.Left, n.Right)
	case ast.NodeTypeIn:
		return s.actorIn(n.Left, n.Right)
	case ast.NodeTypeIs:
		if v, ok := n.Left.(ast.NodeTypeVariable); ok && v.Name == "resource" {
			return types.Boolean(string(n.EntityType) == s.kind)
		}
	}
	return nil
}

func (s supposition) attribute(variable types.String, name string) types.Value {
	switch name {
	case "purpose":
		if s.purposeKnown {
			return types.String(purposeID(s.purpose))
		}
		return nil
	case "sensitivity":
		if s.levelKnown {
			return types.Long(s.sensitivity)
		}
		return nil
	case "clearance":
		return types.Long(s.clearance)
	}
	names := relationFacts
	if variable == "resource" {
		names = stateFacts
	}
	for _, n := range names {
		if n.name == name && s.settled&n.bit != 0 {
			return types.Boolean(s.holds&n.bit != 0)
		}
	}
	return nil
}

func (s supposition) equal(left, right ast.IsNode) types.Value {
	l, r := s.value(left), s.value(right)
	if l == nil || r == nil {
		return nil
	}
	return types.Boolean(l.Equal(r))
}

func (s supposition) less(left, right ast.IsNode) types.Value {
	l, lok := s.value(left).(types.Long)
	r, rok := s.value(right).(types.Long)
	if !lok || !rok {
		return nil
	}
	return types.Boolean(l < r)
}

func (s supposition) contains(set, element ast.IsNode) types.Value {
	e := s.value(element)
	literal, ok := set.(ast.NodeTypeSet)
	if e == nil || !ok {
		return nil
	}
	for _, member := range literal.Elements {
		v := s.value(member)
		if v == nil {
			return nil
		}
		if v.Equal(e) {
			return types.True
		}
	}
	return types.False
}

func (s supposition) actorIn(left, right ast.IsNode) types.Value {
	if v, ok := left.(ast.NodeTypeVariable); !ok || v.Name != "principal" {
		return nil
	}
	named := []ast.IsNode{right}
	if set, ok := right.(ast.NodeTypeSet); ok {
		named = set.Elements
	}
	for _, n := range named {
		uid, ok := s.value(n).(types.EntityUID)
		if !ok {
			return nil
		}
		if set, _ := rolesNamed(uid); set&s.roles != 0 {
			return types.True
		}
	}
	return types.False
}

func isBool(v types.Value, want bool) bool {
	b, ok := v.(types.Boolean)
	return ok && bool(b) == want
}

func not(v types.Value) types.Value {
	if b, ok := v.(types.Boolean); ok {
		return !b
	}
	return nil
}

func and(l, r types.Value) types.Value {
	switch {
	case isBool(l, false), isBool(r, false):
		return types.False
	case isBool(l, true) && isBool(r, true):
		return types.True
	}
	return nil
}
