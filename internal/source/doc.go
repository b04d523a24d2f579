// Package source keeps the foreign systems that hand records in or ask for
// something: who answers for each, what was agreed with it, by what it shows who it
// is, and how it is doing. It is the register of interfaces.
//
// It owns source_source, source_agreement, source_key, and, as upkeep, source_nonce
// and source_pulse; of sources that are programs source_app, source_web, source_allowance,
// source_launch, source_context, source_signer and, as upkeep, source_token and source_use. Its acts are source.register, source.change, source.promise,
// source.approve, source.return, source.begin, source.suspend, source.end,
// source.issue-key, source.end-key, source.list, source.view, source.call,
// source.see-app, source.allow, source.launch, source.see-allowed, source.withdraw, source.token and, done by the house itself, source.clock.
//
// A source goes from draft to approved, live and, in between or for good, to suspended
// and ended. What a person hands in under a name that nobody has registered makes a
// source by hand: it has no agreement and no keys, and stands for nobody but them.
//
// Promises:
//
//   - A machine acts as its source and as nobody else. It may do what its agreement
//     names, on the shapes and departments it names, from the networks it names, as
//     often as it names. Everything else is refused, and the refusal is on the account.
//   - No key opens anything before the owner has signed the agreement himself, an
//     unrelated second person has approved it, and the source was begun. When the
//     agreement ends, so does all of it, at that moment and without anybody doing
//     anything. The end is announced before.
//   - What changes what a source may do ends its agreement.
//   - A secret is shown once, to whoever issued it, or in two halves to two people. What
//     is kept opens nothing: digests, public keys, and for HMAC a secret that is sealed.
//     Every key has an end; a new one may overlap the old for some days.
//   - A signed request counts once, within five minutes of its time, for the body that
//     it names.
//   - Over MLLP a message is acknowledged when what became of it is durable, in the
//     order of its connection, and one that is sent again is taken once.
//   - A source that should be heard of and is not is known to be silent, and its owner
//     is asked.
//   - A program reads for a person who let it, as that person and no further than its
//     scopes, as long as his session and its agreement last. By itself it reads nothing
//     of patients. What he let it read he sees, and takes back with the next request.
//   - A page of another site calls only from an origin that a live program registered.
//
// Decisions: docs/adr/0051-a-source-is-an-actor-with-an-agreement.md,
// docs/adr/0080-a-program-reads-for-a-person-and-for-nobody-else.md.
//
// Demands, B-085, C-018, C-033, C-044, C-137, D-068.
package source
