// Package record holds what is written about patients: documents with their
// versions and signatures, observations and orders.
//
// It owns the tables record_document, record_version, record_signature,
// record_observation, record_order, record_draft, record_sensitive, record_consent_rule,
// record_saving, record_origin and record_hold. Its acts are record.list,
// record.view, record.versions, record.file, record.amend, record.sign,
// record.archive, record.seal, record.unseal, record.observations,
// record.orders, record.attachment, record.draft, record.mark-sensitive,
// record.lift-sensitive, record.propose-consent-rule, record.settle-consent-rule,
// record.see-consent-rule and record.see-savings.
//
// Promises:
//
//   - a version never changes: a correction is a new version with its reason,
//     and every earlier one stays readable (B-014, A-110);
//   - a signature is SM2 over the digest of exactly one version, and is never
//     shown as valid for another;
//   - what is archived is amended only as the rulebook says, and what is sealed
//     is not changed at all;
//   - what tells of a sensitive history is marked, by what it states or by hand, and
//     guarded at level 4 at least; of which kind is sealed, and who lifts a mark says why;
//   - where the house has said so, a sensitive history is saved by hand with the patient's
//     signed consent only, or in an emergency; what is imported is never lost, and a consent
//     that follows has a deadline;
//   - what came from another institution opens for care while the patient's authorisation
//     for a running encounter is in force, or by break-glass; a list gives no title of it;
//   - a document under correction, or in quarantine, is held: a tie tells the door, so that
//     no way out can forget to ask;
//   - content is sealed under the patient's key before the transaction begins,
//     bound to its document and version, so that it cannot be moved;
//   - drafts are sealed on the server and survive a session's end;
//   - what is written outside an encounter belongs to the department where the patient
//     lies, never to its writer's;
//   - an attachment is what its bytes say and not what its source calls it; of a closed
//     list of forms some are shown, where nothing in them can act, and no other leaves.
//
// Decisions: docs/adr/0061-an-attachment-is-what-its-bytes-say.md,
// docs/adr/0068-every-use-has-a-kind-and-what-is-sensitive-a-mark.md,
// docs/adr/0077-what-needs-the-patients-word-asks-for-it.md.
//
// Demands, B-008, B-014, B-016, B-035, C-069, B-057, D-063, D-064, E-207.
package record
