package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"markSensitive":      map[string]any{"kinds": []string{"infectious"}},
		"proposeConsentRule": map[string]any{"kinds": []string{"none"}},
		"settleConsentRule":  map[string]any{"agree": true},
		"liftSensitive":      map[string]any{"words": "已排除"},
	})
}
