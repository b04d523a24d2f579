package house_test

import (
	"maps"
	"strings"
)

func init() {
	maps.Copy(bodies, map[string]any{
		"askChange": map[string]any{
			"title": "更正", "reason": "迁移", "script": "UPDATE …", "tables": []string{"staff_person"}, "risk": "low", "since": "2026-03-02T02:00:00Z", "until": "2026-03-02T04:00:00Z",
		},
		"refuseChange":            map[string]any{"words": "不必"},
		"closeChange":             map[string]any{"outcome": "nothing-done", "result": "未动"},
		"disposePrivilegeFinding": map[string]any{"disposal": "accounted", "words": "已说明"},
		"addEnvelope":             map[string]any{"name": "数据库", "system": "db", "account": "root"},
		"fillEnvelope":            map[string]any{"part": 1, "secret": "half"},
		"askCheckout":             map[string]any{"reason": "扩容", "minutes": 10},
		"askSession":              map[string]any{"system": "db", "reason": "扩容", "minutes": 10},
		"recordPart":              map[string]any{"place": 0, "events": ""},
		"reviewSession":           map[string]any{"verdict": "proper"},
		"receiveRecording": map[string]any{
			"source": "bastion", "system": "db", "account": "root", "person": "甲", "since": "2026-03-02T01:00:00Z", "until": "2026-03-02T01:10:00Z",
			"digest": strings.Repeat("07", 32), "address": "bastion://1", "commands": []any{},
		},
	})
}
