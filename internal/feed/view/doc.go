// Package view reads tables of foreign systems: views of their databases, and lists
// that they leave in a folder.
//
// Promises:
//
//   - It reads where the operator said at start, and nowhere else: a connection is named
//     by its code, and neither an address nor a folder nor a statement comes from
//     outside.
//   - A database is only read: in a transaction that is read-only where the engine has
//     one, by statements made here of names that were checked.
//   - What is read is bounded in time, rows and bytes. A table that is larger is not
//     read in part: the caller is told.
//   - Every cell is text, in UTF-8, or marked as broken. Nothing is evaluated.
//
// SQL Server and Oracle are spoken to by the same face; no server of either was at hand
// when this was written.
package view
