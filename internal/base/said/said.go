// Package said carries what somebody asked for, as he sent it, to where a confirmation is
// bound to exactly that. It is turned into bytes only where somebody looks.
package said

import "context"

type key struct{}

// With returns a context of a request. say gives the request as bytes, the same for the
// same request.
func With(ctx context.Context, say func() ([]byte, error)) context.Context {
	return context.WithValue(ctx, key{}, say)
}

// In returns what was asked for, or nothing where nobody sent anything: the house's own
// doings and commands.
func In(ctx context.Context) ([]byte, error) {
	say, ok := ctx.Value(key{}).(func() ([]byte, error))
	if !ok {
		return nil, nil
	}
	return say()
}
