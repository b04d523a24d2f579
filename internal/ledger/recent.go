package ledger

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// Recent opens the newest entries that a question finds, MaxPage at most, on a snapshot of
// its own. It is for live checks, which tell counts and no entry.
func (l *Ledger) Recent(ctx context.Context, q Query) ([]Entry, error) {
	var all []Entry
	err := l.store.Read(ctx, func(r db.Reader) error {
		all = nil
		page, err := l.Search(ctx, r, q)
		if err != nil {
			return err
		}
		for _, line := range page.Lines {
			placed, err := l.At(ctx, r, line.Position)
			if err != nil {
				return err
			}
			all = append(all, placed.Entry)
		}
		return nil
	})
	return all, err
}
