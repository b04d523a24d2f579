package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"openHandover":         map[string]any{"ground": "merger", "words": "两院合并", "partner": "x", "until": "2027-01-01T00:00:00Z"},
		"bringHandoverReceipt": map[string]any{"receipt": "eA==", "signature": "eA=="},
	})
}
