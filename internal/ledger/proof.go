package ledger

import (
	"context"
	"errors"
	"fmt"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/merkle"
)

// ErrOutside is returned for a proof about what the tree does not hold.
var ErrOutside = fault.Define("ledger.outside", fault.Invalid,
	"账本当前有 {size} 条记录，无法对此范围出具证明；请改用更小的位置或大小。",
	"The ledger has {size} entries and cannot prove anything beyond them; give a smaller position or size.",
	"position or size is beyond the tree")

// Proof shows that an entry is in the tree of a size. As JSON it is what
// docs/format/ledger.md describes.
type Proof struct {
	Position int64    `json:"position"`
	Size     int64    `json:"size"`
	Entry    []byte   `json:"entry"` // as hashed
	Root     []byte   `json:"root"`
	Path     [][]byte `json:"path"` // from the leaf upwards
	// Checkpoint is the signed note of that size; empty if there is none of
	// exactly that size.
	Checkpoint string `json:"checkpoint,omitempty"`
}

// Continuation shows that an older tree is the beginning of a newer one.
type Continuation struct {
	From           int64    `json:"from"`
	To             int64    `json:"to"`
	FromRoot       []byte   `json:"fromRoot"`
	ToRoot         []byte   `json:"toRoot"`
	Path           [][]byte `json:"path"`
	FromCheckpoint string   `json:"fromCheckpoint,omitempty"`
	ToCheckpoint   string   `json:"toCheckpoint,omitempty"`
}

// Inclusion proves that the entry at position is in the tree of the first size
// entries. [Ledger.Covering] and [Ledger.Latest] tell sizes that are signed.
func (l *Ledger) Inclusion(ctx context.Context, r db.Reader, position, size int64) (Proof, error) {
	tree, err := l.within(ctx, r, size)
	if err != nil {
		return Proof{}, err
	}
	path, err := merkle.Inclusion(position, size, tree.nodes(ctx))
	if err != nil {
		return Proof{}, tree.outside(err)
	}
	placed, err := l.At(ctx, r, position)
	if err != nil {
		return Proof{}, err
	}
	root, note, err := tree.signed(ctx, size)
	return Proof{Position: position, Size: size, Entry: placed.Bytes, Root: root, Path: raw(path), Checkpoint: note}, err
}

// Consistency proves that the tree of the first from entries is the beginning
// of the tree of the first to entries.
func (l *Ledger) Consistency(ctx context.Context, r db.Reader, from, to int64) (Continuation, error) {
	tree, err := l.within(ctx, r, max(from, to))
	if err != nil {
		return Continuation{}, err
	}
	path, err := merkle.Consistency(from, to, tree.nodes(ctx))
	if err != nil {
		return Continuation{}, tree.outside(err)
	}
	c := Continuation{From: from, To: to, Path: raw(path)}
	if c.FromRoot, c.FromCheckpoint, err = tree.signed(ctx, from); err != nil {
		return Continuation{}, err
	}
	c.ToRoot, c.ToCheckpoint, err = tree.signed(ctx, to)
	return c, err
}

// within returns the whole tree if it has at least size entries.
func (l *Ledger) within(ctx context.Context, r db.Reader, size int64) (*reading, error) {
	all, err := placedSize(ctx, r)
	if err != nil {
		return nil, err
	}
	tree := l.read(r, all)
	if size < 0 || size > all {
		return nil, tree.outside(fmt.Errorf("size %d: %w", size, merkle.ErrOutside))
	}
	return tree, nil
}

func (t *reading) outside(err error) error {
	if errors.Is(err, merkle.ErrOutside) {
		return ErrOutside.With("size", fmt.Sprint(t.size)).Because(err)
	}
	return err
}

// signed returns the root of the first size entries and the checkpoint of
// exactly that size, if there is one.
func (t *reading) signed(ctx context.Context, size int64) (root []byte, note string, err error) {
	h, err := merkle.Root(size, t.nodes(ctx))
	if err != nil {
		return nil, "", err
	}
	row, err := checkpoints.Get(ctx, t.r, size)
	if err != nil && !errors.Is(err, db.ErrNone) {
		return nil, "", err
	}
	return h[:], row.Note, nil
}

func raw(hashes []merkle.Hash) [][]byte {
	out := make([][]byte, len(hashes))
	for i, h := range hashes {
		out[i] = h[:]
	}
	return out
}
