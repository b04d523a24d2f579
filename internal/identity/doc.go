// Package identity knows who is at the other end: accounts, passwords, sessions
// and the signing keys of people.
//
// It owns identity_account and identity_key, which are protected, and
// identity_session and identity_attempt, which are upkeep. Its acts are
// identity.sign-in, identity.sign-out, identity.sign-out-everywhere,
// identity.create-account, identity.reset-password, identity.change-password,
// identity.disable-account and identity.list-accounts; each leaves one ledger
// entry under its own name. A sign-in that failed leaves an entry with the
// outcome refused and the account that was tried; attempts on names of no
// account, and attempts during a delay, are counted and recorded together.
//
// Its promises:
//
//   - One person has one account and one account has one person. Names that say
//     a post instead of a person are refused.
//   - A password is kept only as an argon2id hash, a session's token only as its
//     SM3 digest. Neither must ever reach a log, a ledger entry or an error.
//   - The same work is done whether a name exists or not: one hash and one
//     commit.
//   - Guessing is slowed, for the name at its address, for the address and for
//     the name; no delay grows beyond a minute, and a flood from elsewhere must
//     never keep people from the place where they work.
//   - A session ends after eight hours, after thirty idle minutes, at sign-out,
//     and when its account is disabled or its password reset: at once in the
//     process that did it, within two seconds in every other. What a person may
//     do follows the appointments live at that moment, in the same time.
//   - A forged session, account or appointment must lead to a refusal and an
//     alarm, and never to access.
//   - A password that somebody else has seen gives nothing but the right to
//     change it.
//   - In a real store nobody signs in without a password, and in none does
//     anybody read a private signing key.
//
// Second factors, lock-out by decision, password history and expiry attach to
// [Account], to the rules in password.go and to the end of signIn.
//
// Demands, B-056, B-103, C-024, D-043, E-052, E-142.
package identity
