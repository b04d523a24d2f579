package verify

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/medward/medward/internal/base/db"
)

// checkpoints walks along the checkpoints of the store beside the tree.
type checkpoints struct {
	*verifier
	ahead   []checkpointRow
	read    int64 // size up to which rows were read
	last    int64 // size of the last good one
	spoilt  []int64
	outside bool // the outside checkpoint is among them
}

type checkpointRow struct {
	size, at int64
	root     []byte
	note     string
}

func (c *checkpoints) begin(ctx context.Context) error {
	c.read = -1 << 62
	return c.refill(ctx)
}

func (c *checkpoints) refill(ctx context.Context) error {
	const page = 512
	return c.verifier.read(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, "SELECT size, at, root, note FROM ledger_checkpoint WHERE size > $1 ORDER BY size LIMIT $2", c.read, int64(page))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var row checkpointRow
			if err := rows.Scan(&row.size, &row.at, &row.root, &row.note); err != nil {
				return err
			}
			c.ahead = append(c.ahead, row)
			c.read = row.size
		}
		return rows.Err()
	})
}

// reach compares the checkpoints of the size that the tree has now.
func (c *checkpoints) reach(ctx context.Context, p *treePass) error {
	if c.verifier.outside != nil && c.verifier.outside.Size == p.next {
		if err := c.compareOutside(p); err != nil {
			return err
		}
	}
	for len(c.ahead) > 0 && c.ahead[0].size <= p.next {
		row := c.ahead[0]
		c.ahead = c.ahead[1:]
		if len(c.ahead) == 0 {
			if err := c.refill(ctx); err != nil {
				return err
			}
		}
		good, ok := c.open(row)
		if !ok {
			continue
		}
		if err := c.compare(p, good); err != nil {
			return err
		}
	}
	return nil
}

// open checks one checkpoint by itself and its link to the one before.
func (c *checkpoints) open(row checkpointRow) (Checkpoint, bool) {
	key := fmt.Sprint(row.size)
	good, err := readNote(row.note, c.key, c.PublicKey)
	if err != nil || good.Size != row.size || good.At.UnixMicro() != row.at || !bytes.Equal(good.Root, row.root) {
		c.report.add(Finding{Kind: CheckpointAltered, Table: "ledger_checkpoint", Key: key, Position: -1})
		c.spoilt = append(c.spoilt, row.size)
		return Checkpoint{}, false
	}
	if good.After != c.last && !slices.Contains(c.spoilt, good.After) {
		c.report.add(Finding{Kind: CheckpointMissing, Table: "ledger_checkpoint", Key: fmt.Sprint(good.After), Position: -1})
	}
	c.last, c.spoilt = good.Size, nil
	c.report.Signed, c.report.SignedAt = good.Size, good.At
	if c.verifier.outside != nil && c.verifier.outside.Size == good.Size {
		c.outside = true
	}
	return good, true
}

func (c *checkpoints) compare(p *treePass, good Checkpoint) error {
	if p.lost || good.Size != p.next {
		return nil
	}
	root, err := rootOf(p.believed)
	if err != nil || bytes.Equal(root, good.Root) {
		return err
	}
	p.lost = true
	if p.found <= p.signedBefore(good) {
		p.find(Finding{Kind: CheckpointMismatch, Table: "ledger_place", Key: fmt.Sprint(good.Size), Position: p.signedBefore(good), End: good.Size})
	}
	return nil
}

// signedBefore is where the entries begin that only this checkpoint vouches for.
func (p *treePass) signedBefore(c Checkpoint) int64 { return min(c.After, c.Size) }

func (c *checkpoints) compareOutside(p *treePass) error {
	root, err := rootOf(p.believed)
	if err != nil {
		return err
	}
	if p.lost || !bytes.Equal(root, c.verifier.outside.Root) {
		c.report.add(Finding{Kind: CheckpointMismatch, Table: "ledger_place", Key: fmt.Sprint(c.verifier.outside.Size), Position: 0, End: c.verifier.outside.Size})
	}
	return nil
}

// end checks the checkpoints that were signed since the verification began.
func (c *checkpoints) end(ctx context.Context) error {
	for len(c.ahead) > 0 {
		row := c.ahead[0]
		c.ahead = c.ahead[1:]
		c.open(row)
		if len(c.ahead) == 0 {
			if err := c.refill(ctx); err != nil {
				return err
			}
		}
	}
	if o := c.verifier.outside; o != nil && !c.outside && o.Size > 0 {
		c.report.add(Finding{Kind: CheckpointMissing, Table: "ledger_checkpoint", Key: fmt.Sprint(o.Size), Position: -1})
	}
	return nil
}
