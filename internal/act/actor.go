package act

import (
	"context"

	"github.com/medward/medward/internal/policy"
)

// Kinds of actor.
const (
	Person     = "person"
	Feed       = "feed"        // a foreign system that sends records
	Job        = "job"         // later work of the house
	CLI        = "cli"         // the operator of a demo store at the command line
	FirstStart = "first-start" // the birth of a store
	Anonymous  = "anonymous"
)

// Actor is who acts, from where and for what.
type Actor struct {
	policy.Actor
	Department string // where the actor works at this moment
	Purpose    string
	IP         string
	Terminal   string
}

type actorKey struct{}

// With returns a context in which actor acts.
func With(ctx context.Context, actor Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, arriving(actor))
}

// From returns who acts. Without an actor it is nobody in particular.
func From(ctx context.Context) Actor {
	if a, ok := ctx.Value(actorKey{}).(arrival); ok {
		return a.actor
	}
	return Actor{Actor: policy.Actor{Kind: Anonymous}}
}

// Known reports whether the actor has a name.
func (a Actor) Known() bool { return a.Kind != "" && a.Kind != Anonymous && a.ID != "" && a.Org != "" }
