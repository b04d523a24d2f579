package patient

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// Called returns how patients are called where nothing of them is opened: by a
// masked name. Whoever cannot be opened is missing. It discloses, so whoever asks
// must name them in the account.
func (room *Room) Called(ctx context.Context, r db.Reader, org string, patientIDs []string) (map[string]string, error) {
	rows, err := byIDs(ctx, r, org, patientIDs)
	if err != nil {
		return nil, err
	}
	called := make(map[string]string, len(rows))
	for id, d := range room.unsealAll(ctx, r, org, rows) {
		called[id] = maskName(d.Name)
	}
	return called, nil
}
