package plantest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// againstRules finds product code that breaks a rule, and rules that name what
// is no longer there.
func (p *plan) againstRules(t *tree) []string {
	var found []string
	for _, r := range p.rules {
		if r.kind == "names" {
			continue
		}
		found = append(found, r.stale(t)...)
		for _, pack := range t.sorted() {
			if support(pack.folder) {
				continue
			}
			named := matchesAny(r.subjects, pack.folder)
			switch {
			case r.kind == "only" && !named, r.kind == "never" && named:
				for _, target := range r.hits(pack) {
					found = append(found, fmt.Sprintf("%s imports %s, against: %s", pack.product[target][0], target, r.text))
				}
			case r.kind == "unreachable" && named:
				if chain := t.chain(pack.folder, r.targets); chain != nil {
					found = append(found, fmt.Sprintf("%s, against: %s", strings.Join(chain, " imports "), r.text))
				}
			}
		}
	}
	return found
}

// hits returns the forbidden imports of a package.
func (r rule) hits(p *pack) []string {
	var hits []string
	for _, target := range slices.Sorted(maps.Keys(p.product)) {
		if matchesAny(r.targets, target) {
			hits = append(hits, target)
		}
	}
	return hits
}

// stale finds names in a rule to which nothing answers, and exceptions nobody uses.
func (r rule) stale(t *tree) []string {
	var found []string
	for _, subject := range r.subjects {
		there, used := false, false
		for _, pack := range t.packages {
			if matches(subject, pack.folder) {
				there, used = true, used || len(r.hits(pack)) > 0
			}
		}
		if !there || r.kind == "only" && !used {
			found = append(found, fmt.Sprintf("rule '%s': nothing answers to %s", r.text, subject))
		}
	}
	for _, target := range r.targets {
		if !t.knows(target) {
			found = append(found, fmt.Sprintf("rule '%s': nothing answers to %s", r.text, target))
		}
	}
	return found
}

// knows reports whether a pattern names a package of the project or anything
// that one of them imports.
func (t *tree) knows(pattern string) bool {
	for _, pack := range t.packages {
		if matches(pattern, pack.folder) {
			return true
		}
		for target := range pack.all {
			if matches(pattern, target) {
				return true
			}
		}
	}
	return false
}

// chain returns the shortest way of product imports from a folder to one of the
// targets, or nil.
func (t *tree) chain(from string, targets []string) []string {
	ways := [][]string{{from}}
	seen := map[string]bool{from: true}
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		here := t.packages[way[len(way)-1]]
		if here == nil {
			continue
		}
		for _, target := range slices.Sorted(maps.Keys(here.product)) {
			next := append(slices.Clone(way), target)
			if matchesAny(targets, target) {
				return next
			}
			if !seen[target] {
				seen[target] = true
				ways = append(ways, next)
			}
		}
	}
	return nil
}
