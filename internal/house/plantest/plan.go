package plantest

import (
	"fmt"
	"io/fs"
	"strings"
)

// plan is what ARCHITECTURE.md says in its fenced blocks floors, rules and upkeep.
type plan struct {
	floors [][]string // the highest first; folders of rooms
	rules  []rule
	upkeep map[string]string // table → folder of the room that keeps it, or goose
}

// rule limits the imports of product code beyond the floors, or lets a room name
// tables of another.
type rule struct {
	kind     string // never, unreachable, only, names
	subjects []string
	targets  []string
	text     string
}

func readPlan(fsys fs.FS) (plan, error) {
	text, err := fs.ReadFile(fsys, "ARCHITECTURE.md")
	if err != nil {
		return plan{}, err
	}
	p := plan{upkeep: map[string]string{}}
	for _, name := range []string{"floors", "rules", "upkeep"} {
		lines, err := block(string(text), name)
		if err != nil {
			return plan{}, err
		}
		for _, line := range lines {
			if err := p.take(name, line); err != nil {
				return plan{}, fmt.Errorf("ARCHITECTURE.md, block %s, %q: %w", name, line, err)
			}
		}
	}
	return p, nil
}

// block returns the lines of the fenced block of that name, without comments.
func block(text, name string) ([]string, error) {
	_, after, found := strings.Cut(text, "\n```"+name+"\n")
	body, _, closed := strings.Cut(after, "\n```")
	if !found || !closed {
		return nil, fmt.Errorf("ARCHITECTURE.md has no block %s", name)
	}
	var lines []string
	for line := range strings.Lines(body) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

func (p *plan) take(block, line string) error {
	switch block {
	case "floors":
		p.floors = append(p.floors, strings.Fields(line))
		return nil
	case "rules":
		r, err := parseRule(line)
		p.rules = append(p.rules, r)
		return err
	}
	table, room, ok := strings.Cut(line, " ")
	if !ok {
		return fmt.Errorf("want a table and the room that keeps it")
	}
	p.upkeep[table] = strings.TrimSpace(room)
	return nil
}

func parseRule(line string) (rule, error) {
	rest, reason, ok := strings.Cut(line, " : ")
	if !ok || strings.TrimSpace(reason) == "" {
		return rule{}, fmt.Errorf("a rule ends in ' : ' and its reason")
	}
	left, right, ok := strings.Cut(rest, " -> ")
	words := strings.Fields(left)
	if !ok || len(words) < 2 || strings.TrimSpace(right) == "" {
		return rule{}, fmt.Errorf("want 'kind folder… -> import…'")
	}
	r := rule{kind: words[0], subjects: words[1:], targets: strings.Fields(right), text: strings.TrimSpace(rest)}
	switch r.kind {
	case "never", "unreachable", "only", "names":
		return r, nil
	}
	return r, fmt.Errorf("unknown kind of rule %q", r.kind)
}

// matches reports whether path is what pattern names: itself, or with a trailing
// /... everything at or below it.
func matches(pattern, path string) bool {
	if above, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == above || strings.HasPrefix(path, above+"/")
	}
	return path == pattern
}

func matchesAny(patterns []string, path string) bool {
	for _, p := range patterns {
		if matches(p, path) {
			return true
		}
	}
	return false
}
