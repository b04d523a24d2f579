package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/web"
)

func echo(_ context.Context, in *struct{ Body noteBody }) (*noteOut, error) {
	return &noteOut{in.Body}, nil
}

func TestEveryAnswerBearsTheSecurityHeaders(t *testing.T) {
	d := newDesk(t)
	for _, answer := range []http.Header{
		d.ask("GET", "/api/notes/1", "").Header(), d.ask("GET", "/api/nothing", "").Header(), d.ask("POST", "/api/notes", "{").Header(),
		d.ask("POST", "/api/notes", `{"name":"panic","count":1}`).Header(), d.ask("GET", "/api/notes/1?a=%zz", "").Header(),
		d.ask("POST", "/api/notes", "{}", "Sec-Fetch-Site", "cross-site").Header(),
	} {
		for name, want := range map[string]string{
			"Strict-Transport-Security": "max-age=31536000", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
		} {
			if answer.Get(name) != want {
				t.Errorf("%s: %q", name, answer.Get(name))
			}
		}
		if answer.Get("X-Trace") == "" || answer.Get("Permissions-Policy") == "" {
			t.Errorf("%v", answer)
		}
	}
}

func TestAnotherSiteCannotMakeTheBrowserAct(t *testing.T) {
	d := newDesk(t)
	body := `{"name":"a","count":1}`
	for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"}} {
		if p := problem(t, d.ask("POST", "/api/notes", body, headers...), "web.foreign-site"); p.Status != http.StatusForbidden {
			t.Errorf("%v: %+v", headers, p)
		}
	}
	for _, headers := range [][]string{{}, {"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"}} {
		if w := d.ask("POST", "/api/notes", body, headers...); w.Code != http.StatusOK {
			t.Errorf("%v: %d", headers, w.Code)
		}
	}
}

func TestTheGateIsAskedBeforeTheBodyIsRead(t *testing.T) {
	s := web.New("test")
	read := false
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/guarded", ID: "guarded", Verb: "note.write"}, echo)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/open", ID: "open", Open: "test"}, echo)
	s.Gate = func(context.Context, string) error { return errTaken.With("name", "门") }
	handler := s.Handler()
	d := &desk{handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = &watched{Reader: strings.NewReader(`{"name":"a","count":1}`), read: &read}
		handler.ServeHTTP(w, r)
	})}
	problem(t, d.ask("POST", "/api/guarded", ""), "webtest.taken")
	if read {
		t.Error("the body was read for somebody whom the gate turned away")
	}
	if w := d.ask("POST", "/api/open", ""); w.Code != http.StatusOK || !read {
		t.Errorf("%d", w.Code)
	}
}

type watched struct {
	*strings.Reader
	read *bool
}

func (w *watched) Read(p []byte) (int, error) {
	*w.read = true
	return w.Reader.Read(p)
}

func (w *watched) Close() error { return nil }

type hidden struct {
	ID string `path:"id"`
}

type hiddenBody struct {
	Name string `json:"name"`
}

func TestTypesThatHideFieldsCannotBeRegistered(t *testing.T) {
	type out struct{ Body struct{} }
	handlers := map[string]func(*web.Server, web.Op){
		"an input": func(s *web.Server, op web.Op) {
			web.Handle(s, op, func(context.Context, *struct{ hidden }) (*out, error) { return nil, nil })
		},
		"an input's body": func(s *web.Server, op web.Op) {
			web.Handle(s, op, func(context.Context, *struct{ Body struct{ hiddenBody } }) (*out, error) { return nil, nil })
		},
		"a list in an output": func(s *web.Server, op web.Op) {
			web.Handle(s, op, func(context.Context, *struct{}) (*struct {
				Body struct {
					Items []struct{ hiddenBody }
				}
			}, error) {
				return nil, nil
			})
		},
		"a pointer in a map": func(s *web.Server, op web.Op) {
			web.Handle(s, op, func(context.Context, *struct{}) (*struct {
				Body struct {
					Items map[string]*struct{ hiddenBody }
				}
			}, error) {
				return nil, nil
			})
		},
	}
	for name, register := range handlers {
		if said := panicOf(func() {
			register(web.New("test"), web.Op{Method: http.MethodGet, Path: "/x/{id}", ID: "hiding", Open: "test"})
		}); !strings.Contains(said, "hidden") || !strings.Contains(said, "hiding") {
			t.Errorf("%s: %q", name, said)
		}
	}
	for name, op := range map[string]web.Op{"neither act nor reason": {ID: "x"}, "both": {ID: "x", Verb: "a.b", Open: "why"}} {
		if said := panicOf(func() { web.Handle(web.New("test"), op, echo) }); said == "" {
			t.Errorf("%s was registered", name)
		}
	}
}

