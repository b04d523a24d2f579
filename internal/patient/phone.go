package patient

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// Phone is the telephone of a patient, or empty. It is a part of another room's act,
// which sends him something, and discloses nothing.
func (room *Room) Phone(ctx context.Context, r db.Reader, org, id string) (string, error) {
	p, err := patients.Get(ctx, r, org, id)
	if err != nil {
		return "", absent(err)
	}
	plain, err := room.unseal(ctx, r, p)
	return plain.Phone, err
}
