package duty_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/medward/medward/internal/duty"
)

type answer struct {
	status int
	body   map[string]any
}

func (h *hospital) http1(who, method, path, body string) answer {
	h.T.Helper()
	r := httptest.NewRequestWithContext(h.T.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if who != "" {
		r.Header.Set("As", who)
	}
	w := httptest.NewRecorder()
	h.http.ServeHTTP(w, r)
	a := answer{status: w.Code}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
			h.T.Fatalf("%s %s: %d %q", method, path, w.Code, w.Body)
		}
	}
	return a
}

func items(a answer) []any {
	found, _ := a.body["items"].([]any)
	return found
}

func TestTheInboxPagesByDeadline(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for i := range 7 {
			h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}, Deadline: h.Clock.Now().Add(time.Duration(10-i) * time.Hour)})
		}
		h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("lin")}, Words: "仅详情可见"})
		h.Clock.Advance(5 * time.Hour)
		var deadlines []string
		cursor, pages := "", 0
		for more := true; more; pages++ {
			a := h.http1("lin", "GET", "/api/duty/inbox?limit=3&cursor="+cursor, "")
			if a.status != 200 {
				t.Fatalf("%+v", a)
			}
			for _, i := range items(a) {
				item := i.(map[string]any)
				deadlines = append(deadlines, item["deadline"].(string))
				if _, told := item["words"]; told {
					t.Error("a list says what was written")
				}
			}
			cursor, more = a.body["next"].(string)
		}
		if len(deadlines) != 8 || pages != 3 {
			t.Fatalf("%d in %d pages", len(deadlines), pages)
		}
		for i := 1; i < len(deadlines); i++ {
			if deadlines[i] < deadlines[i-1] {
				t.Errorf("not by deadline: %v", deadlines)
			}
		}
		if a := h.http1("lin", "GET", "/api/duty/inbox?late=true", ""); len(items(a)) != 2 {
			t.Errorf("late: %d", len(items(a)))
		}
		if a := h.http1("lin", "GET", "/api/duty/inbox?kind=duty.assistance", ""); len(items(a)) != 1 {
			t.Errorf("of a kind: %d", len(items(a)))
		}
		if a := h.http1("lin", "GET", "/api/duty/count", ""); a.body["todo"] != 8.0 || a.body["late"] != 2.0 {
			t.Errorf("%+v", a.body)
		}
		if a := h.http1("", "GET", "/api/duty/count", ""); a.status != 401 {
			t.Errorf("nobody was answered %d", a.status)
		}
		if a := h.http1("lin", "GET", "/api/duty/inbox?box=all", ""); a.status != 422 {
			t.Errorf("%d", a.status)
		}
	})
}

func TestATaskGoesItsWayOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		made := h.http1("safe", "POST", "/api/duty/tasks", `{"kind":"duty.assistance","to":{"role":"dba"},"words":"请协助","limit":"2wd"}`)
		if made.status != 201 {
			t.Fatalf("%+v", made)
		}
		at := "/api/duty/tasks/" + made.body["id"].(string)
		for _, step := range []struct {
			who, path, body string
			status          int
		}{
			{"dba", "/take", "", 200},
			{"dba", "/ask-extension", `{"until":"2026-03-09T08:00:00Z","words":"等待"}`, 200},
			{"safe", "/grant-extension", `{"grant":false,"words":"不同意"}`, 200},
			{"affairs", "/pause", `{"words":"停"}`, 200},
			{"affairs", "/resume", "", 200},
			{"dba", "/delegate", `{"person":"` + h.id("dba2") + `"}`, 200},
			{"dba", "/done", `{}`, 403},
			{"dba2", "/return", `{"words":""}`, 422},
			{"dba2", "/return", `{"words":"不归我"}`, 200},
			{"safe", "/cancel", `{}`, 409},
		} {
			if a := h.http1(step.who, "POST", at+step.path, step.body); a.status != step.status {
				t.Errorf("%s %s: %+v", step.who, step.path, a)
			}
		}
		a := h.http1("safe", "GET", at, "")
		steps, _ := a.body["steps"].([]any)
		if a.status != 200 || a.body["words"] != "请协助" || a.body["state"] != "returned" || len(steps) != 8 {
			t.Errorf("%d steps: %+v", len(steps), a.body)
		}
	})
}

func TestTheOrderOfDutiesOverHTTP(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		quality := h.departments["quality"]
		for _, c := range []struct {
			who, method, path, body string
			status                  int
		}{
			{"qian", "POST", "/api/duty/rules", `{"kind":"duty.log-review","recurrence":"quarter","departments":["` + quality + `"]}`, 201},
			{"qian", "POST", "/api/duty/rules", `{"kind":"duty.log-review","recurrence":"fortnight","role":"quality"}`, 422},
			{"lin", "GET", "/api/duty/rules", "", 200},
			{"lin", "GET", "/api/duty/periods", "", 200},
			{"affairs", "POST", "/api/duty/flows", `{"nameZh":"会商","steps":[{"nameZh":"一","nameEn":"","limit":"1wd"}]}`, 201},
			{"lin", "GET", "/api/duty/flows", "", 200},
			{"affairs", "POST", "/api/duty/roster", `{"kind":"head","department":"` + quality + `","person":"` + h.id("qian") + `","until":"2026-06-01T00:00:00Z"}`, 201},
			{"lin", "GET", "/api/duty/roster", "", 200},
			{"affairs", "POST", "/api/duty/calendar", `{"text":"year 2027 通知\noff 2027-01-01 元旦"}`, 200},
			{"affairs", "POST", "/api/duty/calendar", `{"text":"year 2027"}`, 422},
			{"lin", "GET", "/api/duty/calendar", "", 200},
			{"safe", "POST", "/api/duty/channels", `{"kind":"wecom","name":"群","address":"https://q.x.cn/send?key=k","link":"https://m.x.cn","occasions":["overdue"]}`, 201},
			{"safe", "GET", "/api/duty/channels", "", 200},
			{"lin", "GET", "/api/duty/channels", "", 403},
			{"lin", "GET", "/api/duty/kinds", "", 200},
			{"affairs", "GET", "/api/duty/tasks?open=true", "", 200},
		} {
			a := h.http1(c.who, c.method, c.path, c.body)
			if a.status != c.status {
				t.Errorf("%s %s %s: %+v", c.who, c.method, c.path, a)
			}
			if text, _ := json.Marshal(a.body); strings.Contains(string(text), "key=k") {
				t.Errorf("%s shows the key of a robot: %s", c.path, text)
			}
		}
	})
}

func TestTheBellIsToldUntilTheSessionEnds(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		var ended atomic.Bool
		h.live = func(context.Context) bool { return !ended.Load() }
		s := httptest.NewServer(h.http)
		defer s.Close()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/duty/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("As", "lin")
		res, err := s.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if res.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%v", res.Header)
		}
		lines := bufio.NewScanner(res.Body)
		next := func() string {
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
					return data
				}
			}
			return ""
		}
		if got := next(); got != `{"todo":0,"late":0,"more":false}` {
			t.Fatal(got)
		}
		h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		if got := next(); got != `{"todo":1,"late":0,"more":false}` {
			t.Errorf("after a new task: %q", got)
		}
		ended.Store(true)
		h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		if got := next(); got != "" {
			t.Errorf("told after the session ended: %s", got)
		}
		if a := h.http1("", "GET", "/api/duty/events", ""); a.status != 401 {
			t.Errorf("nobody was answered %d", a.status)
		}
	})
}
