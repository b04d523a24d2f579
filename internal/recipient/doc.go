// Package recipient keeps who receives data from the house (接收方): every partner,
// report, platform, model, vendor and system that is told something, and what was sent
// to each. It is the outward register.
//
// It owns recipient_recipient, recipient_sending, recipient_about, recipient_receipt,
// recipient_notice, recipient_finding and, as upkeep, recipient_place. Its acts are
// recipient.register, recipient.change, recipient.approve, recipient.return,
// recipient.suspend, recipient.begin, recipient.end, recipient.issue-secret,
// recipient.list, recipient.view, recipient.send, recipient.receive, recipient.trace,
// recipient.told, recipient.compare, recipient.settle and, done by the house itself,
// recipient.clock.
//
// Promises:
//
//   - Nothing goes to a recipient before somebody unrelated to whoever wrote it down has
//     approved it, and nothing after its time: what ends, ends at that moment. A change
//     waits beside what is in force until it is approved as well.
//   - What the register does not hold, or not for that shape of data, is not sent. It is
//     kept as a finding with its first and last time.
//   - Each recipient has a volume of one sending and of one day that was approved with it;
//     more is refused, with the limit named.
//   - Every sending is a row that never changes, numbered without a gap for each
//     recipient, with the digest of what left and the patients whom it is about. What
//     exactly it held is sealed.
//   - A receipt is compared with what was sent. None in time asks the sender, another
//     digest asks for a recall, a second one is a duplicate and says so.
//   - Systems that listen are told of seals and of rights that ended after the fact is
//     durable, signed, what is so at the moment of telling, until they confirm it
//     (docs/format/webhook.md).
//   - Traffic that a firewall saw to where nobody is registered is a finding until
//     somebody settles it with a reason.
//
// Decision: docs/adr/0062-who-receives-data-is-registered.md.
//
// Demands, B-084, B-086, B-087, B-088, D-022.
package recipient
