package plantest

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
)

// keptByGoose marks the one table that the migration tool keeps itself: it is
// upkeep, and neither migrated nor described here.
const keptByGoose = "goose"

var word = regexp.MustCompile(`[a-z][a-z0-9]*_[a-z0-9_]+`)

// againstTables finds tables that are described and not migrated or the other
// way round, that differ in being final or upkeep, that carry another room's
// name, or that another room names in its SQL.
func (p *plan) againstTables(t *tree) []string {
	var found []string
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	owner := map[string]string{}
	upkeep := map[string]bool{}
	for _, d := range t.tables {
		if support(d.folder) {
			continue
		}
		room, _ := p.roomOf(d.folder)
		if owner[d.name] != "" {
			say("table %s: described twice, in %s and in %s", d.name, owner[d.name], room)
		}
		owner[d.name], upkeep[d.name] = room, d.upkeep
		final, migrated := t.migrated[d.name]
		switch {
		case !migrated:
			say("table %s: described in %s and made by no migration", d.name, d.folder)
		case final != d.final:
			say("table %s: final in the migration is %t, in its description %t", d.name, final, d.final)
		}
		if prefix := path.Base(room) + "_"; len(d.name) < len(prefix) || d.name[:len(prefix)] != prefix {
			say("table %s: described in %s and not named %s…", d.name, d.folder, prefix)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.migrated)) {
		if owner[name] == "" {
			say("table %s: made by a migration and described nowhere", name)
		}
	}
	found = append(found, p.againstUpkeep(t, owner, upkeep)...)
	return append(found, p.againstForeignSQL(t, owner)...)
}

// againstUpkeep holds the three lists of upkeep tables together.
func (p *plan) againstUpkeep(t *tree, owner map[string]string, described map[string]bool) []string {
	var found []string
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	all := map[string]bool{}
	for name, yes := range described {
		if yes {
			all[name] = true
		}
	}
	for _, name := range t.upkeep {
		all[name] = true
	}
	for name := range p.upkeep {
		all[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		keeper, listed := p.upkeep[name]
		if !listed {
			say("table %s: upkeep, and not listed in ARCHITECTURE.md", name)
		}
		if !slices.Contains(t.upkeep, name) {
			say("table %s: upkeep, and not in schema.Upkeep", name)
		}
		switch {
		case listed && keeper == keptByGoose && owner[name] == "":
		case !described[name]:
			say("table %s: listed as upkeep and not described so", name)
		case listed && keeper != owner[name]:
			say("table %s: ARCHITECTURE.md says that %s keeps it, it is described in %s", name, keeper, owner[name])
		}
	}
	return found
}

// againstForeignSQL finds texts in which a room names a table of another, and
// exceptions to that of which nobody makes use.
func (p *plan) againstForeignSQL(t *tree, owner map[string]string) []string {
	var found []string
	used := map[string]bool{}
	for _, pack := range t.sorted() {
		room, _ := p.roomOf(pack.folder)
		if support(pack.folder) || pack.folder == "internal/schema" {
			continue
		}
		for _, text := range slices.Sorted(maps.Keys(pack.texts)) {
			for _, name := range word.FindAllString(text, -1) {
				of := owner[name]
				if of == "" || of == room {
					continue
				}
				used[pack.folder+" "+name] = true
				if !p.mayName(pack.folder, name) {
					found = append(found, fmt.Sprintf("%s names table %s, which belongs to %s", pack.texts[text], name, of))
				}
			}
		}
	}
	for _, r := range p.rules {
		if r.kind != "names" {
			continue
		}
		for _, folder := range r.subjects {
			for _, name := range r.targets {
				if !used[folder+" "+name] {
					found = append(found, fmt.Sprintf("rule '%s': %s no longer names %s", r.text, folder, name))
				}
			}
		}
	}
	return found
}

func (p *plan) mayName(folder, table string) bool {
	return slices.ContainsFunc(p.rules, func(r rule) bool {
		return r.kind == "names" && slices.Contains(r.subjects, folder) && slices.Contains(r.targets, table)
	})
}
