package web_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/medward/medward/internal/base/web"
)

func TestAFaceOfAnotherStandardIsHeldToTheSameGate(t *testing.T) {
	s := web.New("test")
	face := web.Face{Tell: func(w http.ResponseWriter, _ *http.Request, p *web.Problem) {
		w.WriteHeader(p.Status)
		_, _ = io.WriteString(w, "told "+p.Code)
	}}
	read := 0
	face.Handle(s, web.Op{Method: http.MethodPost, Path: "/other", ID: "other", Verb: "note.write", MaxBody: 4}, func(_ http.ResponseWriter, r *http.Request) error {
		body, err := io.ReadAll(r.Body)
		read += len(body)
		if err != nil {
			return errBad.Because(err)
		}
		return nil
	})
	face.Handle(s, web.Op{Method: http.MethodGet, Path: "/other", ID: "otherOpen", Open: "test"}, func(http.ResponseWriter, *http.Request) error { return nil })
	if ops := s.Ops(); len(ops) != 2 || ops[0].ID != "otherOpen" || ops[1].Verb != "note.write" {
		t.Errorf("%+v", ops)
	}
	closed := true
	s.Gate = func(context.Context, string) error {
		if closed {
			return errTaken.With("name", "甲")
		}
		return nil
	}
	handler := s.Handler()
	ask := func(method, body string) string {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(method, "/other", strings.NewReader(body)))
		return w.Body.String()
	}
	if got := ask(http.MethodPost, "abcd"); got != "told webtest.taken" || read != 0 {
		t.Errorf("%q, and %d bytes were read for whom the gate turned away", got, read)
	}
	if got := ask(http.MethodGet, ""); got != "" {
		t.Errorf("what is open to all: %q", got)
	}
	closed = false
	if got := ask(http.MethodPost, "abcd"); got != "" || read != 4 {
		t.Errorf("%q, %d bytes", got, read)
	}
	if got := ask(http.MethodPost, "abcde"); got != "told webtest.bad" {
		t.Errorf("more than the limit: %q", got)
	}
	for name, op := range map[string]web.Op{"neither act nor reason": {ID: "x"}, "both": {ID: "x", Verb: "a.b", Open: "why"}} {
		if said := panicOf(func() { face.Handle(web.New("test"), op, nil) }); said == "" {
			t.Errorf("%s was registered", name)
		}
	}
}
