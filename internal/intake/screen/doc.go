// Package screen looks in bytes that came from outside for what could act where they are
// opened (D-070): scripts in HTML and XML, actions in PDF, macros in office files, and
// programs. It also asks a malware scanner, where the house has one.
//
// It tells by what the bytes are, never by what they are called, opens compressed parts
// up to a bound, runs nothing and renders nothing. It finds what is known to act; that
// it finds nothing is no proof.
//
// Demand: D-070.
package screen
