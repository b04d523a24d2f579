package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"proposeDebarment": map[string]any{
			"kind": "organisation", "reason": "sold", "name": "某数据公司", "basis": "个人信息保护法第十条", "facts": "转售名单", "evidence": []any{map[string]any{"what": "判决"}},
			"review": "2026-09-01T00:00:00Z",
		},
		"settleDebarment":   map[string]any{"rev": 0, "agree": true},
		"changeDebarment":   map[string]any{"rev": 0, "end": true, "words": "撤销"},
		"judgeDebarmentHit": map[string]any{"verdict": "noted", "words": "已告知"},
		"traceLeakedCopy":   map[string]any{"code": "x"},
	})
}
