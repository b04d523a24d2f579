// Package plantest holds the tree to its plan: it reads the floors, the rules and
// the upkeep tables from ARCHITECTURE.md, reads every Go file and migration
// beside it, and reports where the two differ.
//
// It must report both ways: a file that breaks the plan, and a line of the plan
// that nothing in the tree answers to any more. Package house runs it over the
// project and over small trees into which a breach was planted.
package plantest

import (
	"io/fs"
	"slices"
)

// Findings returns one line for each difference between the project in fsys and
// the plan in its ARCHITECTURE.md, sorted. An error says that one of the two
// could not be read.
func Findings(fsys fs.FS) ([]string, error) {
	p, err := readPlan(fsys)
	if err != nil {
		return nil, err
	}
	t, err := readTree(fsys)
	if err != nil {
		return nil, err
	}
	found := slices.Concat(p.againstFloors(t), p.againstRules(t), againstNames(t), p.againstTables(t))
	slices.Sort(found)
	return slices.Compact(found), nil
}
