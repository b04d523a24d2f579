// Package schema holds every migration of the store, on one timeline, and
// applies them.
//
// A migration is a file migrations/NNNN_room_what.sql in the form that goose
// reads, written once for both engines. What the engines write differently is a
// macro: {{text}} is text that compares by its bytes, {{bytes}} is binary,
// and {{final "table"}} makes the rows of a table impossible to change or
// remove. Whole numbers, truth values and times are BIGINT.
//
// The rows of every table are protected, that is accounted for in the audit
// ledger, except in the tables that [Upkeep] names.
package schema
