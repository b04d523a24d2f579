// Package bundle is the form in which a house is exported: tables as NDJSON with a
// schema for each, code lists, original files, and a signed manifest with the count and
// the digests of everything. It reads and verifies such a folder without a store, and
// makes and reads the receipt of whoever received one.
//
// The form is written down in docs/format/export.md, for whoever has to read it without
// this program.
package bundle
