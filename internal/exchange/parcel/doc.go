// Package parcel is the form in which one house hands documents to another: a package,
// one file (交换包).
//
// A package is signed by whoever sends it and sealed to whoever it is for. Anybody can
// tell without a key whether it is whole and whose signature it bears; only the holder
// of the opening key learns what it holds. Its layout is docs/format/package.md.
//
// Promises:
//
//   - A package that was altered, cut short or lengthened by one byte is refused.
//   - What a package holds is named in a manifest with the length, SM3 and SHA-256 of
//     each item; an item too many, too few or another is refused.
//   - Nothing is written but by who calls: names are plain, and no path leads out.
//   - Everything is bounded by [Limits].
//   - The head, which anybody can read, names no patient and no content.
//
// Demands: B-079, D-067, C-145.
package parcel
