// Package exchange hands records to other houses and takes theirs in, as packages
// (交换包): signed by whoever sends, sealed to whoever receives, numbered, and answered
// by a signed receipt.
//
// It owns exchange_key, exchange_partner, exchange_package, exchange_try and
// exchange_arrival. Its acts are exchange.make-keys, exchange.register, exchange.approve,
// exchange.end, exchange.list, exchange.send, exchange.trace, exchange.receive,
// exchange.verify and, done by the house itself, exchange.clock.
//
// Promises:
//
//   - Nothing goes to a partner before somebody unrelated to whoever wrote it down has
//     compared the fingerprint of its keys, and nothing after its time.
//   - A package goes only where the register of recipients lets documents go, rests on
//     the consent of the patient and a confidentiality agreement where the recipient is
//     another institution, and is a row of the outward register.
//   - What does not keep the standard of shared documents (WS/T 500) is not sent; the
//     list of what to correct is shown instead.
//   - Packages to a partner arrive in their order. One that was not received is tried
//     again; what became of each try stays.
//   - What arrives altered, in part, twice, out of order or from another hand is kept
//     apart whole and alarmed, and nothing of it is taken. What arrives well is taken
//     once.
//   - A receipt names the digest of what arrived and is signed. What it says is compared
//     with what was sent.
//   - Anybody who holds a package may ask whether this house made it, and learns nothing
//     else.
//
// Decision: docs/adr/0073-a-package-is-signed-sealed-and-numbered.md.
//
// Demands: B-079, B-082, D-067, D-069, D-070, D-072.
package exchange
