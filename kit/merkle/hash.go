package merkle

import "github.com/emmansun/gmsm/sm3"

// HashSize is the length of a hash in bytes.
const HashSize = sm3.Size

// Hash is the hash of a leaf, a node or a whole tree.
type Hash [HashSize]byte

// Leaf returns the hash of an entry.
func Leaf(entry []byte) Hash {
	buf := make([]byte, 0, 1024)
	buf = append(buf, 0)
	return sm3.Sum(append(buf, entry...))
}

// Node returns the hash of a node over its two children.
func Node(left, right Hash) Hash {
	var buf [1 + 2*HashSize]byte
	buf[0] = 1
	copy(buf[1:], left[:])
	copy(buf[1+HashSize:], right[:])
	return sm3.Sum(buf[:])
}

// Empty returns the hash of the tree without entries.
func Empty() Hash { return sm3.Sum(nil) }
