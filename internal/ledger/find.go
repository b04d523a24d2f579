package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
)

// ErrNoEntry is returned when the ledger has no such entry.
var ErrNoEntry = fault.Define("ledger.no-entry", fault.NotFound,
	"账本中没有这条记录。",
	"The ledger has no such entry.",
	"the position or id is wrong, or the entry has no place yet (about a second)")

// Placed is an entry with its place.
type Placed struct {
	Position int64
	Block    string
	Entry    Entry
	Bytes    []byte // as hashed
}

// At returns the entry at a position.
func (l *Ledger) At(ctx context.Context, r db.Reader, position int64) (Placed, error) {
	found, err := placesFrom(ctx, r, position, 1)
	if err != nil {
		return Placed{}, err
	}
	if len(found) == 0 || position < found[0].First || position >= found[0].end() {
		return Placed{}, ErrNoEntry.With()
	}
	block, err := blocks.Get(ctx, r, found[0].Block)
	if err != nil {
		return Placed{}, fmt.Errorf("reading the entry at position %d: %w", position, err)
	}
	entries, err := block.entries()
	if err != nil {
		return Placed{}, err
	}
	if position-found[0].First >= int64(len(entries)) {
		return Placed{}, fmt.Errorf("reading the entry at position %d: %w", position, errHole)
	}
	raw := entries[position-found[0].First]
	entry, err := Decode(raw)
	return Placed{Position: position, Block: block.ID, Entry: entry, Bytes: raw}, err
}

// ByID returns the entry of an act, once it is indexed.
func (l *Ledger) ByID(ctx context.Context, r db.Reader, id string) (Placed, error) {
	position, err := number(ctx, r, "SELECT position FROM ledger_line WHERE id = $1 ORDER BY position LIMIT 1", id)
	if err != nil {
		return Placed{}, err
	}
	if position < 0 {
		return Placed{}, ErrNoEntry.With()
	}
	return l.At(ctx, r, position)
}

// Landed tells whether the entry of an act is durable, be it placed or not.
func Landed(ctx context.Context, r db.Reader, id string) (bool, error) {
	found, err := number(ctx, r, `SELECT COUNT(*) FROM (SELECT id FROM ledger_block WHERE id = $1
		UNION ALL SELECT id FROM ledger_line WHERE id = $2) AS found`, id, id)
	if err != nil || found > 0 {
		return found > 0, err
	}
	return amongUnindexed(ctx, r, id)
}

// amongUnindexed looks into the blocks that the index does not know yet.
func amongUnindexed(ctx context.Context, r db.Reader, id string) (bool, error) {
	mark, err := number(ctx, r, "SELECT position FROM ledger_mark WHERE name = $1", indexMark)
	if err != nil {
		return false, err
	}
	found := false
	err = eachBlock(ctx, r, mark-maxBlockEntries, func(b blockRow) error {
		entries, err := b.entries()
		if err != nil {
			return err
		}
		for _, raw := range entries {
			var e struct{ ID string }
			if err := json.Unmarshal(raw, &e); err != nil {
				return fmt.Errorf("block %s: %w", b.ID, err)
			}
			found = found || e.ID == id
		}
		return nil
	})
	return found, err
}

// eachBlock hands out the authentic blocks that wait or have a place from a
// position on. What the house did not write proves nothing and is left out.
func eachBlock(ctx context.Context, r db.Reader, from int64, fn func(b blockRow) error) error {
	ids, err := identifiers(ctx, r, "SELECT block FROM ledger_pending UNION SELECT block FROM ledger_place WHERE first >= $1", from)
	if err != nil {
		return err
	}
	for _, id := range ids {
		block, err := blocks.Get(ctx, r, id)
		if errors.Is(err, db.ErrForged) || errors.Is(err, db.ErrNone) {
			continue
		}
		if err == nil {
			err = fn(block)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Top returns the highest time in the ledger, from its newest checkpoint and
// from what is not under it yet; zero when the ledger is empty.
func (l *Ledger) Top(ctx context.Context, r db.Reader) (time.Time, error) {
	last, err := l.Latest(ctx, r)
	if err != nil && !errors.Is(err, ErrNoCheckpoint) {
		return time.Time{}, err
	}
	top := last.At
	err = eachBlock(ctx, r, last.Size, func(b blockRow) error {
		if at := time.UnixMicro(b.At).UTC(); at.After(top) {
			top = at
		}
		return nil
	})
	return top, err
}

func identifiers(ctx context.Context, r db.Reader, text string, args ...any) ([]string, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
