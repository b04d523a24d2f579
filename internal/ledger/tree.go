package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/kit/merkle"
)

// roots remembers the roots of full tiles, which never change.
type roots struct {
	mu    sync.Mutex
	known map[merkle.TileID]merkle.Hash
}

const maxRoots = 1 << 16

func (c *roots) get(id merkle.TileID) (merkle.Hash, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h, ok := c.known[id]
	return h, ok
}

func (c *roots) put(id merkle.TileID, h merkle.Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxRoots {
		c.known = map[merkle.TileID]merkle.Hash{}
	}
	c.known[id] = h
}

// reading answers for the hashes of the tree within one snapshot.
type reading struct {
	r     db.Reader
	size  int64
	roots *roots
	rows  map[merkle.TileID][]merkle.Hash
}

func (l *Ledger) read(r db.Reader, size int64) *reading {
	return &reading{r: r, size: size, roots: &l.roots, rows: map[merkle.TileID][]merkle.Hash{}}
}

func (t *reading) nodes(ctx context.Context) merkle.Nodes {
	return merkle.FromTiles(func(id merkle.TileID) ([]merkle.Hash, error) { return t.row(ctx, id) })
}

// row returns the hashes of a tile: from the store when it is full, and
// otherwise from what lies below it.
func (t *reading) row(ctx context.Context, id merkle.TileID) ([]merkle.Hash, error) {
	if row, ok := t.rows[id]; ok {
		return row, nil
	}
	row, err := t.fetch(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("tile %d/%d: %w", id.Level, id.Number, err)
	}
	t.rows[id] = row
	return row, nil
}

func (t *reading) fetch(ctx context.Context, id merkle.TileID) ([]merkle.Hash, error) {
	full := t.size >> (merkle.TileHeight * (id.Level + 1))
	if id.Number < full {
		tile, err := t.tile(ctx, id)
		return tile.Hashes, err
	}
	first := id.Number * merkle.TileWidth
	if id.Level == 0 {
		return leaves(ctx, t.r, first, t.size)
	}
	var row []merkle.Hash
	for number := first; number < t.size>>(merkle.TileHeight*id.Level); number++ {
		h, err := t.root(ctx, merkle.TileID{Level: id.Level - 1, Number: number})
		if err != nil {
			return nil, err
		}
		row = append(row, h)
	}
	return row, nil
}

func (t *reading) root(ctx context.Context, id merkle.TileID) (merkle.Hash, error) {
	if h, ok := t.roots.get(id); ok {
		return h, nil
	}
	tile, err := t.tile(ctx, id)
	if err != nil {
		return merkle.Hash{}, err
	}
	h := tile.Root()
	t.roots.put(id, h)
	return h, nil
}

func (t *reading) tile(ctx context.Context, id merkle.TileID) (merkle.Tile, error) {
	row, err := tiles.Get(ctx, t.r, int64(id.Level), id.Number)
	if err != nil {
		return merkle.Tile{}, err
	}
	return merkle.ParseTile(id, row.Hashes)
}

// edge returns what the tree needs to grow on.
func (t *reading) edge(ctx context.Context) (*merkle.Tree, error) {
	var edge [][]merkle.Hash
	for level, n := range merkle.EdgeLengths(t.size) {
		if n == 0 {
			edge = append(edge, nil)
			continue
		}
		row, err := t.row(ctx, merkle.TileID{Level: level, Number: t.size >> (merkle.TileHeight * (level + 1))})
		if err != nil {
			return nil, err
		}
		edge = append(edge, row)
	}
	return merkle.Restore(t.size, edge)
}

var errHole = errors.New("ledger: a place is missing")

// leaves returns the hashes of the entries from begin to end.
func leaves(ctx context.Context, r db.Reader, begin, end int64) ([]merkle.Hash, error) {
	var all []merkle.Hash
	for at := begin; at < end; {
		found, err := placesFrom(ctx, r, at, 64)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("position %d: %w", at, errHole)
		}
		for _, p := range found {
			if p.First > at || p.end() <= at {
				return nil, fmt.Errorf("position %d: %w", at, errHole)
			}
			block, err := blocks.Get(ctx, r, p.Block)
			if err != nil {
				return nil, err
			}
			entries, err := block.entries()
			if err != nil {
				return nil, err
			}
			if int64(len(entries)) != p.Count {
				return nil, fmt.Errorf("place %d counts %d entries of %d: %w", p.First, p.Count, len(entries), errHole)
			}
			for _, e := range entries[at-p.First : min(p.Count, end-p.First)] {
				all = append(all, merkle.Leaf(e))
			}
			if at = min(p.end(), end); at == end {
				break
			}
		}
	}
	return all, nil
}
