// Package vault keeps what is secret: the keys of the house, the data key of
// every subject, and the sealing of content under them.
//
// A subject is what owns a data key: a patient, a person or the house itself.
// Content and direct identifiers are sealed under the subject's key and bound to
// the [Place] where they are kept, so that sealed bytes moved to another row,
// version or field do not open. A data key is kept in the store wrapped under an
// epoch key, which only the [Provider] holds; the provider given here is the
// [Keyring], a file sealed with a passphrase, which must lie outside every data
// and backup folder of a real store ([RefuseInside]).
//
// Destroying a subject removes its wrapped key. Copies of the database made
// before still hold it: they become unreadable when [Vault.Rotate] has wrapped
// the living keys under a new epoch and destroyed the old epoch's key in the
// keyring. Until then destruction must not be reported as done.
//
// The vault also holds the key of the rows that grant power ([Vault.MACRow]), the
// signing key of the audit ledger ([Vault.LedgerSigner]), the blind indexes by
// which a number can be found without being readable ([Vault.Blind]), and the
// signing keys of people, which are opened for one signing session.
//
// It owns the tables vault_key and vault_rotation, both keyed, and has no acts of
// its own: whoever creates, destroys or rotates does so within an act and passes
// the writer. It meets E-154 and A-057. Formats: docs/format/vault.md.
package vault
