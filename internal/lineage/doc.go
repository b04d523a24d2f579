// Package lineage tells of a record where it came from and where it went (流向): from the
// sender through storage, versions, signatures and uses to copies, what was sent and
// what was received, as a graph, as a list and as evidence with proofs of the audit
// ledger.
//
// It owns no tables. Its act is lineage.view.
//
// Promises:
//
//   - it holds no content of records, and names patients by their ids alone;
//   - what left without a row that names it is counted and not passed over: a copy that
//     was handed out, without its sending, is untracked, and a document of which neither
//     a source nor an author is known is untraced;
//   - every line that rests on the ledger names its entry. The evidence proves each of
//     them against the newest signed checkpoint, in the form of docs/format/ledger.md, to
//     whoever may have such proofs;
//   - where there is more than it shows, it says so.
//
// It reads rows of other rooms to date and to count them: see elsewhere.go.
//
// Decision: docs/adr/0063-where-a-record-came-from-and-went.md.
//
// Demands: A-111, D-071.
package lineage
