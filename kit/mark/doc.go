// Package mark makes the mark that every copy bears which leaves the house: a
// short code that a person can read out and type, authenticated together with
// what was issued, to whom, by whom, for what, when, and the digest of the content.
//
// Promises:
//
//   - whoever does not hold the key can make no mark that verifies, and none that
//     names somebody else;
//   - a mark cut from one copy and put on another does not verify there;
//   - one wrong character, or two that changed places, is noticed without the key.
//
// The bytes and golden vectors are in docs/format/mark.md. Demands: B-062, D-038.
package mark
