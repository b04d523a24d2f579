// Package ledger is the account of what happened: one entry for every act, in
// an append-only Merkle tree that a signed checkpoint vouches for.
//
// Owns: ledger_block, ledger_pending, ledger_place, ledger_tile,
// ledger_checkpoint, ledger_line, ledger_subject, ledger_mark.
//
// Its promises:
//
//   - An entry is written in the very transaction of its act, as part of a
//     block: all entries that were committed together. A block carries a code
//     under a key that the database does not hold.
//   - The sequencer gives every authentic block its place. A block with a wrong
//     code must never get one: it raises an alarm and holds up nobody else.
//   - Blocks are placed so that of two acts that wrote the same row the one
//     that came first has the lower position.
//   - A place, a full tile and a checkpoint never change. A checkpoint is signed
//     at least every second in which something new was placed, and never for a
//     tree that does not extend the one signed before.
//   - What search answers from (ledger_line, ledger_subject) is derived, can be
//     thrown away and made again, and says how far it lags behind.
//   - Entries carry ids and counts, never names or content, and a random salt.
//
// The bytes are described in docs/format/ledger.md. Package verify checks them
// without sharing code with this package.
//
// Demands: E-177, E-196, A-046, C-026.
package ledger
