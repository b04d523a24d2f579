// Package synth makes a believable Chinese hospital out of a seed: an
// organisation with campuses, departments and staff, patients with identity
// and kin, their encounters, the clinical documents a ward writes about them,
// laboratory reports, vital signs and orders.
//
// The promise is sameness. [New] must return the same value, and [Encode]
// must write the same bytes, for the same seed and options on every platform:
// draws come from ChaCha8 streams keyed by seed and purpose, all arithmetic is
// on integers, no map is ranged over and no clock is read. A patient never
// depends on a later one, so asking for more patients leaves the first ones as
// they were.
//
// Nobody in it can be a real person:
//
//   - Identity numbers (GB 11643) carry a valid MOD 11-2 check digit but begin
//     with province code 39, which no edition of GB/T 2260 has assigned; the
//     citizen number is issued on an assigned division code only. Codes
//     beginning with 9 would not do: permanent residence cards for foreigners
//     have used them since December 2023.
//   - Mobile numbers begin with 154, a network number that the published
//     allocation list leaves to no operator.
//   - The province, city, streets and the hospital itself are invented.
//
// Clinical text is composed from this package's own sentence parts, coherent
// with the diagnosis, the age, the sex, the laboratory values and the vital
// signs of the same encounter. Document kinds are those of WS/T 500.
//
// The package has no store and no HTTP and imports only the standard library.
package synth
