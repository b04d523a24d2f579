package merkle_test

import (
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/emmansun/gmsm/sm3"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"pgregory.net/rapid"

	"github.com/medward/medward/kit/merkle"
)

// reference is the hasher handed to the independent implementation.
type reference struct{}

func (reference) EmptyRoot() []byte { s := sm3.Sum(nil); return s[:] }
func (reference) HashLeaf(b []byte) []byte {
	s := sm3.Sum(append([]byte{0}, b...))
	return s[:]
}
func (reference) HashChildren(l, r []byte) []byte {
	s := sm3.Sum(append(append([]byte{1}, l...), r...))
	return s[:]
}
func (reference) Size() int { return sm3.Size }

func entry(i int64) []byte { return fmt.Appendf(nil, "entry %d", i) }

// shelf keeps the hashes of a tree, as a store would.
type shelf struct {
	tree merkle.Tree
	rows [][]merkle.Hash // by tile level: leaves, roots of full tiles, …
}

func grow(size int64) *shelf {
	s := &shelf{rows: make([][]merkle.Hash, 4)}
	for i := range size {
		leaf := merkle.Leaf(entry(i))
		s.rows[0] = append(s.rows[0], leaf)
		for _, t := range s.tree.Append(leaf) {
			s.rows[t.Level+1] = append(s.rows[t.Level+1], t.Root())
		}
	}
	return s
}

func (s *shelf) nodes() merkle.Nodes {
	return merkle.FromTiles(func(id merkle.TileID) ([]merkle.Hash, error) {
		row := s.rows[id.Level]
		first := min(int(id.Number)*merkle.TileWidth, len(row))
		return row[first:min(first+merkle.TileWidth, len(row))], nil
	})
}

// remembering answers the same question from memory the second time.
func remembering(nodes merkle.Nodes) merkle.Nodes {
	type node struct {
		height int
		index  int64
	}
	known := map[node]merkle.Hash{}
	return func(height int, index int64) (h merkle.Hash, err error) {
		h, ok := known[node{height, index}]
		if !ok {
			h, err = nodes(height, index)
			known[node{height, index}] = h
		}
		return h, err
	}
}

func referenceRoot(t testing.TB, size int64) []byte {
	t.Helper()
	f := compact.RangeFactory{Hash: reference{}.HashChildren}
	r := f.NewEmptyRange(0)
	for i := range size {
		if err := r.Append(reference{}.HashLeaf(entry(i)), nil); err != nil {
			t.Fatal(err)
		}
	}
	if size == 0 {
		return reference{}.EmptyRoot()
	}
	root, err := r.GetRootHash(nil)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func raw(hashes []merkle.Hash) [][]byte {
	out := make([][]byte, len(hashes))
	for i, h := range hashes {
		out[i] = h[:]
	}
	return out
}

func TestRootsAgreeWithAnIndependentImplementation(t *testing.T) {
	for _, size := range []int64{0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 1000, 65536, 65793} {
		want := hex.EncodeToString(referenceRoot(t, size))
		s := grow(size)
		got := s.tree.Root()
		if hex.EncodeToString(got[:]) != want {
			t.Errorf("size %d: root %x, want %s", size, got, want)
		}
		again, err := merkle.Root(size, s.nodes())
		if err != nil || again != got {
			t.Errorf("size %d: from tiles %x, %v", size, again, err)
		}
	}
}

func TestEveryInclusionProofOfSmallTreesVerifies(t *testing.T) {
	for size := int64(1); size <= 300; size++ {
		s := grow(size)
		root, nodes := s.tree.Root(), remembering(s.nodes())
		for position := range size {
			path, err := merkle.Inclusion(position, size, nodes)
			if err != nil {
				t.Fatal(err)
			}
			leaf := reference{}.HashLeaf(entry(position))
			if err := proof.VerifyInclusion(reference{}, uint64(position), uint64(size), leaf, raw(path), root[:]); err != nil {
				t.Fatalf("position %d of %d: %v", position, size, err)
			}
		}
	}
}

func TestProofsVerifyAtAnySize(t *testing.T) {
	s := grow(70_000)
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.Int64Range(1, 70_000).Draw(t, "to")
		from := rapid.Int64Range(0, to).Draw(t, "from")
		position := rapid.Int64Range(0, to-1).Draw(t, "position")
		nodes := s.nodes()
		newer := must(merkle.Root(to, nodes))(t)
		older := must(merkle.Root(from, nodes))(t)
		consistency := must(merkle.Consistency(from, to, nodes))(t)
		if err := proof.VerifyConsistency(reference{}, uint64(from), uint64(to), raw(consistency), older[:], newer[:]); err != nil {
			t.Fatalf("from %d to %d: %v", from, to, err)
		}
		inclusion := must(merkle.Inclusion(position, to, nodes))(t)
		leaf := reference{}.HashLeaf(entry(position))
		if err := proof.VerifyInclusion(reference{}, uint64(position), uint64(to), leaf, raw(inclusion), newer[:]); err != nil {
			t.Fatalf("position %d of %d: %v", position, to, err)
		}
		if len(inclusion) > 0 {
			inclusion[rapid.IntRange(0, len(inclusion)-1).Draw(t, "step")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
			if proof.VerifyInclusion(reference{}, uint64(position), uint64(to), leaf, raw(inclusion), newer[:]) == nil {
				t.Fatal("a tampered proof was accepted")
			}
		}
	})
}

