// Package deadline knows which documents an encounter must hold, and by when (书写时限):
// it reckons each limit from what happened, tells whoever is to write, and keeps what was
// late.
//
// It owns deadline_set, deadline_place, deadline_due, deadline_reason, deadline_pause,
// deadline_condition and deadline_day. Its acts are deadline.mine, deadline.list,
// deadline.see, deadline.explain, deadline.pause, deadline.resume, deadline.set-condition,
// deadline.propose-set, deadline.settle-set, deadline.see-sets, deadline.sign-day and, done
// by the house itself, deadline.clock.
//
// Promises:
//
//   - What is required is data: a set of requirements is proposed by one and approved by
//     another, from a day on, and never changes. What began before its first day is not
//     held to it.
//   - The event, what a document tells, its entry and its receipt keep their own times.
//   - A limit is met by the first document of its kind. What was entered after its limit
//     is late for ever, with its reason, whatever the limit becomes. A document that dates
//     itself into its limit and came after it is shown as that.
//   - The clocks are those of room duty. Nobody pauses his own, and a pause has an end.
//   - What changed is followed in the ledger, from where the last look ended; an encounter
//     that nothing happened to is not looked at.
//   - Nothing of an encounter is archived while a mandatory document is missing.
//   - The records office signs each working day what was missing; a signed day never
//     changes, and one that was not signed stays missed.
//
// Decision: docs/adr/0089-a-limit-is-reckoned-from-what-happened.md.
//
// Demands, B-022, E-053.
package deadline
