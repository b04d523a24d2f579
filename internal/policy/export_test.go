package policy

import (
	"maps"
	"slices"
)

// UsedVerbs are the verbs that have a kind of use.
func UsedVerbs() []string { return slices.Sorted(maps.Keys(useByVerb)) }
