package verify

import (
	"bytes"
	"context"
	"fmt"

	"github.com/transparency-dev/merkle/compact"

	"github.com/medward/medward/internal/base/db"
)

const tileWidth = 256

// treePass recomputes the tree from the entries and holds the tiles and the
// checkpoints against it.
type treePass struct {
	*verifier
	// believed is the tree of the entries, where an entry is known to be
	// altered with the hash that its tile kept.
	believed *compact.Range
	next     int64 // position that is expected next
	// lost is set when the believed tree is known to be another one than the
	// house signed, so that its root proves nothing any more.
	lost    bool
	found   int64 // end of the last finding
	rows    [][][]byte
	tiles   map[int64][]byte // tiles of level 0 near the entries read
	saidBad map[int64]bool   // tiles of level 0 that were reported
	notes   checkpoints
}

func (v *verifier) checkTree(ctx context.Context) error {
	p := &treePass{verifier: v, believed: ranges.NewEmptyRange(0), tiles: map[int64][]byte{}, saidBad: map[int64]bool{}}
	p.notes = checkpoints{verifier: v}
	if err := p.notes.begin(ctx); err != nil {
		return err
	}
	lines := &linePass{verifier: v}
	err := v.eachPlaced(ctx, func(b block) error {
		v.report.Blocks++
		entries, err := p.take(ctx, b)
		if err != nil {
			return err
		}
		if p.next%(1<<16) < int64(len(entries)) {
			v.Progress("tree", p.next, v.size)
		}
		return lines.compare(ctx, b.first, entries)
	})
	if err != nil {
		return err
	}
	if err := lines.end(ctx); err != nil {
		return err
	}
	if v.outside != nil && v.outside.Size > p.next {
		v.report.add(Finding{Kind: RolledBack, Position: p.next, End: v.outside.Size})
	}
	if err := p.notes.end(ctx); err != nil {
		return err
	}
	v.report.Unsigned = max(0, p.next-v.report.Signed)
	v.report.Root, err = rootOf(p.believed)
	return err
}

// take adds a block to the tree and returns its entries, or none when they
// cannot be believed.
func (p *treePass) take(ctx context.Context, b block) ([][]byte, error) {
	if b.first != p.next {
		p.find(Finding{Kind: PlaceBroken, Table: "ledger_place", Key: fmt.Sprint(b.first), Position: min(b.first, p.next), End: max(b.first, p.next)})
		if b.first < p.next {
			return nil, nil
		}
		if err := p.fill(ctx, b.first); err != nil {
			return nil, err
		}
	}
	if !b.there {
		p.find(Finding{Kind: BlockMissing, Table: "ledger_block", Key: b.id, Block: b.id, Position: b.first, End: b.first + b.count})
		return nil, p.fill(ctx, b.first+b.count)
	}
	trusted := p.trust(b)
	if trusted == forged {
		p.find(Finding{Kind: BlockForged, Table: "ledger_block", Key: b.id, Block: b.id, Position: b.first, End: b.first + b.count})
	}
	entries, err := b.entries()
	if err != nil {
		if trusted != forged {
			p.find(Finding{Kind: EntryAltered, Table: "ledger_block", Key: b.id, Block: b.id, Position: b.first, End: b.first + b.count})
		}
		return nil, p.fill(ctx, b.first+b.count)
	}
	if int64(len(entries)) != b.count {
		p.find(Finding{Kind: PlaceBroken, Table: "ledger_place", Key: fmt.Sprint(b.first), Block: b.id, Position: b.first, End: b.first + b.count})
	}
	for i, e := range entries {
		if err := p.leaf(ctx, b, b.first+int64(i), leafHash(e), trusted); err != nil {
			return nil, err
		}
	}
	if trusted == forged {
		p.skip(b.first, p.next)
		return nil, nil
	}
	return entries, nil
}

func (p *treePass) find(f Finding) {
	p.report.add(f)
	p.found = max(p.found, f.End)
}

// leaf adds the hash of an entry after comparing it with its tile.
func (p *treePass) leaf(ctx context.Context, b block, position int64, hash []byte, trusted trust) error {
	kept, err := p.kept(ctx, position)
	if err != nil {
		return err
	}
	if kept != nil && !bytes.Equal(kept, hash) {
		if trusted == authentic {
			p.badTile(position / tileWidth)
		} else {
			p.find(Finding{Kind: EntryAltered, Table: "ledger_block", Key: b.id, Block: b.id, Position: position, End: position + 1})
			hash = kept
		}
	}
	return p.grow(ctx, hash)
}

func (p *treePass) badTile(number int64) {
	if !p.saidBad[number] {
		p.saidBad[number] = true
		p.report.add(Finding{Kind: TileAltered, Table: "ledger_tile", Key: fmt.Sprintf("0/%d", number), Position: number * tileWidth, End: (number + 1) * tileWidth})
	}
}

