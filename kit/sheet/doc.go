// Package sheet writes and reads lists as CSV and as XLSX so that every cell is text.
//
// Promises:
//
//   - no program that opens the file takes a cell for a formula: in CSV what could
//     begin one is led by an apostrophe, in XLSX every cell is typed as a string;
//   - the same table gives the same bytes: no clock and no random number goes in;
//   - the mark stands in the file where a person sees it, first and last, and in
//     XLSX in the header and footer of the page and the properties of the document too;
//   - nothing is written to disk: what leaves may be secret;
//   - what is read is not evaluated, a cell with a formula is named, and a workbook that
//     unfolds to more than 64 MB, or a list of more rows than were asked for, is not
//     unfolded.
//
// Demands: D-038, B-062, A-140.
package sheet
