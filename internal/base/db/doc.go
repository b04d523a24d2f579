// Package db gives the house one store with one meaning over two engines:
// SQLite, embedded, and PostgreSQL.
//
// A [Store] reads in one snapshot and writes in one durable transaction. Both
// engines promise the same: a write that returned nil is on stable storage and
// is seen by every later read; a write that returned an error changed nothing;
// one result is read at a time; text compares by its bytes; the isolation is
// serialisable, so a function that runs inside [Store.Write] may check and then
// act. It may be run again and must have no effect but on the database.
//
// On SQLite one writer runs every transaction, each in a savepoint, and commits
// those that have gathered together once. On PostgreSQL transactions run side
// by side and are tried again when the engine finds that they collide; writes
// are queued and sent with the next question or with the commit, so an error of
// a write may be reported by a later call. Questions that do not depend on one
// another are asked in one round trip by [Reader.Together]; the functions that
// ask them need not know of each other.
//
// Rows are described by a [Table]: a Go struct whose fields name the columns.
// The SQL of a table's writes is made here and nowhere else, because the digest
// of a row, which the audit ledger keeps, must cover exactly what was written.
// Portable SQL is held to: placeholders $1, $2, … in the order of the text, times
// as BIGINT microseconds UTC, truth as BIGINT 0 and 1, no casts, no now(), no
// JSON operators, no FOR UPDATE. The conformance test in dbtest asks both
// engines every question on which they could differ.
package db
