// Package output is how content leaves the screen (输出控制): on paper, in a list, as
// a quotation, to a colleague, over a route.
//
// It owns output_profile, output_issue, output_hold, output_station, output_badge,
// output_export, output_part, output_vote, output_count, output_forward,
// output_channel, output_send and output_event. Its acts are output.print,
// output.release, output.cancel, output.export, output.extract, output.approve,
// output.refuse, output.dispose, output.pledge, output.download, output.take-attachment, output.copy, output.forward,
// output.open, output.bulk, output.send, output.report, output.see, output.verify,
// output.set-profile, output.set-channel, output.set-station and, done by the house
// itself, output.clock.
//
// Promises:
//
//   - printing, copying, exporting, forwarding and asking for many are five rights;
//     none comes with reading;
//
//   - each copy is a row with a serial number before it leaves, and bears a code by
//     which it can be named. The code is made of the copy: on another content, or
//     with another name beside it, it does not verify;
//
//   - a list is read page by page under the rights that its person has at that
//     moment. What ends meanwhile (a grant, a consent, an appointment, a session)
//     ends the export, which says why;
//
//   - patients are counted, not clicks: each counts once a day against the quota of
//     whoever takes him along. Above a threshold two people decide who have nothing to
//     do with one another or with who asks;
//
//   - what waits in a queue, or was never fetched, is gone when its time is over:
//     its own key is destroyed and its bytes are overwritten;
//
//   - a suspicion holds the file before it leaves, and the alarm is in the same act.
//
//   - a file that tells of patients leaves only after whoever asked for it has signed for
//     this one delivery;
//
//   - an attachment of a document, of which nothing can be masked, leaves in the same way:
//     counted, for a case, and signed for;
//
//   - a copy for a patient's side, a court or an insurer is made in an approved case of
//     room sharing, of what it holds, by whom it names.
//
// Demands, B-062, B-081, C-135, D-006, D-026, D-027, D-038, D-039, D-047,
// D-049, E-127, E-128, E-203.
package output
