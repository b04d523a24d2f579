package house_test

import "maps"

func init() {
	draft := map[string]any{"title": "本院策略", "rules": ""}
	maps.Copy(bodies, map[string]any{
		"keepGrant":       map[string]any{"words": "课题仍在进行"},
		"setStatement":    map[string]any{"said": map[string]any{"zh": "本人对所获授权范围内信息的安全和保密承担责任，违反时承担相应后果。", "en": "I answer for the safety and secrecy of what this grant opens."}},
		"flagBreach":      map[string]any{"person": "nobody", "cause": "snooping", "evidence": "finding", "reference": "JC-1", "words": "抽查发现异常"},
		"reviewBreach":    map[string]any{"confirmed": false, "words": "核实为会诊"},
		"settleFreeze":    map[string]any{"lift": true, "words": "已核实为会诊"},
		"unmask":          map[string]any{"choice": "call-family"},
		"checkRules":      map[string]any{"rules": ""},
		"draftRelease":    draft,
		"rewriteRelease":  map[string]any{"title": "本院策略", "rules": "", "rev": 1},
		"tryRelease":      map[string]any{"rev": 1},
		"reviewRelease":   map[string]any{"rev": 1, "agree": true},
		"dateRelease":     map[string]any{"rev": 1, "reviewBy": "2026-06-01T00:00:00Z"},
		"rollBackRelease": map[string]any{"words": "误伤"},
	})
}
