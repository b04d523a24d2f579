package verify

import (
	"context"

	"github.com/medward/medward/internal/base/db"
)

// checkWaiting checks the blocks that have no place yet.
func (v *verifier) checkWaiting(ctx context.Context) error {
	for after := int64(-1 << 62); ; {
		var page []block
		err := v.read(ctx, func(r db.Reader) (err error) {
			page, err = waitingAfter(ctx, r, after)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, b := range page {
			after = b.turn
			v.report.Waiting++
			f := Finding{Table: "ledger_pending", Key: b.id, Block: b.id, Position: -1}
			switch {
			case b.first >= 0:
				f.Kind = BlockReplayed
			case !b.there:
				f.Kind = BlockMissing
			case v.trust(b) == forged:
				f.Kind, f.Table = BlockForged, "ledger_block"
			default:
				continue
			}
			v.report.add(f)
		}
	}
}

// checkUnplaced looks for blocks that neither have a place nor wait for one.
func (v *verifier) checkUnplaced(ctx context.Context) error {
	const page = 4096
	for after := ""; ; {
		last := ""
		err := v.read(ctx, func(r db.Reader) (err error) {
			if last, err = lastOf(ctx, r, after, page); err != nil || last == "" {
				return err
			}
			return v.unplaced(ctx, r, after, last)
		})
		if err != nil || last == "" {
			return err
		}
		after = last
	}
}

// lastOf returns the id of the last of the blocks that a page takes.
func lastOf(ctx context.Context, r db.Reader, after string, page int64) (last string, err error) {
	rows, err := r.Query(ctx, "SELECT COALESCE(MAX(id), '') FROM (SELECT id FROM ledger_block WHERE id > $1 ORDER BY id LIMIT $2) AS page", after, page)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&last)
	}
	return last, err
}

func (v *verifier) unplaced(ctx context.Context, r db.Reader, after, last string) error {
	rows, err := r.Query(ctx, `SELECT id FROM ledger_block b WHERE id > $1 AND id <= $2
		AND NOT EXISTS (SELECT 1 FROM ledger_place l WHERE l.block = b.id)
		AND NOT EXISTS (SELECT 1 FROM ledger_pending p WHERE p.block = b.id) ORDER BY id`, after, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		v.report.add(Finding{Kind: BlockUnplaced, Table: "ledger_block", Key: id, Block: id, Position: -1})
	}
	return rows.Err()
}
