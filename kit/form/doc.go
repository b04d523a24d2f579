// Package form holds forms as data: sections, fields with their kind, unit, range and
// purpose, conditions, repeating groups, computed fields, and rules over several fields
// in the Common Expression Language (cel.dev).
//
// A [Definition] is read from JSON and compiled once into a [Form]; what is wrong with
// it is told with the place, all at once. [Form.Check] judges answers. The same check is
// written for browsers in ui/src/kit/form; both give the same verdict, which a test holds
// on thousands of random forms. The server's verdict is the one that counts.
//
// An answer that is null, the empty text or the empty list counts as not given. In an
// expression what is not given is null. An expression that cannot be evaluated, in most
// cases because it needs what is not given, holds nothing against anybody: a rule then
// does not apply, a condition is not met, a computed field stays empty.
package form
