// Package inspection is the desk at which an inspection on the spot (现场抽查) is
// answered: it draws a patient, a person, a leaver, a sealed case, a break-glass or a
// grant, and answers from all rooms and the audit ledger, with proofs.
//
// It owns inspection_draw and inspection_frame. Its acts are inspection.draw (the
// frame is laid down, and later the number is said), inspection.view and
// inspection.answer.
//
// Promises:
//
//   - what can be drawn, in what order, and the newest signed checkpoint are laid down
//     before anybody says a number; the number is taken once. Whoever has the kept rows
//     reckons the draw again and comes to the same (docs/format/inspection.md);
//   - what was named and not drawn says so for ever;
//   - a verdict is reckoned by a rule from figures and is never typed in;
//   - an answer never holds content of records, and calls patients by masked names. The
//     people and hours behind a figure are shown to those who may ask the ledger for
//     them anyway; others are told who may;
//   - an answer takes less than a minute; how long it took is in its account.
//
// It reads rows of other rooms to count and to date them, never to decide anything: see
// elsewhere.go and the decision on the inspector's desk.
//
// Demands: A-095, D-012, D-013, D-063, D-064, D-082, D-083, D-084.
package inspection
