package house

import (
	"context"
	"errors"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/source"
)

// actingIn tells the register of sources for whom a program acts that was allowed to.
func (h *House) actingIn(ctx context.Context, org, session string, from act.Actor) (act.Actor, error) {
	actor, err := h.Identity.ActorIn(ctx, org, session, from)
	if errors.Is(err, db.ErrNone) {
		err = source.ErrGone
	}
	return actor, err
}
