// Package consent is the ledger of what patients agreed to, refused, took back and
// were told (患者同意与告知).
//
// It owns consent_template, consent_record, consent_guardian, consent_notice and
// consent_exemption, consent_authorisation and consent_code. Its acts are consent.publish, consent.give, consent.refuse,
// consent.withdraw, consent.notify, consent.set-guardian, consent.exempt,
// consent.end-exemption, consent.list, consent.list-exemptions, consent.view,
// consent.screen, consent.send-code, consent.confirm-code and, done by the house itself, consent.clock.
//
// Promises:
//
//   - a consent is for one patient, for purposes, categories and recipients, and ends
//     at a moment or stands until withdrawn with a day of review;
//   - it is read in the act that needs it, so that a withdrawal counts from the next
//     access of every session; what cannot be read is a no;
//   - care asks for none: which purposes do is for the rulebook to say;
//   - who gave it is known: patient, guardian or near relative, with the identity
//     document sealed. A guardian's power, and what rests on it, ends on its day: for
//     a minor, the eighteenth birthday;
//   - an authorisation to read the history of other institutions is for one encounter and
//     ends with it; a code that is told for it serves once, for ten minutes, three tries;
//   - going on without consent cites an article of law, says the facts, has an end
//     and is approved by somebody else than who asks.
//
// Demands: A-079, B-006, B-015, B-016, B-093, B-094, C-066, C-069, C-128.
package consent
