package house_test

import "maps"

func init() {
	writing := map[string]any{
		"code": "lis", "nameZh": "检验系统", "kinds": []string{"rest"}, "owner": "{person}", "purpose": "检验结果", "shapes": []string{"results"}, "networks": []string{"10.0.0.0/8"}, "perMinute": 60,
	}
	changed := maps.Clone(writing)
	changed["rev"] = 0
	maps.Copy(bodies, map[string]any{
		"registerSource": writing,
		"changeSource":   changed,
		"promiseSource":  map[string]any{"words": "仅用于检验结果", "since": "2026-03-02T00:00:00Z", "until": "2027-03-01T00:00:00Z"},
		"returnSource":   map[string]any{"words": "范围过大"},
		"suspendSource":  map[string]any{"words": "停机"},
		"endSource":      map[string]any{"words": "下线"},
		"issueSourceKey": map[string]any{"kind": "bearer", "until": "2026-09-01T00:00:00Z"},
	})
}
