package merkle

import (
	"fmt"
	"math/bits"
	"slices"
)

// Tree is the right edge of a tree: the tiles that are not full. Its zero value
// is the empty tree. It is not safe for concurrent use.
type Tree struct {
	size int64
	edge [][]Hash // by level, each shorter than TileWidth
}

// Restore returns the tree of a size from its edge: edge[l] holds the hashes of
// the nodes of height 8·l that are in no full tile, see [EdgeLengths].
func Restore(size int64, edge [][]Hash) (*Tree, error) {
	want := EdgeLengths(size)
	if len(edge) != len(want) {
		return nil, fmt.Errorf("merkle: the edge of %d entries has %d levels, want %d", size, len(edge), len(want))
	}
	t := &Tree{size: size}
	for level, row := range edge {
		if len(row) != want[level] {
			return nil, fmt.Errorf("merkle: the edge of %d entries has %d hashes on level %d, want %d", size, len(row), level, want[level])
		}
		t.edge = append(t.edge, slices.Clone(row))
	}
	return t, nil
}

// EdgeLengths returns how many hashes the edge of a tree of the given size has
// on each level.
func EdgeLengths(size int64) []int {
	var lengths []int
	for ; size > 0; size >>= TileHeight {
		lengths = append(lengths, int(size%TileWidth))
	}
	return lengths
}

// Size returns how many entries the tree has.
func (t *Tree) Size() int64 { return t.size }

// Append adds the hash of an entry and returns the tiles that became full.
func (t *Tree) Append(leaf Hash) []Tile {
	t.size++
	var full []Tile
	for level, h := 0, leaf; ; level++ {
		if level == len(t.edge) {
			t.edge = append(t.edge, make([]Hash, 0, TileWidth))
		}
		t.edge[level] = append(t.edge[level], h)
		if len(t.edge[level]) < TileWidth {
			return full
		}
		number := t.size>>(TileHeight*(level+1)) - 1
		tile := Tile{TileID: TileID{Level: level, Number: number}, Hashes: t.edge[level]}
		t.edge[level] = make([]Hash, 0, TileWidth)
		full = append(full, tile)
		h = tile.Root()
	}
}

// Root returns the hash of the whole tree.
func (t *Tree) Root() Hash {
	if t.size == 0 {
		return Empty()
	}
	var peaks []Hash
	for _, row := range slices.Backward(t.edge) {
		for at := 0; at < len(row); {
			width := 1 << (bits.Len(uint(len(row)-at)) - 1)
			peaks = append(peaks, perfect(row[at:at+width]))
			at += width
		}
	}
	root := peaks[len(peaks)-1]
	for _, peak := range slices.Backward(peaks[:len(peaks)-1]) {
		root = Node(peak, root)
	}
	return root
}
