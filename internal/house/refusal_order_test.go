package house_test

import (
	"maps"

	"github.com/medward/medward/internal/order"
)

func init() {
	rules, err := order.Starter()
	if err != nil {
		panic(err)
	}
	maps.Copy(bodies, map[string]any{
		"decideOrderConflict": map[string]any{"decision": "keep", "reason": "血钾已复查"},
		"reportStock":         map[string]any{"items": []any{map[string]any{"code": "J01CE01", "name": "青霉素", "place": "住院药房", "state": "out", "at": "2026-03-01T00:00:00Z"}}},
		"loadOrderRules":      map[string]any{"rules": rules},
		"approveOrderRules":   map[string]any{"number": 1},
	})
}
