package house_test

import "maps"

func init() {
	operations := map[string]any{
		"department": "{department}",
		"operations": []any{map[string]any{
			"number": "S1", "recordNumber": "{number}", "planned": "2026-03-05T00:00:00Z",
			"performers": []any{map[string]any{"person": "{person}", "role": "surgeon"}},
		}},
	}
	maps.Copy(bodies, map[string]any{
		"askFor":            map[string]any{"kind": "imaging", "department": "{department}"},
		"previewOperations": operations,
		"planOperations":    operations,
		"putOnWorklist":     map[string]any{"task": "coding", "person": "{person}", "due": "2026-03-05T00:00:00Z"},
		"reassignItem":      map[string]any{"person": "{person}"},
	})
}
