// Package decide answers other systems that ask whether somebody may do something with
// what they hold: open this, print that, sign there. It takes what they did while it did
// not answer, and leads their people to a patient here.
//
// It owns decide_use and decide_launch, and no rules. Its acts are decide.ask,
// decide.afterwards and decide.launch, of foreign systems whose agreement names decisions
// or links; decide.uses and decide.settle, of those who look into what nothing explains;
// decide.land, of the person for whom a link was made; and, done by the house itself,
// decide.open-launch.
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
//   - What was done meanwhile is kept as reported by its source, counts once by the id of
//     its event, and is judged by the ties and rules of its own time. What those do not
//     explain, and what the caller should have refused, waits for somebody else than its
//     person, with a deadline.
//   - A link leads and grants nothing: it is good once and for a minute, for one person,
//     who must be signed in here by himself. It holds no name and no number, tells its
//     source nothing about the patient, and of each step there is an account, in vain or
//     not.
//
// Decisions: docs/adr/0059-others-are-answered-what-the-door-would-say.md,
// docs/adr/0071-what-was-done-without-an-answer-is-judged-afterwards.md,
// docs/adr/0072-a-link-leads-and-grants-nothing.md.
//
// Demands: A-051, C-024, D-013.
package decide
