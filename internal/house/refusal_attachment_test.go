package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"takeAttachment": map[string]any{"document": "x", "number": 1, "profile": "office", "case": "1", "signed": true},
	})
}
