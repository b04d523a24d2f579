// Package retention knows how long records are kept (保存期限), and is the only way in which
// any of them is destroyed (销毁).
//
// It owns retention_hold, retention_destruction, retention_item and retention_step. Its acts
// are retention.due, retention.hold, retention.lift-hold, retention.draw-up,
// retention.appraise, retention.approve, retention.witness, retention.destroy,
// retention.stop, retention.list and retention.view.
//
// Its promises:
//
//   - A record is kept thirty years from the last discharge and fifteen from the last other
//     visit, whichever ends later; each new visit begins the term again. No role, no
//     number of persons and no approval shortens it.
//   - What is on hold, under seal, or of a patient who is here is not destroyed.
//   - Destruction takes a list drawn up by one, appraised by a second, approved by three
//     offices, and seen by two witnesses when it is carried out by yet another: all of
//     them unrelated persons. Whatever kept a record is asked again at that moment.
//   - What is destroyed is the patient's data key, and with it everything that is sealed
//     under it. A stub stays: whose it was, how many documents, their digest, by which
//     list and when.
//
// Decision: docs/adr/0090-a-record-is-destroyed-with-its-key-and-by-many.md.
//
// Demands: B-041, B-042, B-043, B-053.
package retention