func TestARestoredTreeGrowsOnAsIfNothingHadHappened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(0, 3000).Draw(t, "size")
		s := grow(size)
		var edge [][]merkle.Hash
		for level, n := range merkle.EdgeLengths(size) {
			var row []merkle.Hash
			first := (size >> (merkle.TileHeight * level)) - int64(n)
			for i := range int64(n) {
				row = append(row, must(s.nodes()(merkle.TileHeight*level, first+i))(t))
			}
			edge = append(edge, row)
		}
		restored := must(merkle.Restore(size, edge))(t)
		for i := range int64(600) {
			leaf := merkle.Leaf(entry(size + i))
			a, b := s.tree.Append(leaf), restored.Append(leaf)
			if fmt.Sprint(a) != fmt.Sprint(b) {
				t.Fatalf("other tiles at size %d", size+i+1)
			}
		}
		if s.tree.Root() != restored.Root() {
			t.Fatal("another root")
		}
	})
}

func TestWhatIsOutsideTheTreeHasNoProof(t *testing.T) {
	nodes := grow(10).nodes()
	for name, ask := range map[string]func() error{
		"position past the end": func() error { _, err := merkle.Inclusion(10, 10, nodes); return err },
		"negative position":     func() error { _, err := merkle.Inclusion(-1, 10, nodes); return err },
		"shrinking":             func() error { _, err := merkle.Consistency(5, 4, nodes); return err },
		"larger than the tree":  func() error { _, err := merkle.Inclusion(3, 12, nodes); return err },
	} {
		if ask() == nil {
			t.Errorf("%s: a proof was made", name)
		}
	}
}

func TestATileComesBackAsItWasWritten(t *testing.T) {
	s := grow(256)
	id := merkle.TileID{}
	tile := merkle.Tile{TileID: id, Hashes: s.rows[0]}
	again, err := merkle.ParseTile(id, tile.Bytes())
	if err != nil || again.Root() != s.tree.Root() {
		t.Errorf("root %x, %v", again.Root(), err)
	}
	if _, err := merkle.ParseTile(id, tile.Bytes()[1:]); err == nil {
		t.Error("a short tile was accepted")
	}
}

func must[T any](v T, err error) func(interface{ Fatal(...any) }) T {
	return func(t interface{ Fatal(...any) }) T {
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func BenchmarkAppend(b *testing.B) {
	var tree merkle.Tree
	body := make([]byte, 300)
	for b.Loop() {
		tree.Append(merkle.Leaf(body))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}
