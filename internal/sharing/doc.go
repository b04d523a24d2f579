// Package sharing is how people and agencies from outside get to see what a record
// says, or take a copy along (外部调阅).
//
// It owns sharing_case, sharing_step, sharing_handover, sharing_return, sharing_masking,
// sharing_ruling, sharing_cut, sharing_claim_task, sharing_claim and
// sharing_claim_export. Its acts are sharing.receive, sharing.check, sharing.fix-scope,
// sharing.list-items, sharing.fix-masking, sharing.approve, sharing.review,
// sharing.confirm, sharing.refuse, sharing.disclose, sharing.return, sharing.close,
// sharing.list and sharing.view; of insurers, sharing.ask-claims,
// sharing.approve-claims, sharing.end-claims, sharing.list-claims, sharing.view-claims,
// sharing.read-claims and sharing.export-claims.
//
// Promises:
//
//   - nothing is received without every document that its kind of requester must
//     present, and no step can be left out: two different people check the
//     identities, somebody fixes the scope, somebody else approves;
//   - agencies are approved by the head of the institution, or at night by the
//     administrator on duty until the head confirms on the next working day;
//   - what an agency or institution gets is cut to the minimum for its kind, item by item,
//     except for what a legal review disclosed with a reason; what was cut is listed with
//     the hand-over;
//   - of a claim an insurer is told the fields that its kind of task needs, never who the
//     patient is, and what leaves opens with the insurer's key alone;
//   - only the person named to assist shows or hands over, and only what lies in the
//     scope and in the time of the case. What he may not read himself he does not
//     hand over either;
//   - every document that leaves is named in the account, with case and patient;
//   - another institution and an insurer need a confidentiality agreement in force, asked
//     for again at each hand-over;
//   - another institution needs the patient's consent, asked for again at each
//     hand-over;
//   - a copy that leaves is a row of the outward register, room recipient, with what it
//     held and the receipt that both sides signed;
//   - a copy is an issue of room output: with its paper, its mark and its code, for the
//     profile of who asked, of exactly what the case holds, until the case ends.
//
// Decision: docs/adr/0069-what-leaves-is-cut-item-by-item.md.
//
// Demands, B-064, B-065, B-067, B-068, B-069,
// B-070, B-071, B-072, B-073, B-074, B-090, B-095, D-050.
package sharing