func panicOf(fn func()) (said string) {
	defer func() { said, _ = recover().(string) }()
	fn()
	return ""
}

func TestEveryOperationIsDescribedWithItsAct(t *testing.T) {
	s := web.New("7")
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/b", ID: "b", Verb: "note.write", Status: http.StatusCreated}, echo)
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/a", ID: "a", Open: "everybody may"}, echo)
	if ops := s.Ops(); len(ops) != 2 || ops[0].ID != "a" {
		t.Errorf("%+v", ops)
	}
	text, err := s.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	var described struct {
		Info  struct{ Version string }
		Paths map[string]map[string]struct {
			OperationID string            `json:"operationId"`
			Act         string            `json:"x-act"`
			Open        string            `json:"x-open"`
			Responses   map[string]any    `json:"responses"`
			Body        map[string]any    `json:"requestBody"`
			Security    []map[string]bool `json:"security"`
		}
	}
	if err := json.Unmarshal(text, &described); err != nil {
		t.Fatal(err)
	}
	a, b := described.Paths["/api/a"]["post"], described.Paths["/api/b"]["post"]
	if described.Info.Version != "7" || a.Open != "everybody may" || a.Act != "" || b.Act != "note.write" || b.Responses["201"] == nil || b.Responses["403"] == nil || !strings.Contains(string(text), "WebTestNote") && !strings.Contains(string(text), "Web_testNote") {
		t.Errorf("%s", text)
	}
}

func TestACursorIsTakenBackAsItWasGivenOrNotAtAll(t *testing.T) {
	type place struct {
		At int64  `json:"at"`
		ID string `json:"id"`
	}
	given := place{At: 5, ID: "01J"}
	cursor, err := web.EncodeCursor(given)
	if err != nil {
		t.Fatal(err)
	}
	var back place
	if there, err := web.DecodeCursor(cursor, &back); !there || err != nil || back != given {
		t.Errorf("%+v %v", back, err)
	}
	if there, err := web.DecodeCursor("", &back); there || err != nil {
		t.Error("no cursor is a place", err)
	}
	other, err := web.EncodeCursor(struct {
		Since int64  `json:"since"`
		ID    string `json:"id"`
	}{5, "01J"})
	if err != nil {
		t.Fatal(err)
	}
	for name, forged := range map[string]string{
		"of another list": other, "cut": cursor[:len(cursor)-3], "prolonged": cursor + "AAAA", "no base64": "!!", "a string": "IjAxSiI", "a zero": "eyJhdCI6NSwiaWQiOiJcdTAwMDAifQ", "two": "e317fQ", "not text": "eyJpZCI6Iv8ifQ",
	} {
		if _, err := web.DecodeCursor(forged, &place{}); err == nil || !strings.Contains(err.Error(), "web.cursor") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for limit, want := range map[int]int{-1: 50, 0: 50, 1: 1, 200: 200, 201: 200, 1 << 40: 200} {
		if got := web.Bounded(limit); got != want {
			t.Errorf("%d became %d", limit, got)
		}
	}
}

// FuzzCursor: a cursor is a place that can be encoded again, or an error.
func FuzzCursor(f *testing.F) {
	f.Add("eyJhdCI6NSwiaWQiOiIwMUoifQ")
	f.Add("bnVsbA")
	f.Fuzz(func(t *testing.T, cursor string) {
		var p struct {
			At int64  `json:"at"`
			ID string `json:"id"`
		}
		there, err := web.DecodeCursor(cursor, &p)
		if err != nil || !there {
			return
		}
		if strings.ContainsRune(p.ID, 0) {
			t.Errorf("%q holds a zero", cursor)
		}
		if _, err := web.EncodeCursor(p); err != nil {
			t.Error(err)
		}
	})
}

func TestAProblemIsAnError(t *testing.T) {
	p := &web.Problem{Code: "a.b", Detail: "c", Status: http.StatusTeapot}
	if p.Error() != "a.b: c" || p.GetStatus() != http.StatusTeapot || !errors.Is(web.AsProblem(t.Context(), p), p) {
		t.Errorf("%+v", p)
	}
}
