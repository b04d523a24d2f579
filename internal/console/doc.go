// Package console is the face that the house shows to those who watch over it:
// the audit ledger with its proofs, who read a patient, and the live checks of
// every room. It has no rules and no tables of its own.
//
// Its acts are ledger.search, ledger.view, ledger.prove, ledger.readers,
// ledger.checkpoint and house.evidence: reading the ledger is itself accounted
// for in it, whoever reads (D-012).
//
// Demands: A-047, C-147, D-012, D-063, D-064, E-207, E-213.
package console
