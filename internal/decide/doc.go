// Package decide answers other systems that ask whether somebody may do something with
// what they hold: open this, print that, sign there.
//
// It has no tables and no rules of its own. Its act is decide.ask, and it belongs to
// foreign systems whose agreement names decisions.
//
// Promises:
//
//   - The answer is that of our own door to that very person: his ties, the rules in
//     force, the same words. What only the caller knows (a department, a level) can
//     make the answer stricter and never wider.
//   - An answer leaves when its account is durable: which system asked, for whom, about
//     what, and what it was told. A batch is one entry that names all of it; see
//     docs/format/decide.md.
//   - Who or what does not exist, was left behind or lies beyond the agreement of the
//     caller is refused in the words in which a stranger's would be, or in the same
//     words as each other.
//   - An answer has an end, after which the caller asks again. It ends with the tie and
//     with the appointment on which it rests.
//   - When the question cannot be decided there is no answer, and the caller goes by the
//     rules of docs/run/decide.md.
//
// Decision: docs/adr/0059-others-are-answered-what-the-door-would-say.md.
//
// Demands: A-051.
package decide
