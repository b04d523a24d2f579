// Package handover moves the house: everything it keeps, in open forms, to whoever takes
// over (移交), and tries such a move beforehand (演练).
//
// It owns handover_case, handover_part, handover_receipt, handover_comparison
// and handover_signature. Its acts are handover.open, handover.approve,
// handover.release, handover.fetch, handover.receive, handover.compare, handover.supplement,
// handover.sign, handover.close, handover.stop, handover.list, handover.view
// and, done by the house itself, handover.carry.
//
// Promises:
//
//   - An export holds everything that [Sets] names, with a schema for every table, the code
//     lists, the original bytes of every version and attachment, and the count, SM3 and
//     SHA-256 of every file, in a manifest that the house signed.
//   - It is made for a case that one person asked for and an unrelated one approved, is
//     sealed to the receiver part by part, and leaves as a row of the outward register.
//   - From approval until the end, what the house holds about its patients is not written
//     by people. Whoever must, in an emergency, breaks the glass and writes; what was written
//     so is carried in a supplement.
//   - A case is closed only when the receiver signed that it holds exactly what the manifest
//     names, a comparison of the moment finds nothing that was not carried, and two
//     unrelated persons of the house have signed and closed.
//   - Parts, receipts and comparisons are kept and never change.
//
// Decision: docs/adr/0074-a-house-is-handed-over-by-a-signed-export.md.
//
// Demands: C-047, C-048, C-145.
package handover
