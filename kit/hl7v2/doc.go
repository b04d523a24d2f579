// Package hl7v2 reads, checks, changes and writes HL7 v2 messages in the ER7
// (vertical bar) encoding. It knows the encoding and the common data types; it
// does not know hospitals, stores or networks.
//
// Promises:
//
//   - Lossless: for every message that [Parse] accepts, [Message.Bytes] gives the
//     very bytes that were read. Changing one field changes only that field's bytes.
//   - Character sets before delimiters: the second byte of a GB 18030 character can
//     equal any usual delimiter, so no delimiter is looked for inside a character.
//   - Bounded: no input makes the package panic, loop or allocate more than a small
//     multiple of its own size. Each bound is a constant in this package, and
//     exceeding it is a [Problem] with its own [Rule].
//   - Quiet: a Problem names places and rules and must never repeat what a field
//     says, so it may be logged and returned to a sender.
//   - Pure: no clock, no files, no global state. Callers give the time.
//
// A file or a stream of framed messages is first cut by [Split]; each part then goes
// through Parse and [Check]. Values are addressed as in the standard's own texts:
//
//	PID-5.1        first component of patient name
//	PID-3(2).4.1   second repetition, fourth component, first subcomponent
//	OBX[3]-5       observation value of the third OBX
//
// Messages may be read from several goroutines at once while none changes them.
//
// Sources: HL7 v2.5.1 and v2.7 chapter 2 (encoding, escapes, MSH, MSA, ERR), chapter
// 2A (data types), tables 0211 (character sets) and 0357 (error conditions).
package hl7v2