// kept returns the hash that a tile keeps of an entry, or nil.
func (p *treePass) kept(ctx context.Context, position int64) ([]byte, error) {
	number := position / tileWidth
	raw, known := p.tiles[number]
	if !known {
		if err := p.load(ctx, number); err != nil {
			return nil, err
		}
		raw = p.tiles[number]
	}
	if len(raw) != tileWidth*32 {
		return nil, nil
	}
	at := position % tileWidth * 32
	return raw[at : at+32], nil
}

// load reads a stretch of tiles of level 0.
func (p *treePass) load(ctx context.Context, number int64) error {
	const stretch = 64
	clear(p.tiles)
	for n := range int64(stretch) {
		p.tiles[number+n] = nil
	}
	return p.read(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, "SELECT number, hashes FROM ledger_tile WHERE level = 0 AND number >= $1 AND number < $2", number, number+stretch)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n int64
			var hashes []byte
			if err := rows.Scan(&n, &hashes); err != nil {
				return err
			}
			p.tiles[n] = hashes
		}
		return rows.Err()
	})
}

// fill goes on to a position over entries that are not there, with the hashes
// that their tiles kept.
func (p *treePass) fill(ctx context.Context, to int64) error {
	p.skip(p.next, to)
	for p.next < to {
		kept, err := p.kept(ctx, p.next)
		if err != nil {
			return err
		}
		if kept == nil {
			p.lost = true
			p.next = to
			return nil
		}
		if err := p.grow(ctx, kept); err != nil {
			return err
		}
	}
	return nil
}

// grow adds a hash to the tree and compares what it completes.
func (p *treePass) grow(ctx context.Context, hash []byte) error {
	p.next++
	if p.lost {
		return p.notes.reach(ctx, p)
	}
	err := p.believed.Append(hash, func(id compact.NodeID, h []byte) {
		if id.Level > 0 && id.Level%8 == 0 {
			p.complete(int(id.Level/8), h)
		}
	})
	if err != nil {
		return err
	}
	if p.next%tileWidth == 0 {
		if err := p.checkRow(ctx, 0, p.next/tileWidth-1, nil); err != nil {
			return err
		}
	}
	for level := 1; level < len(p.rows); level++ {
		if row := p.rows[level]; len(row) == tileWidth {
			p.rows[level] = nil
			if err := p.checkRow(ctx, level, p.next>>(8*(level+1))-1, bytes.Join(row, nil)); err != nil {
				return err
			}
		}
	}
	return p.notes.reach(ctx, p)
}

func (p *treePass) complete(level int, hash []byte) {
	for len(p.rows) <= level {
		p.rows = append(p.rows, nil)
	}
	p.rows[level] = append(p.rows[level], hash)
}

// checkRow compares a full tile with the one that is kept. The hashes of level
// 0 have been compared one by one.
func (p *treePass) checkRow(ctx context.Context, level int, number int64, want []byte) error {
	raw, err := p.tile(ctx, level, number)
	if err != nil {
		return err
	}
	f := Finding{Table: "ledger_tile", Key: fmt.Sprintf("%d/%d", level, number), Position: number << (8 * (level + 1)), End: (number + 1) << (8 * (level + 1))}
	switch {
	case raw == nil:
		f.Kind = TileMissing
	case len(raw) != tileWidth*32 || (want != nil && !bytes.Equal(raw, want)):
		f.Kind = TileAltered
	default:
		return nil
	}
	p.report.add(f)
	return nil
}

func (p *treePass) tile(ctx context.Context, level int, number int64) ([]byte, error) {
	if raw, known := p.tiles[number]; level == 0 && known {
		return raw, nil
	}
	var raw []byte
	err := p.read(ctx, func(r db.Reader) error {
		rows, err := r.Query(ctx, "SELECT hashes FROM ledger_tile WHERE level = $1 AND number = $2", int64(level), number)
		if err != nil {
			return err
		}
		defer rows.Close()
		if rows.Next() {
			return rows.Scan(&raw)
		}
		return rows.Err()
	})
	return raw, err
}

// checkTiles looks for tiles that the tree cannot have.
func (v *verifier) checkTiles(ctx context.Context) error {
	return v.read(ctx, func(r db.Reader) error {
		size, err := number(ctx, r, "SELECT COALESCE(MAX(first + count), 0) FROM ledger_place")
		if err != nil {
			return err
		}
		for level := range int64(9) {
			where, args := "level = $1 AND (number < 0 OR number >= $2)", []any{level, size >> (8 * (level + 1))}
			if level == 8 {
				where, args = "level < 0 OR level >= $1", []any{level}
			}
			if err := v.extraTiles(ctx, r, where, args); err != nil {
				return err
			}
		}
		return nil
	})
}

func (v *verifier) extraTiles(ctx context.Context, r db.Reader, where string, args []any) error {
	rows, err := r.Query(ctx, "SELECT level, number FROM ledger_tile WHERE "+where+" ORDER BY level, number LIMIT 1000", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var level, number int64
		if err := rows.Scan(&level, &number); err != nil {
			return err
		}
		v.report.add(Finding{Kind: TileInserted, Table: "ledger_tile", Key: fmt.Sprintf("%d/%d", level, number), Position: -1})
	}
	return rows.Err()
}
