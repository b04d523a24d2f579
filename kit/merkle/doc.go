// Package merkle keeps a growing list of entries as the Merkle tree of RFC 6962
// over the hash SM3 (GB/T 32905), and makes the proofs that an entry is in the
// tree and that an older tree is the beginning of a newer one.
//
// A leaf is SM3(0x00 ‖ entry) and a node is SM3(0x01 ‖ left ‖ right); the hash
// of the empty tree is SM3 of nothing. The tree is kept in tiles: tile n of
// level l holds the 256 hashes of the nodes of height 8·l from number 256·n on.
// A full tile never changes. [Tree] holds the tiles that are not yet full and
// hands out those that become so.
//
// The package is pure: it reads no store and no clock. The proofs follow
// RFC 6962, sections 2.1.1 and 2.1.2, and can be checked with any
// implementation of it that is given SM3.
package merkle
