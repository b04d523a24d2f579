// Package policy is the rulebook: it says whether somebody may do an act to an
// object, by which rule, and if not, why and what remains open.
//
// It owns no table and reads no store. The caller brings the facts of one
// request: who acts, the object's state, the live and past ties between the
// two, the purpose, the moment. The rules are Cedar files under policies/, one
// per subject, checked against schema.cedarschema when the book is loaded; any
// doubt there is an error at start.
//
// # Promises
//
// Deny is the default and the answer to every doubt: an unknown verb, kind,
// role, purpose or organisation, a tie that has run out, a rule that could not
// be evaluated. A permit never outweighs a forbid.
//
// Rules speak of relations and states, never of ids. A request is first reduced
// to [facts], a small value in which nobody is named; equal facts must have
// equal answers, so an answer worked out once is kept in a bounded memory.
// Nothing about a person or an object is remembered: the facts are taken anew
// for every request (E-142).
//
// Every attribute a rule may read is present in every request. Cedar skips a
// forbid that reads a missing attribute and then allows; here a schema that
// promises more than a request is made of is not loaded, a rule that reads more
// than the schema promises is not loaded, and any diagnostic denies.
//
// Cedar is asked only about rules that could match. That nothing permits may be
// concluded without it; a yes is always Cedar's.
//
// A refusal names conditions, each with whether it is met and its remedy, and
// the next rung of the ladder: stated reason, break-glass, asking for a grant,
// or none. The rungs are not written anywhere: they are what the rules answer
// when the missing tie is supposed. Level and state of an object are spoken of
// only to those who have something to do with it.
//
// # What the caller must bring
//
//   - Ties are those between this actor and the object's patient. A tie without
//     an end never counts, except own.
//   - A tie of kind reason, glass or grant carries in Role the purpose it was
//     given for and counts for that purpose only (C-054, E-006).
//   - A tie with bounds counts only for what lies within them.
//   - Ties of kind seal and bar close instead of opening. They count without an end:
//     what protects a patient does not run out unseen.
//   - A tie of kind charge is brought for the one thing that waits for the actor's
//     decision, by the room that knows so.
//   - A tie of kind care carries in Role the position in the team; attending and
//     chief lead it.
//   - A staff member who is the patient has a tie of kind own (Until unset).
//     Where the act is about a person (an appointment, an account, a relation, a
//     review of an access) Object.Concerns is that person; when it is the actor,
//     that is own as well. It stays empty where the actor asks for himself: a
//     stated reason, a break-glass.
//   - A list asks for each of its items with its own verb, and gets the answer
//     that opening the item would get.
//
// Demands met: A-045 A-046 A-051 A-052 A-076 A-077 A-087 A-108 A-110 A-131
// A-167 B-008 B-014 B-055 C-025 C-054 C-127 D-006 D-007 D-023 D-025 D-032 D-033
// D-037 D-041 D-042 D-054 E-006 E-142.
package policy
