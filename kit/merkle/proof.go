package merkle

import (
	"errors"
	"fmt"
	"math/bits"
)

// Nodes returns the hash of the node number index of the given height: the
// root of the full subtree over the entries from index·2^height on. Height 0
// are the leaves.
type Nodes func(height int, index int64) (Hash, error)

// ErrOutside is returned when a proof is asked for that the tree cannot have.
var ErrOutside = errors.New("merkle: outside the tree")

// Root returns the hash of the tree of the first size entries.
func Root(size int64, nodes Nodes) (Hash, error) {
	switch {
	case size < 0:
		return Hash{}, fmt.Errorf("size %d: %w", size, ErrOutside)
	case size == 0:
		return Empty(), nil
	}
	return nodes.span(0, size)
}

// Inclusion proves that the entry at position is in the tree of the first size
// entries: the audit path of RFC 6962, from the leaf upwards.
func Inclusion(position, size int64, nodes Nodes) ([]Hash, error) {
	if position < 0 || position >= size {
		return nil, fmt.Errorf("position %d of %d: %w", position, size, ErrOutside)
	}
	return nodes.path(position, 0, size)
}

// Consistency proves that the tree of the first from entries is the beginning
// of the tree of the first to entries: the consistency proof of RFC 6962. It is
// empty when the two are the same or the first is empty.
func Consistency(from, to int64, nodes Nodes) ([]Hash, error) {
	switch {
	case from < 0 || from > to:
		return nil, fmt.Errorf("from %d to %d: %w", from, to, ErrOutside)
	case from == 0 || from == to:
		return nil, nil
	}
	return nodes.subproof(from, 0, to, true)
}

func (nodes Nodes) path(position, begin, end int64) ([]Hash, error) {
	if end-begin == 1 {
		return nil, nil
	}
	middle := begin + split(end-begin)
	if position < middle {
		return nodes.then(middle, end)(nodes.path(position, begin, middle))
	}
	return nodes.then(begin, middle)(nodes.path(position, middle, end))
}

// subproof is SUBPROOF of RFC 6962: known tells that the verifier holds the
// hash of the span up to from already.
func (nodes Nodes) subproof(from, begin, end int64, known bool) ([]Hash, error) {
	if from == end {
		if known {
			return nil, nil
		}
		return nodes.then(begin, end)(nil, nil)
	}
	middle := begin + split(end-begin)
	if from <= middle {
		return nodes.then(middle, end)(nodes.subproof(from, begin, middle, known))
	}
	return nodes.then(begin, middle)(nodes.subproof(from, middle, end, false))
}

// then returns a function that ends a path with the hash of a span.
func (nodes Nodes) then(begin, end int64) func([]Hash, error) ([]Hash, error) {
	return func(path []Hash, err error) ([]Hash, error) {
		if err != nil {
			return nil, err
		}
		h, err := nodes.span(begin, end)
		if err != nil {
			return nil, err
		}
		return append(path, h), nil
	}
}

// span returns the hash over the entries from begin to end.
func (nodes Nodes) span(begin, end int64) (Hash, error) {
	width := end - begin
	if width&(width-1) == 0 {
		height := bits.TrailingZeros64(uint64(width)) //nolint:gosec // width is positive
		return nodes(height, begin>>height)
	}
	middle := begin + split(width)
	left, err := nodes.span(begin, middle)
	if err != nil {
		return Hash{}, err
	}
	right, err := nodes.span(middle, end)
	if err != nil {
		return Hash{}, err
	}
	return Node(left, right), nil
}

// split returns the largest power of two below n, for n > 1.
func split(n int64) int64 {
	return 1 << (bits.Len64(uint64(n-1)) - 1) //nolint:gosec // n is positive
}
