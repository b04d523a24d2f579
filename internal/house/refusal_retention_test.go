package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"setRetentionHold":    map[string]any{"patient": "{patient}", "basis": "lawsuit", "words": "法院来函", "until": "{later}"},
		"drawUpDestruction":   map[string]any{"title": "2026 年第一批", "patients": []string{"{patient}"}, "words": "保存期满"},
		"appraiseDestruction": map[string]any{"rev": 0, "words": "无长期保存价值"},
		"approveDestruction":  map[string]any{"rev": 0, "words": "同意"},
		"stopDestruction":     map[string]any{"rev": 0, "words": "暂缓"},
		"witnessDestruction":  map[string]any{"rev": 0},
		"destroyRecords":      map[string]any{"rev": 0},
	})
}
