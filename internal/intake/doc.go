// Package intake takes in what foreign systems hand over: FHIR R4 in JSON and
// HL7 v2 messages (ADT, ORU, MDM, orders, SIU) and clinical documents (HL7 CDA, WS/T 500), from files,
// folders and requests.
//
// It owns the tables intake_batch, intake_file, intake_raw,
// intake_entry, intake_resource, intake_quarantine and intake_review. Its acts
// are intake.import, intake.list, intake.quarantine, intake.view, intake.retry
// and intake.review. What an import writes into other rooms is asked for under
// their verbs, by a feed: an actor with the id of the source.
//
// Promises:
//
//   - Nothing is dropped silently. Every byte that is taken in is kept sealed and
//     is linked to what it became; what cannot be taken is quarantined with the
//     element, the rule and the remedy; what is not modelled is kept whole.
//   - An id is given once. The identity of a FHIR entry is its source, the digest
//     of its bundle and its fullUrl; that of a message its source and its digest.
//     A second run changes nothing.
//   - A transaction is taken as a whole or not at all, and so is a message, also
//     one about several patients. What does not fit one act is written in parts
//     that nobody can find until its last act.
//   - Messages share acts, also those about one patient: each is planned on what
//     the one before is going to leave, and planned anew when that fails to be.
//   - What a source refers to, or means by a condition, is what it brought itself. It
//     replaces a patient only in the version that it has seen.
//   - A feed changes only what it made, and never what is signed. A changed name,
//     sex, birth date or ID number, a probable duplicate and a merge wait for a
//     person.
//   - A clinical document is shown in its parts beside its original, which is kept byte for
//     byte. Who signed it elsewhere is told as its source says it and is no signature here.
//   - What could act where it is opened, what a malware scanner finds, and what it could not
//     look at is kept apart, whatever carries it.
//   - A care relation never benefits who reports it.
//   - An active request, and an operation that is planned, brings whom it names to
//     the patient; its result lets him go. What is older than a month is history.
//   - A source that used to send and has fallen silent is known to be silent.
//   - No name or content reaches the ledger, a log or a clear column: files are
//     named, and doubts described, under a key of their own.
//
// What a message attaches to a document and is not text is kept sealed with it; an
// identity under the scope attachment leads from the document to its bytes.
//
// A raw input about one patient is sealed under the patient's key, any other
// under the key of its file, so that destroying a key destroys the raw bytes too.
//
// Decisions: docs/adr/0020-staged-import.md, docs/adr/0056-a-clinical-document-is-text-beside-its-original.md.
//
// Demands, B-008, C-136, D-069, D-070.
package intake
