package house_test

import "maps"

func init() {
	draft := map[string]any{"title": "本院策略", "rules": ""}
	maps.Copy(bodies, map[string]any{
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
