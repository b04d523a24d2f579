package record

import (
	"context"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
)

// Asked is a document as policy is asked about it, or [act.ErrAbsent]. It is a part of
// another room's act and discloses nothing.
func (room *Room) Asked(ctx context.Context, r db.Reader, org, document string) (policy.Object, error) {
	f, err := room.find(ctx, r, org, document)
	if err != nil {
		return policy.Object{}, err
	}
	return f.object(f.discharged()), nil
}
