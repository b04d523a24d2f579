// Package console is the face that the house shows to those who watch over it:
// the audit ledger with its proofs, who read a patient, and the live checks of
// every room. It has no rules and no tables of its own.
//
// Its acts are ledger.search, ledger.view, ledger.prove, ledger.readers, ledger.mine,
// ledger.checkpoint and house.evidence: reading the ledger is itself accounted
// for in it, whoever reads (D-012).
//
// What it shows of a patient's information says which of the five kinds of use it is.
//
// Demands, B-008, B-014, C-052, C-147, D-006, D-012, D-054, D-063, D-064, E-207, E-213.
package console
