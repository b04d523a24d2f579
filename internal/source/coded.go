package source

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// Coded returns the source of a code, and whether there is one. It is a part of another
// room's act.
func (room *Room) Coded(ctx context.Context, r db.Reader, org, code string) (Source, bool, error) {
	return sourceCoded(ctx, r, org, code)
}
