package web_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/obs"
	"github.com/medward/medward/internal/base/web"
)

var (
	errTaken = fault.Define("webtest.taken", fault.Conflict, "{name}已被占用。", "{name} is taken.", "for tests")
	errBad   = fault.Define("webtest.bad", fault.Invalid, "请修改。", "Please change it.", "for tests")
)

type noteBody struct {
	Name  string    `json:"name" maxLength:"10"`
	Count int       `json:"count" minimum:"1"`
	Kind  string    `json:"kind,omitempty" enum:"long,short"`
	At    time.Time `json:"at,omitzero"`
	Parts []string  `json:"parts,omitempty" maxItems:"2"`
	Any   any       `json:"any,omitempty"`
}

type noteOut struct{ Body noteBody }

// desk is a server with one operation that answers what it was given, or as the
// name asks for.
type desk struct {
	handler http.Handler
	log     *bytes.Buffer
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{log: &bytes.Buffer{}}
	before := slog.Default()
	slog.SetDefault(obs.NewLog(d.log, slog.LevelDebug))
	t.Cleanup(func() { slog.SetDefault(before) })
	s := web.New("test")
	web.Handle(s, web.Op{Method: http.MethodPost, Path: "/api/notes", ID: "write", Verb: "note.write", Tag: "note", Summary: "Write", MaxBody: 4 << 10},
		func(ctx context.Context, in *struct{ Body noteBody }) (*noteOut, error) {
			switch in.Body.Name {
			case "left":
				return nil, fmt.Errorf("reading a note: %w", cmp.Or(ctx.Err(), context.Canceled))
			case "taken":
				return nil, errTaken.With("name", "甲").Because(errors.New("the cause"))
			case "bad":
				return nil, errBad.With().At("body.name", fault.Text{ZH: "太坏", EN: "too bad"}).Carrying(map[string]string{"way": "ask"})
			case "broken":
				return nil, errors.New("a pipe broke")
			case "panic":
				panic("out of cheese")
			case "abort":
				panic(http.ErrAbortHandler)
			}
			return &noteOut{in.Body}, nil
		})
	web.Handle(s, web.Op{Method: http.MethodGet, Path: "/api/notes/{id}", ID: "read", Verb: "note.read", Tag: "note", Summary: "Read"},
		func(_ context.Context, in *struct {
			web.OfID
			web.Paging
		}) (*noteOut, error) {
			return &noteOut{noteBody{Name: in.ID, Count: in.Limit}}, nil
		})
	s.Mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { web.WriteProblem(w, r, web.ErrNoRoute.With()) })
	d.handler = s.Handler()
	return d
}

// ask sends a request and returns the answer. headers are name, value pairs.
func (d *desk) ask(method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(target, "?")
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w
}

// problem reads the problem document of an answer.
func problem(t *testing.T, w *httptest.ResponseRecorder, code string) web.Problem {
	t.Helper()
	var p web.Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d %s %v: %s", w.Code, w.Header().Get("Content-Type"), err, w.Body)
	}
	if p.Code != code || p.Status != w.Code || p.Type != "about:blank" || p.Title == "" || p.Detail == "" || p.Trace != w.Header().Get("X-Trace") || p.Trace == "" {
		t.Errorf("want %s, got %+v", code, p)
	}
	return p
}
