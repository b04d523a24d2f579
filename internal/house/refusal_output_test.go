package house_test

import "maps"

func init() {
	maps.Copy(bodies, map[string]any{
		"setOutputProfile": map[string]any{
			"name": map[string]any{"zh": "甲", "en": "a"}, "purposes": []string{"management"}, "prints": false, "exports": true, "named": true, "recipient": false,
			"stamp": false, "case": true, "quotas": []any{map[string]any{"day": 1, "month": 1}}, "threshold": 1, "burst": 1, "night": 1, "holdMinutes": 30,
			"fileHours": 1, "downloads": 1, "codeHours": 1, "rev": 0,
		},
		"printDocuments":  map[string]any{"documents": []any{map[string]any{"document": "x"}}, "profile": "care"},
		"copyText":        map[string]any{"document": "x", "characters": 10},
		"fetchPrints":     map[string]any{"secret": "x", "badge": "x"},
		"askExport":       map[string]any{"list": "patients", "format": "csv", "profile": "office", "case": "1"},
		"disposeExport":   map[string]any{"release": true},
		"pledgeExport":    map[string]any{},
		"downloadExport":  map[string]any{},
		"forwardDocument": map[string]any{"document": "x", "to": "{person}", "until": "2026-03-05T00:00:00Z"},
		"setRoute":        map[string]any{"name": "专线", "network": "dedicated", "carries": 3, "until": "2026-12-01T00:00:00Z"},
		"maySend":         map[string]any{"channel": "x", "level": 1},
		"reportLeaving":   map[string]any{"source": "dlp", "reference": "1", "kind": "mail", "outcome": "blocked", "happened": "2026-03-01T00:00:00Z"},
		"setStation":      map[string]any{"name": "打印站", "until": "2026-12-01T00:00:00Z"},
		"setBadge":        map[string]any{"person": "{person}", "number": "A1", "until": "2026-12-01T00:00:00Z"},
	})
}
