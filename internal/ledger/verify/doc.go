// Package verify finds out whether a store still says what its audit ledger
// says it should.
//
// It recomputes everything from the rows alone and shares no code with the
// package that writes them: it has its own SM3 tree (over an independent
// implementation of RFC 6962), its own reading of rows, digests and
// checkpoints, as docs/format/ledger.md describes them.
//
// From the store alone it may only say that the store is consistent. That
// nothing was altered since a moment it says only against a checkpoint of that
// moment which was kept outside: by a witness, in a browser, on paper.
//
// It reads in short snapshots, beside the running house, in bounded memory. A
// row that does not agree is looked at again in one snapshot together with what
// was written meanwhile, before it is reported.
//
// Demands: E-177, E-196.
package verify
