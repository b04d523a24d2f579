// Package debarment keeps who is barred (禁入) from the hospital's information: people and
// organisations outside, and people who worked here, who sold, spread or leaked it, with
// the law it rests on, what proves it, and until when.
//
// It owns debarment_debarment, debarment_hit and debarment_trace. Its acts are
// debarment.propose, debarment.settle, debarment.change, debarment.list, debarment.view,
// debarment.judge, debarment.trace and, done by the house itself, debarment.hit.
//
// Promises:
//
//   - Nobody is barred, kept barred or freed by one person: somebody unrelated agrees.
//   - Nobody is barred for ever unseen: a debarment ends on a day or is looked at again
//     within a year, by a task that climbs.
//   - Whoever names a barred party by the number of its identity document, or by its place
//     in the list of staff, is refused. Names are shared by many: a name alone stops the
//     act until a person has said whether it is another.
//   - "Another" is said of one party in one matter and for a time, and by somebody else
//     than whoever was stopped.
//   - Every hit is on record after the act that it undid, and told to those who keep the
//     register.
//   - Names, numbers and facts are sealed under a key of the debarment's own. A number is
//     found by a blind index; names are opened to be compared.
//   - It stops what is asked for and takes nothing from patients' care: what was agreed to
//     before is listed as a hit, for a person to end.
//
// Rooms above ask it themselves; rooms staff and identity, which stand below, ask by
// [staff.Barring].
//
// Decision: docs/adr/0079-who-is-barred-is-asked-where-he-is-named.md.
//
// Demands: A-083.
package debarment
