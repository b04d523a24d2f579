package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/web"
)

func TestAProblemSpeaksTheReadersLanguage(t *testing.T) {
	d := newDesk(t)
	for language, want := range map[string]string{"": "甲已被占用。", "zh-CN,en;q=0.8": "甲已被占用。", "en-US,zh;q=0.5": "甲 is taken.", "fr": "甲已被占用。"} {
		w := d.ask("POST", "/api/notes", `{"name":"taken","count":1}`, "Accept-Language", language)
		p := problem(t, w, "webtest.taken")
		if p.Status != http.StatusConflict || p.Detail != want || strings.Contains(w.Body.String(), "the cause") {
			t.Errorf("%q: %+v", language, p)
		}
		if !strings.Contains(d.log.String(), "the cause") || !strings.Contains(d.log.String(), p.Trace) {
			t.Errorf("the log does not hold the cause under its trace: %s", d.log)
		}
	}
	w := d.ask("POST", "/api/notes", `{"name":"bad","count":1}`, "Accept-Language", "en")
	p := problem(t, w, "webtest.bad")
	if len(p.Fields) != 1 || p.Fields[0] != (web.ProblemField{Path: "body.name", Problem: "too bad"}) || p.Extra.(map[string]any)["way"] != "ask" {
		t.Errorf("%+v", p)
	}
}

func TestInputThatDoesNotFitNamesEveryField(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ body, path, zh, en string }{
		{`{"count":1}`, "body", "缺少必填项：name", "expected required property name to be present"},
		{`{"name":"a","count":"x"}`, "body.count", "应为整数", "expected integer"},
		{`{"name":"a","count":0}`, "body.count", "不得小于 1", "expected number >= 1"},
		{`{"name":5,"count":1}`, "body.name", "应为文本", "expected string"},
		{`{"name":"01234567890","count":1}`, "body.name", "长度不得超过 10", "expected length <= 10"},
		{`{"name":"a","count":1,"kind":"x"}`, "body.kind", `应为下列之一："long, short"`, `expected value to be one of "long, short"`},
		{`{"name":"a","count":1,"at":"yesterday"}`, "body.at", "应为日期和时间，如 2026-03-02T08:00:00Z", "expected string to be RFC 3339 date-time"},
		{`{"name":"a","count":1,"parts":["1","2","3"]}`, "body.parts", "条目不得超过 2", "expected array length <= 2"},
		{`{"name":"a","count":1,"parts":{}}`, "body.parts", "应为列表", "expected array"},
		{`{"name":"a","count":1,"who":"x"}`, "body.who", "不认识的字段", "unexpected property"},
		{`[]`, "body", "应为对象", "expected object"},
	} {
		for language, want := range map[string]string{"zh": c.zh, "en": c.en} {
			w := d.ask("POST", "/api/notes", c.body, "Accept-Language", language)
			p := problem(t, w, "web.input")
			if p.Status != http.StatusUnprocessableEntity || len(p.Fields) != 1 || p.Fields[0] != (web.ProblemField{Path: c.path, Problem: want}) {
				t.Errorf("%s in %s: %+v", c.body, language, p.Fields)
			}
		}
	}
	p := problem(t, d.ask("POST", "/api/notes", `{"count":0,"kind":"x"}`), "web.input")
	if len(p.Fields) != 3 || !strings.Contains(p.Detail, "3") {
		t.Errorf("%+v", p)
	}
	for _, query := range []string{"limit=0", "limit=201", "limit=many", "cursor=" + strings.Repeat("x", 401)} {
		p := problem(t, d.ask("GET", "/api/notes/1?"+query, ""), "web.input")
		if len(p.Fields) != 1 || !strings.HasPrefix(p.Fields[0].Path, "query.") || strings.Contains(p.Fields[0].Problem, "expected") {
			t.Errorf("%s: %+v", query, p.Fields)
		}
	}
}

func TestWhatWasTypedStaysOutOfTheLog(t *testing.T) {
	d := newDesk(t)
	for _, body := range []string{
		`{"name":"陈秀英的身份证号是110101","count":1}`, `{"name":"a","count":"陈秀英"}`, `{"name":"陈秀英"`, `{"陈秀英":1}`,
	} {
		if w := d.ask("POST", "/api/notes", body); w.Code < 400 {
			t.Errorf("%s: %d", body, w.Code)
		}
	}
	if log := d.log.String(); strings.Contains(log, "陈秀英的") || strings.Contains(log, "110101") || strings.Contains(log, `: 陈秀英`) {
		t.Error(log)
	}
}

