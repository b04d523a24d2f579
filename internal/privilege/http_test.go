package privilege_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestEverythingGoesItsWayOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		asking, err := json.Marshal(o.asking())
		if err != nil {
			t.Fatal(err)
		}
		now := func() string { return o.Clock.Now().Format(time.RFC3339) }
		recording := func() string {
			return `{"source":"bastion-1","system":"his-db","account":"sysdba","person":"赵工","since":"` + now() + `","until":"` + o.Clock.Now().Add(time.Minute).Format(time.RFC3339) +
				`","digest":"` + strings.Repeat("07", 32) + `","address":"bastion://1","commands":[{"at":"` + now() + `","text":"ls"}]}`
		}
		ids := map[string]string{}
		for _, s := range []struct {
			keep, who, method, path, body string
			status                        int
		}{
			{"", "", "GET", "/changes", "", 401},
			{"", "chen", "GET", "/changes", "", 403},
			{"", "dba", "GET", "/changes", "", 200},
			{"", "auditor", "GET", "/tables", "", 200},
			{"c", "dba", "POST", "/changes", string(asking), 201},
			{"", "dba", "POST", "/changes", `{"title":"","reason":"","script":"","tables":[],"risk":"","since":"` + now() + `","until":"` + now() + `"}`, 422},
			{"", "dba", "POST", "/changes/{c}/review", "", 403},
			{"", "head", "POST", "/changes/{c}/review", "", 200},
			{"", "safe", "POST", "/changes/{c}/approve", "", 200},
			{"", "dba", "POST", "/changes/{c}/begin", "", 409},
			{"", "dba", "POST", "/changes/{c}/close", `{"outcome":"carried-out","result":"完成"}`, 409},
			{"", "dba", "GET", "/changes/{c}", "", 200},
			{"", "dba", "GET", "/changes/none", "", 404},
			{"", "head", "POST", "/changes/{c}/refuse", `{"words":"暂缓"}`, 200},
			{"e", "head", "POST", "/envelopes", `{"name":"HIS","system":"his-db","account":"sysdba"}`, 201},
			{"", "sys", "POST", "/envelopes/{e}/half", `{"part":1,"secret":"Left-"}`, 200},
			{"", "net", "POST", "/envelopes/{e}/half", `{"part":2,"secret":"Right9"}`, 200},
			{"", "auditor", "GET", "/envelopes", "", 200},
			{"k", "dba", "POST", "/envelopes/{e}/checkouts", `{"reason":"扩表空间","minutes":20}`, 201},
			{"", "head", "GET", "/checkouts/{k}", "", 200},
			{"", "head", "POST", "/checkouts/{k}/approve", "", 200},
			{"", "head", "POST", "/checkouts/{k}/refuse", "", 409},
			{"", "dba", "POST", "/checkouts/{k}/half", "", 200},
			{"", "dba", "POST", "/checkouts/{k}/half", "", 409},
			{"", "dba", "POST", "/checkouts/{k}/return", "", 200},
			{"", "dba", "GET", "/checkouts", "", 200},
			{"s", "dba", "POST", "/sessions", `{"system":"his-db","reason":"扩表空间","minutes":20}`, 201},
			{"", "night", "POST", "/sessions/{s}/approve", "", 200},
			{"", "night", "POST", "/sessions/{s}/refuse", "", 409},
			{"", "dba", "POST", "/sessions/{s}/begin", "", 200},
			{"", "dba", "POST", "/sessions/{s}/parts", `{"place":0,"events":"[0,\"o\",\"a\"]"}`, 200},
			{"", "dba", "POST", "/sessions/{s}/parts", `{"place":0,"events":"[]"}`, 422},
			{"", "dba", "POST", "/sessions/{s}/end", "", 200},
			{"", "safe", "POST", "/sessions/{s}/verdict", `{"verdict":"proper"}`, 409},
			{"", "dba", "GET", "/sessions/{s}/transcript", "", 403},
			{"", "auditor", "GET", "/sessions/{s}/transcript", "", 200},
			{"", "auditor", "GET", "/sessions/{s}", "", 200},
			{"", "auditor", "GET", "/sessions", "", 200},
			{"r", "bastion", "POST", "/recordings", recording(), 201},
			{"", "dba", "POST", "/recordings", recording(), 403},
			{"", "auditor", "GET", "/recordings", "", 200},
			{"", "auditor", "GET", "/recordings/{r}", "", 200},
			{"", "auditor", "GET", "/findings", "", 200},
			{"", "auditor", "POST", "/findings/none/dispose", `{"disposal":"restored","words":"已恢复"}`, 404},
		} {
			path := s.path
			for name, id := range ids {
				path = strings.ReplaceAll(path, "{"+name+"}", id)
			}
			status, answer := o.ask(s.who, s.method, "/api/privilege"+path, s.body)
			if status != s.status {
				t.Errorf("%s %s %s: %d %v", s.who, s.method, s.path, status, answer)
			}
			if id, has := answer["id"].(string); has && s.keep != "" {
				ids[s.keep] = id
			}
		}
	})
}
