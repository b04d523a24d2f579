// Package identity knows who is at the other end: accounts, passwords, second
// factors, sessions and the signing keys of people.
//
// It owns the protected tables identity_account, identity_password,
// identity_factor, identity_recovery_code, identity_recovery, identity_key,
// identity_key_end, identity_rules, identity_finding, identity_way, identity_link,
// identity_window, identity_face and identity_acknowledgement, and of upkeep identity_session,
// identity_attempt, identity_assertion, identity_use, identity_ceremony and
// identity_denial. Its acts are
//
//   - sign-in, sign-out, sign-out-everywhere, step-up, lock-session,
//     unlock-session, list-sessions, end-session;
//   - create-account, list-accounts, reset-password, disable-account,
//     lock-account, unlock-account;
//   - change-password, report-leak;
//   - enrol-factor, confirm-factor, end-factor, list-factors, renew-codes;
//     ask-recovery, approve-recovery, decline-recovery, list-recoveries;
//   - set-way, try-way, list-ways, link, end-link, list-links, send-code;
//     ask-window, decide-window, list-windows; enrol-face, end-face, list-faces;
//   - view-rules, set-rules; list-findings, dispose-finding, acknowledge and, done
//     by the house itself, reconcile.
//
// Each leaves one ledger entry under its own name. What failed because
// somebody could not show who he is leaves an entry with the outcome refused and
// the account that was tried; attempts on names of no account, and attempts
// during a delay, are counted and recorded together.
//
// Its promises:
//
//   - One person has one account and one account has one person. Names that say
//     a post instead of a person are refused.
//   - A password is kept only as an argon2id hash, a session's token only as its
//     SM3 digest, a recovery code only as its blind index, and the secret of a
//     factor sealed under its holder's key. None must ever reach a log, a ledger
//     entry or an error.
//   - A code of a factor is good once.
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
//   - A password that somebody else has seen, that is too old or less than the
//     rules ask for gives nothing but the right to change it. Whether it is so is
//     asked when somebody signs in; a session that runs is not cut.
//   - No number of failures locks an account; somebody decides it.
//   - A role that asks for a second factor gives nothing without one, and from
//     outside nothing is given without one at all. Marked acts ask again after ten
//     minutes.
//   - Taking somebody's factors from him takes two people who have nothing to do
//     with one another in it, tells him, and replaces his signing key.
//   - A session whose browser keeps a key counts in that browser only. A locked one
//     counts for nothing until its person has unlocked it.
//   - A way that the hospital owns says who somebody is and nothing else: the
//     account, its person and what he may do are the house's own. What nobody has
//     bound to an account by an act never opens one.
//   - A face is enrolled by a statement that its person has signed, is compared with that
//     one person's template alone, is never somebody's only way, and is erased when he
//     says so. What fails at it slows no password.
//   - While a directory does not answer, nobody waits for it longer than five
//     seconds, and passwords of this house are taken unless the hospital says
//     otherwise; never does it lock out whoever set it, or an emergency account.
//   - Where a VPN is asked for, a request from outside is good with its gateway's
//     word alone, once, or over a connection on which the gateway shows its
//     certificate; a request from inside is never asked for it. What a gateway
//     passes on comes from outside, wherever the gateway stands.
//   - What is said of a place is asked of each request, and of an hour at each
//     look at a session.
//   - In a real store nobody signs in without a password, and in none does
//     anybody read a private signing key.
//
// Demands,
// A-153, B-056, B-103, B-105, B-106, B-107, C-024, D-043, D-044, D-053, E-052,
// E-142, E-143, E-145, E-146, E-147.
package identity