func TestBodiesThatCannotBeReadAreRefusedWithTheRemedy(t *testing.T) {
	d := newDesk(t)
	for name, body := range map[string]string{
		"truncated":       `{"name":"a","count":`,
		"GB18030":         "{\"name\":\"\xc0\xee\xcb\xc4\",\"count\":1}",
		"UTF-16":          "\xff\xfe{\x00\"\x00",
		"two values":      `{"name":"a","count":1}{"name":"b","count":1}`,
		"not JSON":        `name=a&count=1`,
		"a zero":          `{"name":"a\u0000b","count":1}`,
		"a deep zero":     `{"name":"a","count":1,"any":{"x":["\\\u0000"]}}`,
		"a raw zero":      "{\"name\":\"a\x00b\",\"count\":1}",
		"deeply nested":   `{"name":"a","count":1,"any":` + strings.Repeat("[", 1900) + `}`,
		"a lonely half":   "{\"name\":\"\xed\xa0\x80\",\"count\":1}",
		"a number of 1e9": `{"name":"a","count":1e999}`,
	} {
		w := d.ask("POST", "/api/notes", body)
		p := problem(t, w, "web.unreadable")
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Detail, "UTF-8") {
			t.Errorf("%s: %+v", name, p)
		}
	}
	problem(t, d.ask("POST", "/api/notes", ""), "web.nothing-given")
	problem(t, d.ask("POST", "/api/notes", `{"name":"a","count":1}`, "Content-Type", "text/csv"), "web.media-type")
	if w := d.ask("POST", "/api/notes", `{"name":"\\u0000","count":1}`); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `\\u0000`) {
		t.Errorf("six characters that only look like a zero: %d %s", w.Code, w.Body)
	}
}

func TestNestingBeyondTheDecodersDepthIsRefused(t *testing.T) {
	s := web.New("test")
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/deep", ID: "deep", Open: "test"}, echo)
	d := &desk{handler: s.Handler()}
	bomb := strings.Repeat(`{"a":`, 20000) + "1" + strings.Repeat("}", 20000)
	problem(t, d.ask("POST", "/api/deep", `{"name":"a","count":1,"any":`+bomb+`}`), "web.unreadable")
}

func TestABodyOverTheLimitIsRefusedNamingTheLimit(t *testing.T) {
	d := newDesk(t)
	long, err := json.Marshal(map[string]any{"name": "a", "count": 1, "any": strings.Repeat("x", 5000)})
	if err != nil {
		t.Fatal(err)
	}
	p := problem(t, d.ask("POST", "/api/notes", string(long)), "web.too-large")
	if p.Status != http.StatusRequestEntityTooLarge || !strings.Contains(p.Detail, "4 KiB") {
		t.Errorf("%+v", p)
	}
}

func TestUnknownAddressesAreProblemsToo(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct{ method, target string }{{"GET", "/api/nothing"}, {"DELETE", "/api/notes"}, {"PATCH", "/api/notes/1"}} {
		if p := problem(t, d.ask(c.method, c.target, ""), "web.no-route"); p.Status != http.StatusNotFound {
			t.Errorf("%+v", p)
		}
	}
	for _, target := range []string{"/api/notes/a\x00b", "/api/notes/\xff", "/api/notes/1?cursor=%00", "/api/notes/1?cursor=%ff", "/api/notes/1?cursor=%zz"} {
		problem(t, d.ask("GET", target, ""), "web.address")
	}
	problem(t, d.ask("GET", "/api/notes/"+strings.Repeat("x", 41), ""), "web.input")
}

func TestTheUnforeseenIsAProblemWithATrace(t *testing.T) {
	d := newDesk(t)
	for name, cause := range map[string]string{"broken": "a pipe broke", "panic": "out of cheese"} {
		w := d.ask("POST", "/api/notes", `{"name":"`+name+`","count":1}`)
		p := problem(t, w, "house.unforeseen")
		if p.Status != http.StatusInternalServerError || !strings.Contains(p.Detail, p.Trace) || strings.Contains(w.Body.String(), cause) {
			t.Errorf("%+v", p)
		}
		lines := strings.Split(d.log.String(), "\n")
		told := slices.ContainsFunc(lines, func(line string) bool {
			return strings.Contains(line, p.Trace) && strings.Contains(line, cause) && strings.Contains(line, `"level":"ERROR"`)
		})
		if !told {
			t.Errorf("the log: %s", d.log)
		}
	}
}

func TestARequestThatItsBrowserCancelsIsNoAlarm(t *testing.T) {
	d := newDesk(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	r := httptest.NewRequestWithContext(gone, http.MethodPost, "/api/notes", strings.NewReader(`{"name":"left","count":1}`))
	r.Header.Set("Content-Type", "application/json")
	d.handler.ServeHTTP(httptest.NewRecorder(), r)
	if said := d.log.String(); strings.Contains(said, "house.unforeseen") || !strings.Contains(said, `"level":"DEBUG"`) || !strings.Contains(said, "cancelled by whoever asked") {
		t.Errorf("the log: %s", said)
	}
	d.log.Reset()
	d.ask("POST", "/api/notes", `{"name":"left","count":1}`)
	if said := d.log.String(); !strings.Contains(said, `"level":"ERROR"`) || !strings.Contains(said, "house.unforeseen") {
		t.Errorf("something inside was cancelled while somebody waited: %s", said)
	}
}

func TestAnAbortedAnswerIsNotMadeAnAnswer(t *testing.T) {
	d := newDesk(t)
	defer func() {
		if p := recover(); p != http.ErrAbortHandler { //nolint:errorlint // the value itself is the signal
			t.Errorf("the server was told %v", p)
		}
	}()
	d.ask("POST", "/api/notes", `{"name":"abort","count":1}`)
	t.Error("a broken answer was ended as if it were whole")
}
