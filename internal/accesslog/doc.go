// Package accesslog keeps what other systems say happened: who viewed, printed,
// exported, searched and signed in there, as their logs tell it.
//
// It owns accesslog_mapping, accesslog_run, accesslog_block, accesslog_index,
// accesslog_refused, accesslog_event, accesslog_question and accesslog_finding. Its acts
// are accesslog.map, accesslog.try, accesslog.begin, accesslog.receive,
// accesslog.list, accesslog.events, accesslog.readers, accesslog.open,
// accesslog.questions, accesslog.explain, accesslog.raise, accesslog.settle and, done by
// the house itself, accesslog.match.
//
// Promises:
//
//   - What stands here was reported by a source and is never shown as proven. The account
//     proves that it was reported, when and by whom, and that it was not altered since.
//   - Nothing is dropped silently. Lines are kept as they came, sealed, in blocks whose
//     digests stand in the account. What cannot be read is set aside with its line number
//     and the rule; a gap in a log, a jump in its numbers and a clock that is off are
//     findings.
//   - A line counts once per source, by the id of its event or else by itself. The same
//     id with other words is not the same line, and is set aside.
//   - A line is judged by what held at its time: who the account belonged to, what tied
//     him to the patient, and the rules then in force. What they would have refused is
//     asked about, with a deadline; nobody answers for himself.
//   - No name or content of a patient reaches a clear column or the account.
//
// What a mapping says about a source is data; see [Mapping] and [Presets].
//
// Decision: docs/adr/0052-foreign-logs-are-kept-whole-and-told-by-the-hour.md.
//
// Demands: A-047, D-006, D-013, D-037.
package accesslog
