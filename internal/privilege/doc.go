// Package privilege keeps those who run the house from doing anything alone and
// unseen: changes behind the system, credentials of foreign systems, and the
// sessions in which administrators work.
//
// It owns privilege_change, privilege_capture, privilege_round, privilege_finding,
// privilege_envelope, privilege_checkout, privilege_session, privilege_part,
// privilege_recording, privilege_important and privilege_second. Its acts are privilege.list, privilege.view; of changes
// privilege.ask-change, privilege.review-change, privilege.approve-change,
// privilege.refuse-change, privilege.begin-change, privilege.close-change; of
// envelopes privilege.add-envelope, privilege.fill-envelope, privilege.ask-checkout,
// privilege.approve-checkout, privilege.refuse-checkout, privilege.open-half,
// privilege.return-checkout; of sessions privilege.ask-session,
// privilege.approve-session, privilege.refuse-session, privilege.begin-session,
// privilege.record, privilege.end-session, privilege.review-session,
// privilege.replay, privilege.receive-recording; privilege.dispose-finding; of important
// operations privilege.see-important, privilege.propose-important,
// privilege.settle-important, privilege.call-second, privilege.see-call,
// privilege.confirm-second; and, done
// by the house itself, privilege.clock.
//
// Promises:
//
//   - who asks, who reviews and who approves are unrelated natural persons, by what
//     binds them and not by their ids alone;
//   - a change is carried out within its window, between two captures of the tables
//     that it may touch. The end of the window closes it;
//   - a protected row that was changed behind the house is a finding within one round
//     (five minutes for rows that give power, a night for all). A change whose window
//     is open and which names the table explains it; nothing else does. Somebody is
//     asked to see to every finding, explained or not;
//   - nobody sees both halves of a credential. Each half is shown once, to one person,
//     within ten minutes of the approval; after that the credential counts as used and
//     must be changed;
//   - a session begins when a second person has approved it, or urgently with
//     everybody told and a review by the next working day; it ends when its time is
//     over or a minute after its recording fell silent. What it records is masked
//     before it is kept, and opens to the auditor alone.
//   - an act of the list of important operations is done upon one confirmation of just
//     that act, as it was sent, by an unrelated person who has lately shown who he is by
//     two factors; the list is delivered with a floor that no organisation lowers, and is
//     changed by two.
//
// Decision: docs/adr/0078-important-operations-are-a-list-at-the-door.md.
//
// Demands, B-108, E-148, E-149, E-197.
package privilege
