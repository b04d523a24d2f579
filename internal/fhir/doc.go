// Package fhir is the face in which the house speaks HL7 FHIR R4 to apps: reading,
// searching and the versions of what its rooms hold, and handing in through intake.
//
// It has no tables, no rules and no acts of its own. Each request is the act of the room
// whose content it is, under the verb that the interface for people uses too.
//
// Promises:
//
//   - Whoever may not read something on the screen does not read it here. Lists, totals
//     and $everything hold what opening would allow; what is masked on the screen is not
//     told here at all, and says so.
//   - An answer leaves when its account is durable, and a refusal is an
//     OperationOutcome with the conditions and their remedies in the reader's language.
//     What is absent is refused as a stranger's.
//   - A parameter that is not known is refused rather than passed over, unless the caller
//     asks for that with Prefer: handling=lenient, and then he is told.
//   - The CapabilityStatement is made from the table by which requests are answered.
//   - A program does not go beyond the scopes of its token, whatever its person may.
//   - A source changes what it brought, in the version that it has seen, and nothing else.
//   - Bulk data leaves by a person's case of room output, and by nothing else.
//
// Decisions: docs/adr/0058-fhir-resources-are-composed-of-what-rooms-publish.md,
// docs/adr/0084-a-program-updates-what-its-source-brought.md.
//
// Demands, C-137.
package fhir
