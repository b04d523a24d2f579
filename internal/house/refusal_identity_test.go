package house_test

import "maps"

func init() {
	way := map[string]any{"kind": "sms", "state": "shut", "nameZh": "短信", "settings": map[string]any{
		"gateway": map[string]any{"address": "https://sms.example/", "internal": false, "plain": false},
	}}
	maps.Copy(bodies, map[string]any{
		"addWay": way, "setWay": way,
		"beginProvider": map[string]any{"way": "x"}, "signInByProvider": map[string]any{"state": "x", "code": "x"},
		"signInByCertificate": map[string]any{},
		"signInBySM2":         map[string]any{"ceremony": "x", "chain": []string{"AA=="}, "signature": "AA=="},
		"sendCode":            map[string]any{"name": "nobody", "password": "wrong"},
		"beginProviderLink":   map[string]any{"way": "x"}, "linkProvider": map[string]any{"state": "x", "code": "x"},
		"linkSM2": map[string]any{"ceremony": "x", "chain": []string{"AA=="}, "signature": "AA=="},
		"tryWay":  map[string]any{"way": way}, "lookScan": map[string]any{"ceremony": "x"}, "signInByScan": map[string]any{"ceremony": "x"},
		"linkScan": map[string]any{"ceremony": "x"}, "beginScan": map[string]any{},
		"endLink":   map[string]any{"why": "lost"},
		"beginFace": map[string]any{"name": "nobody"}, "lookFace": map[string]any{"ceremony": "x"}, "signInByFace": map[string]any{"ceremony": "x"},
		"beginFaceEnrolment": map[string]any{"agreed": 1}, "enrolFace": map[string]any{"ceremony": "x"},
		"askWindow": map[string]any{
			"person": "{person}", "why": "incident", "since": "2026-03-02T02:00:00Z", "until": "2026-03-02T04:00:00Z",
		},
	})
}
