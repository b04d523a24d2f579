package accesslog

import (
	"context"

	"github.com/medward/medward/internal/act"
)

// SetMapping keeps a new version of the mapping of a source. Runs that were begun stay
// with theirs.
func (room *Room) SetMapping(ctx context.Context, source string, m Mapping) (int, error) {
	if err := room.desk.Begin(ctx, "accesslog.map"); err != nil {
		return 0, err
	}
	if err := m.check(); err != nil {
		return 0, err
	}
	rev := 0
	err := room.house(ctx, "accesslog.map", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := room.mustHandIn(ctx, w, w.Actor(), source); err != nil {
			return err
		}
		last, _, err := mappingOf(ctx, w, org, source)
		if err != nil {
			return err
		}
		rev = last.Rev + 1
		w.Note("source", source)
		return mappings.Insert(ctx, w, &mappingRow{Org: org, Source: source, Rev: rev, Mapping: m, By: w.Actor().ID, Made: w.Now()})
	})
	return rev, err
}
