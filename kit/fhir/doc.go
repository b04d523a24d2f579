// Package fhir reads HL7 FHIR R4 (4.0.1) JSON that a foreign system handed over,
// for an importer that must lose nothing and be harmed by nothing.
//
// It promises:
//
//   - Bounded. Size, nesting, number of values, string and number length are
//     limited before they cost memory ([Limits]); what exceeds a limit is
//     refused with a [Problem] that names it.
//   - Lossless. [Input.Raw] and every [Entry.Raw] are slices of the bytes
//     received. Numbers stay as they were written ([Decimal]), dates keep their
//     precision and zone ([DateTime]), unknown elements stay in the raw bytes.
//   - Inert. It must never fetch anything, and narrative is turned into plain
//     text with everything active dropped and reported ([Narrative]).
//   - Explained. Every fault names the element, the rule and the remedy in
//     Chinese and English and never quotes what the element held, so a problem
//     may be logged without telling a patient's data.
//
// The order of use is [Open], then per entry [Check], [Entry.References],
// [Input.Resolve] and the typed views ([ReadPatient], [ReadObservation], …).
// Views hold the elements an importer maps; everything else is in the raw bytes.
//
// An id given by the sender is not an identity: the same client id recurs over
// bundles that describe different people. [Entry.Key] names an entry only
// inside its own input.
//
// What it does not do: XML (recognised and refused as fhir.xml), profiles,
// slicing, FHIRPath, terminology beyond the required code sets of the modelled
// elements, and writing.
package fhir
