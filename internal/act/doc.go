// Package act is the door: the only way in which protected rows change and in
// which content leaves the store.
//
// Its promises, each shown by a test that tries to break it:
//
//   - [Desk.Do] must ask policy inside the transaction; nothing is written
//     before a yes and nothing after a no, and a change is never committed
//     without an entry in the audit ledger that lists every row it wrote.
//   - [Desk.Disclose] must make the entry durable before it returns: until then
//     no caller holds content.
//   - A refusal undoes everything and is itself recorded before it is answered.
//     Refusals of nobody in particular are counted and recorded together.
//   - What does not exist, or is of another organisation, is answered as a
//     stranger's: to whom that is refused, in the same words and, at even steps, in
//     the same time. The account tells what it was.
//   - Default is deny. A verb that the rulebook does not know, an actor without
//     a name, a function that never asked: all end in no.
//   - A caller who hangs up cannot leave half an act behind.
//
// The spine of every use case is find, permit, decide, save, note. A function
// given to the door does database work only; parsing, hashing, sealing and
// signing come before. It may be run more than once.
//
// A room gets a [Desk] and never the database. What ties an actor to a patient
// (care relations, stated reasons, break-glass, grants) is collected by the
// door itself through the hooks of [Door.Ties], so that no room can forget it. It
// is read anew in every act and never outlives one: what was revoked is gone with
// the next request. What may be kept from one act to the next ([Keep]) must not
// grant anything.
//
// Decision: docs/adr/0049-absent-and-forbidden-answer-alike.md.
//
// Demands, B-057, C-024, C-025, C-026, D-037, E-142, E-196,
// E-210.
package act
