package house_test

import (
	"maps"
	"strings"
)

func init() {
	point := strings.Repeat("07", 65)
	maps.Copy(bodies, map[string]any{
		"makeExchangeKeys": map[string]any{"name": "第一医院"},
		"registerPartner": map[string]any{
			"recipient": "x", "credential": "x", "card": map[string]any{"org": "b", "name": "第二医院", "signer": point, "opener": point}, "until": "2027-01-01T00:00:00Z",
		},
		"approvePartner": map[string]any{"fingerprint": strings.Repeat("0", 16)},
		"sendPackage":    map[string]any{"partner": "x", "patient": "{patient}", "documents": []string{"x"}},
	})
}
