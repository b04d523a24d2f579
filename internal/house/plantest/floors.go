package plantest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// againstFloors finds imports that do not go down, packages of no room and rooms
// that are not there. Tests keep to the floors, but may lean on the test support
// of any.
func (p *plan) againstFloors(t *tree) []string {
	var found []string
	lived := map[string]bool{}
	for _, pack := range t.sorted() {
		room, floor := p.roomOf(pack.folder)
		if room == "" {
			found = append(found, pack.folder+": stands on no floor of ARCHITECTURE.md")
			continue
		}
		lived[room] = true
		for _, target := range slices.Sorted(maps.Keys(pack.all)) {
			to, below := p.roomOf(target)
			if to == "" || to == room || below > floor || support(target) && pack.product[target] == nil {
				continue
			}
			found = append(found, fmt.Sprintf("%s imports %s, which is not on a floor below", pack.all[target][0], target))
		}
	}
	for _, floor := range p.floors {
		for _, room := range floor {
			if !lived[room] {
				found = append(found, room+": named in the floors and not in the tree")
			}
		}
	}
	return found
}

// roomOf returns the room that a folder belongs to and its floor, counted
// downwards; nothing for what is not of this project.
func (p *plan) roomOf(folder string) (room string, floor int) {
	for i, rooms := range p.floors {
		for _, r := range rooms {
			if len(r) > len(room) && matches(r+"/...", folder) {
				room, floor = r, i
			}
		}
	}
	return room, floor
}

var emptyNames = []string{"common", "helper", "helpers", "misc", "model", "models", "service", "services", "shared", "util", "utils"}

// againstNames finds packages without one charter, names that say nothing, and
// product code that leans on test code.
func againstNames(t *tree) []string {
	var found []string
	for _, pack := range t.sorted() {
		for element := range strings.SplitSeq(pack.folder, "/") {
			if slices.Contains(emptyNames, element) {
				found = append(found, fmt.Sprintf("%s: %q does not say what is in it", pack.folder, element))
			}
		}
		if pack.name != "" && len(pack.charter) != 1 {
			found = append(found, fmt.Sprintf("%s: has %d package comments %v, want one", pack.folder, len(pack.charter), pack.charter))
		}
		if support(pack.folder) {
			continue
		}
		for _, target := range slices.Sorted(maps.Keys(pack.product)) {
			if _, ours := t.packages[target]; ours && support(target) {
				found = append(found, fmt.Sprintf("%s imports %s, which is for tests", pack.product[target][0], target))
			}
		}
	}
	return found
}
