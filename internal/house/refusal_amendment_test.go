package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"writeAmendment":        map[string]any{"rev": 1, "kind": "wording"},
		"withdrawAmendment":     map[string]any{"words": "核对后无误"},
		"decideAmendment":       map[string]any{"approve": true},
		"acknowledgeAmendment":  map[string]any{"state": "acknowledged"},
		"proposeAmendmentRules": map[string]any{"words": "放宽期限", "rules": []any{map[string]any{"kind": "*", "state": "signed", "who": "either", "approval": "none", "days": 30}}},
		"settleAmendmentRules":  map[string]any{"agree": true},
		"complainOfDocument":    map[string]any{"ground": "deceit", "words": "患者称未被告知"},
		"settleComplaint":       map[string]any{"state": "quarantined", "words": "待核实"},
		"reviewSuspicion":       map[string]any{"state": "cleared", "words": "经核实"},
		"checkClaims":           map[string]any{"task": "x", "claims": []any{map[string]any{"number": "1", "field": "diagnosis", "value": "x"}}},
	})
}
