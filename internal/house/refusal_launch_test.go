package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"decideAfterwards": map[string]any{
			"sent": "2026-03-02T01:30:00Z", "outage": map[string]any{"since": "2026-03-02T00:00:00Z", "until": "2026-03-02T01:00:00Z"},
			"uses": []any{map[string]any{
				"event": "e1", "at": "2026-03-02T00:30:00Z", "person": map[string]any{"number": "{number}"}, "action": "open",
				"object": map[string]any{"kind": "patient", "patient": "{patient}"},
			}},
		},
		"settleUse":  map[string]any{"outcome": "accepted", "words": "夜间抢救"},
		"askLaunch":  map[string]any{"person": map[string]any{"number": "{number}"}, "patient": "{patient}"},
		"openLaunch": map[string]any{"link": "x"},
		"landLaunch": map[string]any{"claim": "x"},
	})
}
