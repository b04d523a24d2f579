// Package cda reads, checks, shows, changes and writes HL7 CDA R2 documents, and
// the 53 kinds of shared documents that WS/T 500 makes of them. It knows the
// documents; it does not know hospitals, stores or networks.
//
// Promises:
//
//   - Lossless: for every document that [Parse] accepts, [Document.Bytes] writes the
//     tree back byte for byte: comments, white space, prefixes, quotes, byte order
//     mark and character set included. Changing one element changes only its bytes.
//   - Nothing dropped silently: what no typed view reads is listed in
//     [Reading.Rest], with a path that [Document.At] finds again, and is shown.
//   - Bounded: size, depth, number of elements and attributes, and length of text
//     have limits ([Limits]); a DTD is refused before any entity could be declared.
//   - Inert: nothing is ever fetched. Narrative becomes a tree of plain text;
//     attachments get names of our own making, and those of kinds that could run
//     are withheld.
//   - Quiet: a [Finding] names a place, a rule and a remedy, and must never repeat
//     what an element says.
//   - Pure: no clock, no files, no network.
//
// [Parse] gives the tree, [Document.Read] the typed header, sections and entries,
// [Document.Check] the findings against the profile, [Document.View] what a person
// reads, [Document.Attachments] what is not text, and [Build] a new document.
//
// Documents may be read from several goroutines at once while none changes them.
//
// The tables of kinds, sections and data elements are facts gathered from two
// independent implementations of WS/T 500-2016, not the standard's text: they warn
// and do not refuse. Sources: HL7 CDA R2 (2005), HL7 V3 data types R1, WS/T
// 500.1–500.53-2016, WS 363/364-2011, GB 11643-1999, GB/T 2261.
//
// Demands: B-061, S04.
package cda
