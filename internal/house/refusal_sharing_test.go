package house_test

import (
	"maps"
	"strings"
)

func init() {
	digest := strings.Repeat("07", 32)
	maps.Copy(bodies, map[string]any{
		"receiveCase": map[string]any{
			"patient": "{patient}", "kind": "court", "agency": "法院", "basis": "民事诉讼法", "names": []string{"甲", "乙"},
			"presented": []any{map[string]any{"paper": "legal-document", "digest": digest}, map[string]any{"paper": "officer-ids", "digest": digest}},
		},
		"scopeCase":  map[string]any{"scope": map[string]any{"forms": []string{"C0034"}, "copies": true}, "assistant": "{person}", "until": "2026-03-09T00:00:00Z"},
		"refuseCase": map[string]any{"words": "文书不符"},
		"maskCase":   map[string]any{"items": []any{}},
		"askClaims": map[string]any{
			"kind": "review", "insurer": "医疗保障局", "basis": "insurance-fund", "article": "社会保险法", "reviewer": "{person}", "until": "2026-03-09T00:00:00Z",
			"certificate": "x", "claims": []any{map[string]any{"number": "1", "encounter": "x"}},
		},
		"approveClaims": map[string]any{},
		"handOver":      map[string]any{"manner": "viewed", "documents": []string{"x"}},
		"takeBack":      map[string]any{"handover": "x", "outcome": "returned"},
	})
}
