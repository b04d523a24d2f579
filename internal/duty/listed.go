package duty

import (
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/web"
)

// listed discloses a page of a list whose rows are read in their order from the place
// where the last page ended, which is first at the beginning.
func listed[T, P any](ctx context.Context, room *Room, verb, cursor string, limit int, first P, read func(ctx context.Context, r *act.Reading, after P, n int64) ([]T, error), placeOf func(T) P) (page web.Page[T], err error) {
	after := first
	if _, err := web.DecodeCursor(cursor, &after); err != nil {
		return page, err
	}
	limit = web.Bounded(limit)
	err = room.desk.Disclose(ctx, verb, func(ctx context.Context, r *act.Reading) error {
		if err := permitList(ctx, r); err != nil {
			return err
		}
		found, err := read(ctx, r, after, int64(limit+1))
		if err != nil {
			return err
		}
		page, err = web.PageOf(found, limit, placeOf)
		return err
	})
	return page, err
}
