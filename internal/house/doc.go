// Package house puts the rooms together: it opens the store and the keys, ties
// the hooks that lower rooms declare, and serves. It has no rules of its own.
//
// The tests that hold the plan of the house live here: that imports only go
// down the floors of ARCHITECTURE.md, that every table is described and either
// protected or listed as upkeep, that every route names its act, and that nobody
// in particular gets content from any of them.
package house
