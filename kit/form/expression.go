package form

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// longestExpression bounds an expression, in bytes.
const longestExpression = 2000

// allowed are the functions an expression may call: those that mean the same in every
// implementation. Text out of a double, for one, does not.
var allowed = []string{
	operators.Conditional, operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.NotStrictlyFalse,
	operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals,
	operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Modulo, operators.Negate,
	operators.In, operators.Index,
	overloads.Size, overloads.StartsWith, overloads.EndsWith, overloads.Contains, overloads.Matches,
	overloads.TypeConvertInt, overloads.TypeConvertDouble,
	daysBetween, yearsBetween, hoursBetween,
}

const (
	daysBetween  = "daysBetween"
	yearsBetween = "yearsBetween"
	hoursBetween = "hoursBetween"

	secondsOfDay = 24 * 60 * 60
)

// library are the functions of forms beside those of the language:
//
//	daysBetween(from, to)  int     days from one date to another, or null
//	yearsBetween(from, to) int     whole years, as ages are counted
//	hoursBetween(from, to) double  hours from one moment to another
var library = []cel.EnvOption{
	between(daysBetween, cel.IntType, func(from, to string) (ref.Val, bool) {
		a, fits := dateOf(from)
		b, fit := dateOf(to)
		return types.Int((b.Unix() - a.Unix()) / secondsOfDay), fits && fit
	}),
	between(yearsBetween, cel.IntType, func(from, to string) (ref.Val, bool) {
		a, fits := dateOf(from)
		b, fit := dateOf(to)
		years := b.Year() - a.Year()
		if b.Month() < a.Month() || b.Month() == a.Month() && b.Day() < a.Day() {
			years--
		}
		return types.Int(years), fits && fit
	}),
	between(hoursBetween, cel.DoubleType, func(from, to string) (ref.Val, bool) {
		a, fits := momentOf(from)
		b, fit := momentOf(to)
		return types.Double(float64(b.Unix()-a.Unix()) / 3600), fits && fit
	}),
}

func between(name string, result *cel.Type, of func(from, to string) (ref.Val, bool)) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_texts", []*cel.Type{cel.StringType, cel.StringType}, result,
		cel.BinaryBinding(func(from, to ref.Val) ref.Val {
			a, is := from.(types.String)
			b, too := to.(types.String)
			if !is || !too {
				return types.MaybeNoSuchOverloadErr(from)
			}
			v, ok := of(string(a), string(b))
			if !ok {
				return types.NewErr("%s takes two dates or two moments", name)
			}
			return v
		})))
}

// expression is a compiled one.
type expression struct{ program cel.Program }

// compile compiles an expression over variables that gives a result.
func compile(env *cel.Env, text string, result *cel.Type) (*expression, *ast.AST, error) {
	if len(text) > longestExpression {
		return nil, nil, fmt.Errorf("it is longer than %d bytes", longestExpression)
	}
	checked, issues := env.Compile(text)
	if err := issues.Err(); err != nil {
		return nil, nil, err
	}
	tree := checked.NativeRep()
	if err := stays(tree); err != nil {
		return nil, nil, err
	}
	if is := checked.OutputType(); !result.IsAssignableType(is) {
		return nil, nil, fmt.Errorf("it gives %s, not %s", is, result)
	}
	program, err := env.Program(checked)
	if err != nil {
		return nil, nil, err
	}
	return &expression{program}, tree, nil
}

// stays finds a function that is not allowed.
func stays(tree *ast.AST) error {
	for _, call := range ast.MatchDescendants(ast.NavigateAST(tree), ast.KindMatcher(ast.CallKind)) {
		if name := call.AsCall().FunctionName(); !slices.Contains(allowed, name) {
			return fmt.Errorf("a form may not call %s", name)
		}
	}
	return nil
}

// value is what the expression gives, or false where it cannot be evaluated.
func (e *expression) value(variables map[string]any) (any, bool) {
	v, _, err := e.program.Eval(variables)
	if err != nil || v == types.NullValue || types.IsUnknownOrError(v) {
		return nil, false
	}
	return v.Value(), true
}

// holds reports whether a condition is met. An empty condition is.
func (e *expression) holds(variables map[string]any) bool {
	if e == nil {
		return true
	}
	v, ok := e.value(variables)
	return ok && v == true
}
