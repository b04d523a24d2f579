// Package order follows orders (医嘱) while they are carried out, as the systems of the
// hospital report them: what became of each, what lies in the pharmacies, and what that
// means for what is still going on.
//
// It owns order_course, order_step, order_stock, order_rules and order_conflict. What an
// order says is record's; a course is what becomes of it. Its acts are order.list,
// order.see-stock, order.decide, order.report, order.load-rules, order.approve-rules,
// order.see-rules and, done by the house itself, order.clock.
//
// Promises:
//
//   - What a system reported last is shown with its age, and never as newer than it is:
//     news that is older than what is known changes nothing.
//   - An item that is out in every pharmacy that reports it, an order that goes on
//     together with one that was stopped or was carried out after it was, an allergy and
//     a result against an active order are each one conflict, asked of the prescriber
//     once, with what he could do instead.
//   - A conflict ends by his decision with a reason, or because it is one no more; how
//     long that took is kept.
//   - Which allergies and results are against which orders is data that somebody loads
//     and somebody unrelated approves; of each rule its origin is told.
//   - What an order says and why it is in conflict is sealed under the patient's key. Open
//     pages are told that something has changed, never what.
//
// Decision: docs/adr/0085-an-order-is-followed-and-its-conflicts-asked-of-who-prescribed.md.
//
// Demands.
package order
