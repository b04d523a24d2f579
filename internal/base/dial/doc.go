// Package dial is the one way out of the house: it posts to web addresses and
// hands mail to servers, at registered destinations only.
//
// Its promises:
//
//   - an address inside (loopback, private, shared, link-local, reserved) is
//     refused after its name was resolved, unless the destination was registered
//     as internal; link-local addresses, where clouds answer for credentials, are
//     refused always;
//   - a redirect is a failure and is never followed, a proxy of the environment is
//     never asked, and what is read of an answer is bounded;
//   - a guarded dialer asks first whether the destination is registered to receive what
//     goes there, each time, before a name is resolved;
//   - TLS is verified, at least 1.2. Only an internal destination may be registered
//     as plain.
//
// What is sent is the caller's affair: it must hold no patient content.
//
// Demands: C-130, D-049.
package dial
