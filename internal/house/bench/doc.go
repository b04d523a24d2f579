// Package bench measures the machine it runs on: what a hospital sizes its
// hardware with. It works in a store of its own, born for the measurement with
// an invented hospital in it, and never touches another.
//
// Everything measured is the product as it serves: the delivered rules, sealed
// content, the ledger placing and signing beside it, every answer durable. The
// callers run in the same process and take their share of the same processors.
package bench
