package merkle

import (
	"fmt"
	"slices"
)

const (
	// TileHeight is how many levels of the tree one tile spans.
	TileHeight = 8
	// TileWidth is how many hashes a full tile holds.
	TileWidth = 1 << TileHeight
)

// TileID names a tile: its level counted in tiles from the leaves, and its
// number within the level.
type TileID struct {
	Level  int
	Number int64
}

// Tile is a full tile.
type Tile struct {
	TileID
	Hashes []Hash // TileWidth of them
}

// Root returns the hash of the node that spans the whole tile.
func (t Tile) Root() Hash { return perfect(t.Hashes) }

// Bytes returns the hashes of the tile one after the other, 8192 bytes.
func (t Tile) Bytes() []byte {
	out := make([]byte, 0, TileWidth*HashSize)
	for _, h := range t.Hashes {
		out = append(out, h[:]...)
	}
	return out
}

// ParseTile reads what [Tile.Bytes] wrote.
func ParseTile(id TileID, raw []byte) (Tile, error) {
	if len(raw) != TileWidth*HashSize {
		return Tile{}, fmt.Errorf("merkle: tile %d/%d has %d bytes, want %d", id.Level, id.Number, len(raw), TileWidth*HashSize)
	}
	t := Tile{TileID: id, Hashes: make([]Hash, TileWidth)}
	for i := range t.Hashes {
		copy(t.Hashes[i][:], raw[i*HashSize:])
	}
	return t, nil
}

// perfect returns the hash over a row whose length is a power of two.
func perfect(row []Hash) Hash {
	if len(row) == 1 {
		return row[0]
	}
	row = slices.Clone(row)
	for len(row) > 1 {
		for i := range len(row) / 2 {
			row[i] = Node(row[2*i], row[2*i+1])
		}
		row = row[:len(row)/2]
	}
	return row[0]
}
