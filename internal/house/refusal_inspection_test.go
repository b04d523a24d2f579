package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"prepareDraw": map[string]any{"kind": "patient"},
		"sayNumber":   map[string]any{"number": 7},
	})
}
