// Package amendment corrects what was signed, and tells everybody who has it (更正、更正通知).
//
// It owns amendment_rules, amendment_refusal, amendment_case, amendment_step,
// amendment_notice, amendment_claim_check, amendment_complaint, amendment_suspicion and
// amendment_scan. Its acts are amendment.open, amendment.write,
// amendment.sign, amendment.withdraw, amendment.decide, amendment.list, amendment.view,
// amendment.acknowledge, amendment.propose-rules, amendment.settle-rules,
// amendment.see-rules, amendment.complain, amendment.settle-complaint,
// amendment.complaints, amendment.review, amendment.suspicions, amendment.replay,
// amendment.check-claims and, done by the house itself, amendment.clock.
//
// Promises:
//
//   - what is signed changes by the steps of a correction and in no other way by people:
//     none is skipped, whoever calls; what was written is kept, sealed, from step to step;
//   - who may correct what, until when, and who must agree, stands in rules that one
//     person proposed and another released; what they do not allow is refused and counted;
//   - from the step that says what is wrong until the end, nothing of the document leaves,
//     and no program reads it; care goes on reading it and is told which part is in doubt;
//   - the original stays readable beside the correction, with who, when, why and who agreed;
//   - whoever was given the document before is told of the correction and chased by a clock
//     until he has acknowledged; who cannot be reached is told as such and never counted
//     as told;
//   - what may have been collected unlawfully is not used before it is decided, and what
//     cannot be so is looked into by a person. No automatism changes a document.
//
// It reads rows of other rooms to date and to count them: see elsewhere.go.
//
// Decision: docs/adr/0088-a-correction-is-steps-and-a-hold.md.
//
// Demands, B-013, B-021, D-020, D-040.
package amendment
