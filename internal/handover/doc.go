// Package handover moves the house: everything it keeps, in open forms, to whoever takes
// over (移交), and tries such a move beforehand (演练).
//
// It owns handover_case, handover_part, handover_receipt, handover_comparing,
// handover_difference, handover_comparison, handover_takeover and handover_signature. Its
// acts are handover.open, handover.approve, handover.release, handover.fetch,
// handover.receive, handover.compare, handover.cancel-comparison, handover.again,
// handover.supplement, handover.sign, handover.close, handover.stop, handover.list, handover.view
// and, done by the house itself, handover.carry.
//
// Promises:
//
//   - An export holds everything that [Sets] names, with a schema for every table, the code
//     lists, the original bytes of every version and attachment, and the count, SM3 and
//     SHA-256 of every file, in a manifest that the house signed.
//   - It is made for a case that one person asked for and an unrelated one approved, is
//     sealed to the receiver part by part, and leaves as a row of the outward register.
//   - From approval until the end, no act of a person writes to a table of the export,
//     but for those of [Spared]. Whoever must, in an emergency, breaks the glass and writes;
//     what was written so is carried in a supplement.
//   - A rehearsal is read back row by row, and taken over by an empty house by the way on
//     which houses take documents of others.
//   - A case is closed only when the receiver signed that it holds exactly what the manifest
//     names, a comparison of the moment finds nothing that was not carried, and two
//     unrelated persons of the house have signed and closed.
//   - Parts, receipts and comparisons are kept and never change.
//
// Decision: docs/adr/0074-a-house-is-handed-over-by-a-signed-export.md,
// docs/adr/0087-a-handover-holds-tables-and-is-compared-as-a-job.md.
//
// Demands: C-047, C-048, C-145.
package handover
