// Package access holds the reasons for which people without a care relation open
// a patient: the stated reason (自述理由) and the break-glass (紧急调阅).
//
// It owns the table access_reason. Its acts are access.state-reason,
// access.break-glass, access.withdraw, access.review and access.list.
//
// Promises:
//
//   - a reason is for one person and one patient, has an end of at most a day,
//     and gives nothing after it, whatever the browser shows;
//   - breaking the glass needs a choice and words, is loud, lasts hours, and
//     waits for somebody's verdict;
//   - which of the two is enough is for the rulebook to say, never for this room:
//     what would open nothing is not given, and the refusal says what remains;
//   - the words are sealed under the patient's key and are shown to reviewers
//     only; a row written behind the house gives nothing and raises an alarm.
//
// Demands: A-077, D-025, D-033, D-037.
package access
