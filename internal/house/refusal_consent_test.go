package house_test

import (
	"maps"
	"strings"
)

func init() {
	giver := map[string]any{"name": "李四", "document": "id-card", "number": "1", "witness": "赵六"}
	words := map[string]any{"zh": "告知", "en": "notice"}
	deciding := map[string]any{"template": "none", "relation": "patient", "form": "verbal", "until": "2027-01-01T00:00:00Z", "giver": giver}
	maps.Copy(bodies, map[string]any{
		"giveConsent":        deciding,
		"refuseConsent":      deciding,
		"notifyPatient":      map[string]any{"template": "none", "to": "patient", "form": "verbal", "acknowledged": true},
		"setGuardian":        map[string]any{"kind": "incapacity", "until": "2027-01-01T00:00:00Z", "who": giver, "evidence": strings.Repeat("07", 32)},
		"withdrawConsent":    map[string]any{"relation": "patient"},
		"publishConsentForm": map[string]any{"kind": "notice", "name": words, "text": words, "forms": []string{"verbal"}},
		"exemptFromConsent": map[string]any{
			"basis": "audit", "article": "第一条", "purpose": "research", "requester": "{person}", "facts": "事实", "until": "2027-01-01T00:00:00Z",
		},
		"sendConsentCode":    map[string]any{"encounter": "none", "template": "none"},
		"confirmConsentCode": map[string]any{"digits": "000000"},
		"screenConsent":      map[string]any{"patients": []string{"{patient}"}, "purpose": "research"},
	})
}
