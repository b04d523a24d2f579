package ledger

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/db"
)

// Following opens the entries of an organisation that came after a position and are of
// some verbs that were done, the oldest first. It looks at up to limit entries of the whole
// house by their place, which costs what came since and not what there is, and returns the
// position of the last one; nothing lies between two looks, since an entry is found in the
// order of its place. Where nothing came it returns after.
func (l *Ledger) Following(ctx context.Context, r db.Reader, org string, verbs []string, after int64, limit int) ([]Entry, int64, error) {
	lines, err := readLines(ctx, r, "SELECT "+lineColumns+" FROM ledger_line l WHERE l.position > $1 ORDER BY l.position LIMIT $2", after, int64(limit))
	if err != nil {
		return nil, after, err
	}
	var found []Entry
	for _, line := range lines {
		after = line.Position
		if line.Outcome != Done || !slices.Contains(verbs, line.Verb) {
			continue
		}
		placed, err := l.At(ctx, r, line.Position)
		if err != nil {
			return nil, after, err
		}
		if placed.Entry.Org == org {
			found = append(found, placed.Entry)
		}
	}
	return found, after, nil
}

// Before is the position before the first entry of an organisation that is not older than
// a moment, from which [Ledger.Following] begins; -1 where there is none yet.
func (l *Ledger) Before(ctx context.Context, r db.Reader, org string, from time.Time) (int64, error) {
	position, err := number(ctx, r, "SELECT position FROM ledger_line WHERE org = $1 AND at >= $2 ORDER BY at, position LIMIT 1", org, from.UnixMicro())
	if err != nil || position < 0 {
		return -1, err
	}
	return position - 1, nil
}
