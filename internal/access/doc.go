// Package access holds what opens patients to people without a care relation, and
// what closes patients to people who could open them: the stated reason (自述理由) and
// the break-glass (紧急调阅), grants with their requests, chains of approval and
// periodic reviews, seals of both kinds (舆情封存, 纠纷封存) and bars (回避). It tells who
// could open a record, and tries changes of the rules on what really happened.
//
// It owns access_reason, access_glass, access_chain, access_request, access_vote,
// access_grant, access_campaign, access_line, access_seal, access_seal_document,
// access_seal_person, access_seal_step, access_bar, access_release, access_turn,
// access_release_step, access_ending, access_retry,
// access_followed, access_process, access_idle,
// access_statement, access_frame, access_exception, access_freeze, access_breach and access_role_request. Its acts are
// access.state-reason, access.break-glass, access.withdraw, access.review and
// access.list; access.request, access.approve, access.return, access.refuse,
// access.withdraw-request, access.extend, access.clone, access.revoke,
// access.set-chain and access.see-grants; access.open-campaign and
// access.decide-line; access.seal, access.renew-seal, access.list-on-seal,
// access.unseal, access.see-seal and access.see-seals; access.bar, access.unbar and
// access.see-bars; access.settle-freeze, access.see-freezes, access.flag-breach and
// access.review-breach;
// access.keep-grant and access.see-adjustments; access.propose-frame,
// access.settle-frame, access.see-frames and access.decide-exception; access.set-statement,
// access.sign-statement and access.see-statements; access.clock by the house itself; access.unmask;
// policy.simulate, policy.reach and policy.view; policy.draft, policy.try,
// policy.review, policy.date and policy.roll-back.
//
// Promises:
//
//   - a reason is for one person and one patient, has an end of at most a day,
//     and gives nothing after it, whatever the browser shows;
//   - breaking the glass needs a choice and words, is loud, lasts hours, and
//     waits for somebody's verdict until the next working day;
//   - which of the two is enough is for the rulebook to say, never for this room:
//     what would open nothing is not given, and the refusal says what remains;
//   - a grant has an end, is generated from its request, and was approved by somebody
//     who neither asked nor benefits; its end is tried, and the outcome kept;
//   - a grant is authorised by the department that is recorded for its purpose, and a role
//     is given upon a request that the head, that department and the implementing one have
//     each said yes to, by three people;
//   - whatever right was ordered to end, of whichever room, is followed from the ledger
//     until every process has tried that it opens nothing; open pages are told within
//     seconds, and what still opens turns red before the security administrator;
//   - nothing is granted beyond the frame of a department, at asking as when it takes
//     effect, unless the security office and medical affairs agreed to an exception with an
//     end; what a narrowed frame leaves outside is kept by three, or cut by its date;
//   - a review cuts what nobody answers for, and never care;
//   - a release of an organisation's own rules holds in every process within seconds of
//     its date, was tried and was agreed to by somebody unrelated to all who wrote it;
//     one that cannot be trusted shuts what it could have shut, and never care;
//   - a seal holds at every address from the next request on; an attention seal never
//     ends by itself, a dispute seal never by one side;
//   - whoever is refused beyond his scope again and again loses his stated reasons, his
//     grants and locating by number for a time, never the patients whom he treats;
//   - whoever is flagged by hand for a breach loses the same until somebody else has
//     reviewed it, is told at once, and is held without a verdict for 30 days at most;
//   - an end that does not hold is tried again by itself after growing pauses, and when
//     none is left, whoever ordered it is told; a process takes up orders from where the
//     house had stopped;
//   - a grant that nobody uses ends after a notice to its holder, who may keep it;
//   - where the organisation has published a statement of responsibility, no grant is given
//     before whoever would have it has signed it;
//   - words are sealed under the patient's key and are shown to those who decide only;
//     a row written behind the house gives nothing and raises an alarm.
//
// Demands,
// D-045, A-180, B-054, B-055, B-104, D-023, D-025, D-033, D-035, D-036, D-037,
// D-041, D-042, D-055, D-006, D-034, C-052, C-102, C-120.
package access
