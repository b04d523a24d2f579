// Package web is the ground that every HTTP face stands on: problem documents
// (RFC 9457) in the reader's language, bounded decoding, cursor paging, security
// headers, and operations that name the act behind them.
//
// Every operation is declared with [Handle] and says which act it performs, or
// that it is open to nobody in particular and why. A test of package house walks
// all of them: an operation that answers nobody with content fails the build.
package web
