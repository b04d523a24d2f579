package source

import (
	"context"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

// Bringing are the live sources that bring any of some shapes, with how they are doing,
// for rooms that show how old what they hold is.
func (room *Room) Bringing(ctx context.Context, r db.Reader, org string, shapes ...string) ([]Told, error) {
	var all []Told
	now := room.desk.Now()
	for after, more := "", true; more; {
		page, err := running(ctx, r, org, after)
		if err != nil {
			return nil, err
		}
		for _, s := range page {
			after = s.ID
			if s.byHand() || !s.Live(now) || !slices.ContainsFunc(shapes, s.Brings) {
				continue
			}
			t, err := room.told(ctx, r, s, now)
			if err != nil {
				return nil, err
			}
			all = append(all, t)
		}
		more = len(page) == atOnce
	}
	return all, nil
}
