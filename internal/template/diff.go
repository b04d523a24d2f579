package template

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// Change is one part of a definition that differs between two versions.
type Change struct {
	Path string   `json:"path" example:"sections.vital_signs.fields.pulse"`
	Kind string   `json:"kind" enum:"added,removed,changed,moved"`
	What []string `json:"what" doc:"the properties that changed"`
	Was  string   `json:"was,omitempty" doc:"JSON of what changed, before"`
	Is   string   `json:"is,omitempty" doc:"and after"`
}

// Kinds of change.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
	Moved   = "moved" // stands elsewhere among its neighbours
)

// part is a piece of a content that is compared as one.
type part struct {
	path  string
	props map[string]json.RawMessage
}

// Diff tells in what one content differs from another: by section, field, rule, entry of
// the standard and sample.
func Diff(was, is Content) ([]Change, error) {
	before, err := partsOf(was)
	if err != nil {
		return nil, err
	}
	after, err := partsOf(is)
	if err != nil {
		return nil, err
	}
	old, fresh := byPath(before), byPath(after)
	all := []Change{}
	for _, p := range after {
		earlier, known := old[p.path]
		if !known {
			all = append(all, Change{Path: p.path, Kind: Added, What: []string{}, Is: written(p.props, nil)})
			continue
		}
		if what := differing(earlier.props, p.props); len(what) > 0 {
			all = append(all, Change{Path: p.path, Kind: Changed, What: what, Was: written(earlier.props, what), Is: written(p.props, what)})
		}
	}
	for _, p := range before {
		if _, kept := fresh[p.path]; !kept {
			all = append(all, Change{Path: p.path, Kind: Removed, What: []string{}, Was: written(p.props, nil)})
		}
	}
	return append(all, movedIn(before, after, old, fresh)...), nil
}

// movedIn names the first part that stands elsewhere among those that both have: an
// order is one thing, however many stand differently in it.
func movedIn(before, after []part, old, fresh map[string]part) []Change {
	common := func(all []part, in map[string]part) []string {
		var paths []string
		for _, p := range all {
			if _, both := in[p.path]; both {
				paths = append(paths, p.path)
			}
		}
		return paths
	}
	was, is := common(before, fresh), common(after, old)
	for i := range was {
		if was[i] != is[i] {
			return []Change{{Path: is[i], Kind: Moved, What: []string{}}}
		}
	}
	return nil
}

func partsOf(c Content) ([]part, error) {
	var all []part
	var failed error
	add := func(path string, v any, without ...string) {
		text, err := json.Marshal(v)
		props := map[string]json.RawMessage{}
		if err == nil {
			err = json.Unmarshal(text, &props)
		}
		if err != nil {
			failed = err
		}
		for _, key := range without {
			delete(props, key)
		}
		all = append(all, part{path, props})
	}
	add("form", struct {
		Kind  string `json:"kind"`
		Title any    `json:"title"`
		Facts any    `json:"facts"`
	}{c.Kind, c.Definition.Title, c.Definition.Facts})
	add("standard", c.Standard, "entries")
	for _, s := range c.Definition.Sections {
		add("sections."+s.Key, s, "fields")
		for _, f := range s.Fields {
			add("sections."+s.Key+".fields."+f.Key, f)
		}
	}
	for _, r := range c.Definition.Rules {
		add("rules."+r.Key, r)
	}
	for _, e := range c.Standard.Entries {
		add("standard.entries."+e.Field, e)
	}
	for _, s := range c.Samples {
		add("samples."+s.Name, s)
	}
	return all, failed
}

func byPath(all []part) map[string]part {
	by := make(map[string]part, len(all))
	for _, p := range all {
		by[p.path] = p
	}
	return by
}

func differing(was, is map[string]json.RawMessage) []string {
	var what []string
	for key := range maps.Keys(is) {
		if !bytes.Equal(was[key], is[key]) {
			what = append(what, key)
		}
	}
	for key := range maps.Keys(was) {
		if _, kept := is[key]; !kept {
			what = append(what, key)
		}
	}
	slices.Sort(what)
	return what
}

// written is some properties as JSON, all where none are named.
func written(props map[string]json.RawMessage, which []string) string {
	shown := props
	if which != nil {
		shown = map[string]json.RawMessage{}
		for _, key := range which {
			if value, has := props[key]; has {
				shown[key] = value
			}
		}
	}
	text, err := json.Marshal(shown)
	if err != nil {
		return ""
	}
	return string(text)
}
