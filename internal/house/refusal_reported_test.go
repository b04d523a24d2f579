package house_test

import (
	"maps"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/sysaccount"
)

func init() {
	log := accesslog.Presets()[0].Mapping
	list := sysaccount.Mapping{Fields: map[string]string{"account": "账号", "staff": "工号"}, Apart: ";", Alive: []string{"启用"}}
	maps.Copy(bodies, map[string]any{
		"setLogMapping":             map[string]any{"source": "his", "mapping": log},
		"tryLogMapping":             map[string]any{"source": "his", "mapping": log, "sample": "YQo="},
		"beginLogRun":               map[string]any{"source": "his"},
		"explainReported":           map[string]any{"words": "会诊"},
		"raiseReported":             map[string]any{"words": "无关系"},
		"settleLogFinding":          map[string]any{"words": "已核对"},
		"disposeSystemAccountIssue": map[string]any{"decision": "close", "words": "收回"},
		"assignSystemAccount":       map[string]any{"source": "his", "account": "a", "person": "{person}"},
		"setAccountMapping":         map[string]any{"source": "his", "mapping": list},
		"setAccountRoles":           map[string]any{"source": "his", "roles": []any{map[string]any{"role": "医生", "ours": "attending", "level": 3}}},
	})
}
