package ledger

import (
	"context"
	"fmt"

	"github.com/medward/medward/internal/base/db"
)

type blockRow struct {
	ID    string `db:"id,key"` // of its first entry
	At    int64  `db:"at"`     // highest time of its entries, µs
	Count int64  `db:"count"`
	Body  []byte `db:"body"`
	MAC   []byte `db:"mac"`
}

type pendingRow struct {
	Block string `db:"block,key"`
}

type placeRow struct {
	First int64  `db:"first,key"` // position of the block's first entry
	Block string `db:"block"`
	Count int64  `db:"count"`
}

func (p placeRow) end() int64 { return p.First + p.Count }

type tileRow struct {
	Level  int64  `db:"level,key"`
	Number int64  `db:"number,key"`
	Hashes []byte `db:"hashes"`
}

type checkpointRow struct {
	Size int64  `db:"size,key"`
	At   int64  `db:"at"`
	Root []byte `db:"root"`
	Note string `db:"note"`
}

type lineRow struct {
	Position   int64  `db:"position,key"`
	At         int64  `db:"at"`
	Org        string `db:"org"`
	Verb       string `db:"verb"`
	Outcome    string `db:"outcome"`
	ActorKind  string `db:"actor_kind"`
	Actor      string `db:"actor"`
	Department string `db:"department"`
	Purpose    string `db:"purpose"`
	Tie        string `db:"tie"`
	Kind       string `db:"kind"`
	Object     string `db:"object"`
	Patient    string `db:"patient"`
	Objects    int64  `db:"objects"`
	N          int64  `db:"n"`
	ID         string `db:"id"`
}

type subjectRow struct {
	Org      string `db:"org,key"`
	Kind     string `db:"kind,key"`
	ID       string `db:"id,key"`
	At       int64  `db:"at,key"`
	Position int64  `db:"position,key"`
}

type markRow struct {
	Name     string `db:"name,key"`
	Position int64  `db:"position"`
}

var (
	blocks      = db.Define[blockRow]("ledger_block", db.AsUpkeep, db.AsFinal)
	pending     = db.Define[pendingRow]("ledger_pending", db.AsUpkeep)
	places      = db.Define[placeRow]("ledger_place", db.AsUpkeep, db.AsFinal)
	tiles       = db.Define[tileRow]("ledger_tile", db.AsUpkeep, db.AsFinal)
	checkpoints = db.Define[checkpointRow]("ledger_checkpoint", db.AsUpkeep, db.AsFinal)
	lines       = db.Define[lineRow]("ledger_line", db.AsUpkeep)
	subjects    = db.Define[subjectRow]("ledger_subject", db.AsUpkeep)
	marks       = db.Define[markRow]("ledger_mark", db.AsUpkeep)
)

// waiting is a block that has no place yet.
type waiting struct {
	turn   int64
	block  string
	count  int64
	length int64
	here   bool // the block itself is there
	placed bool // somebody gave it a place already
}

// readWaiting returns what waits, in the order in which it was written.
func readWaiting(ctx context.Context, r db.Reader, limit int) ([]waiting, error) {
	rows, err := r.Query(ctx, `SELECT p.turn, p.block, COALESCE(b.count, -1), COALESCE(LENGTH(b.body), 0), COALESCE(l.first, -1)
		FROM ledger_pending p LEFT JOIN ledger_block b ON b.id = p.block LEFT JOIN ledger_place l ON l.block = p.block
		ORDER BY p.turn LIMIT $1`, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("reading the blocks that wait: %w", err)
	}
	defer rows.Close()
	var all []waiting
	for rows.Next() {
		var w waiting
		var first int64
		if err := rows.Scan(&w.turn, &w.block, &w.count, &w.length, &first); err != nil {
			return nil, err
		}
		w.here, w.placed = w.count >= 0, first >= 0
		all = append(all, w)
	}
	return all, rows.Err()
}

// settlePending removes from the waiting list the blocks that have a place from
// position first on.
func settlePending(ctx context.Context, w db.Writer, first int64) error {
	return w.Apply(ctx, db.Change{
		Table: &pending.Meta, Op: db.Delete, Key: "placed", Upsert: true,
		SQL:  "DELETE FROM ledger_pending WHERE block IN (SELECT block FROM ledger_place WHERE first >= $1)",
		Args: []any{first},
	})
}

// moveMark moves a mark that still stands at from; if it does not, the
// transaction fails with [db.ErrGone].
func moveMark(ctx context.Context, w db.Writer, name string, from, to int64) error {
	return w.Apply(ctx, db.Change{
		Table: &marks.Meta, Op: db.Update, Key: name,
		SQL:  "UPDATE ledger_mark SET position = $1 WHERE name = $2 AND position = $3",
		Args: []any{to, name, from},
	})
}

// number asks for one whole number; none is -1.
func number(ctx context.Context, r db.Reader, text string, args ...any) (int64, error) {
	rows, err := r.Query(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := int64(-1)
	if rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

// placedSize returns how many entries have a place.
func placedSize(ctx context.Context, r db.Reader) (int64, error) {
	n, err := number(ctx, r, "SELECT first + count FROM ledger_place ORDER BY first DESC LIMIT 1")
	if err != nil {
		return 0, fmt.Errorf("reading the size of the ledger: %w", err)
	}
	return max(n, 0), nil
}

// placesFrom returns the places of the entries from position from on.
func placesFrom(ctx context.Context, r db.Reader, from int64, limit int) ([]placeRow, error) {
	return places.Select(ctx, r, "WHERE first >= (SELECT MAX(first) FROM ledger_place WHERE first <= $1) ORDER BY first LIMIT $2", from, int64(limit))
}
