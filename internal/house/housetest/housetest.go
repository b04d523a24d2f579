// Package housetest gives tests a whole house with a small demo hospital in it,
// on each engine, and people who ask it over HTTP.
package housetest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault/vaulttest"
)

// Morning is when the demo hospital of a test is seen.
var Morning = time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)

// Cost makes password hashes cheap.
var Cost = identity.HashCost{MemoryKiB: 64, Passes: 1, Lanes: 1, AtOnce: 4}

// House is a house under test.
type House struct {
	*house.House
	T      *testing.T
	Config house.Config
	Time   *clock.Manual
	Server *httptest.Server
	people []Colleague
	stop   func()
}

// Both bears a small demo hospital on each engine and runs fn with it.
func Both(t *testing.T, fn func(t *testing.T, h *House)) {
	t.Helper()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) { fn(t, Demo(t, engine)) })
	}
}

// Demo bears a small demo hospital on one engine and opens it.
func Demo(t *testing.T, engine db.Engine) *House {
	t.Helper()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	h := &House{T: t, Time: clock.NewManual(Morning)}
	h.Config = house.Config{
		Folder: filepath.Join(t.TempDir(), "store"), Version: "test", Clock: h.Time, Cost: Cost,
		Log: slog.New(slog.DiscardHandler), Fatal: func(err error) { panic(err) },
	}
	if engine == db.Postgres {
		h.Config.URL = schematest.Prepared.On(t, engine).URL
	}
	if _, err := house.Bear(t.Context(), house.Bearing{Config: h.Config, Demo: true, Patients: 60, Params: vaulttest.Params}); err != nil {
		t.Fatal(err)
	}
	h.Open()
	t.Cleanup(h.Close)
	return h
}

// Open opens the house, tends it and serves it.
func (h *House) Open() {
	h.T.Helper()
	opened, err := house.Open(context.Background(), h.Config)
	if err != nil {
		h.T.Fatal(err)
	}
	h.House = opened
	ctx, stop := context.WithCancel(context.Background())
	var tending sync.WaitGroup
	tending.Go(func() {
		if err := opened.Tend(ctx); err != nil {
			h.T.Error(err)
		}
	})
	h.Server = httptest.NewServer(opened.Handler(nil))
	h.stop = func() {
		h.Server.Close()
		stop()
		tending.Wait()
		if err := opened.Close(); err != nil {
			h.T.Error(err)
		}
	}
}

// Beside opens another process of the same store, which must be one that several
// may share.
func (h *House) Beside() *House {
	h.T.Helper()
	other := &House{T: h.T, Time: h.Time, Config: h.Config, people: h.people}
	other.Open()
	h.T.Cleanup(other.Close)
	return other
}

// Close closes the house.
func (h *House) Close() {
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// Colleague is somebody as whom a test can sign in.
type Colleague struct {
	Person     string
	Name       struct{ ZH, EN string }
	Department struct{ ZH, EN string }
	Roles      []struct{ ID string }
}

// Is reports whether a colleague holds a role.
func (c Colleague) Is(role string) bool {
	for _, r := range c.Roles {
		if r.ID == role {
			return true
		}
	}
	return false
}

// People returns everybody who can be signed in as.
func (h *House) People() []Colleague {
	h.T.Helper()
	if h.people == nil {
		var answer struct{ Items []Colleague }
		(&Caller{house: h}).Must("GET", "/api/session/demo-people", nil, http.StatusOK, &answer)
		h.people = answer.Items
	}
	return h.people
}

// Pick returns the first colleague of a role that the condition holds for.
func (h *House) Pick(role string, fits func(Colleague) bool) Colleague {
	h.T.Helper()
	for _, c := range h.People() {
		if c.Is(role) && (fits == nil || fits(c)) {
			return c
		}
	}
	h.T.Fatalf("the demo hospital has no such %s", role)
	return Colleague{}
}

// Caller asks over HTTP.
type Caller struct {
	house   *House
	Who     Colleague
	Token   string
	Purpose string
	English bool
}

// Nobody asks without signing in.
func (h *House) Nobody() *Caller { return &Caller{house: h} }

// SignIn signs somebody in.
func (h *House) SignIn(who Colleague) *Caller {
	h.T.Helper()
	c := &Caller{house: h, Who: who}
	var answer struct{ Token string }
	c.Must("POST", "/api/session", map[string]any{"person": who.Person, "bearer": true}, http.StatusCreated, &answer)
	c.Token = answer.Token
	return c
}

// At is the caller with the same token at another process.
func (c *Caller) At(h *House) *Caller {
	there := *c
	there.house = h
	return &there
}

// Ask asks and returns the status and the answer.
func (c *Caller) Ask(method, path string, body any) (int, []byte) {
	c.house.T.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			c.house.T.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(c.house.T.Context(), method, c.house.Server.URL+path, content)
	if err != nil {
		c.house.T.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if c.Purpose != "" {
		req.Header.Set(identity.PurposeHeader, c.Purpose)
	}
	if c.English {
		req.Header.Set("Accept-Language", "en")
	}
	res, err := c.house.Server.Client().Do(req)
	if err != nil {
		c.house.T.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		c.house.T.Fatal(err)
	}
	return res.StatusCode, answer
}

// Must asks, wants a status, and reads the answer into the value to which into
// points, if there is one.
func (c *Caller) Must(method, path string, body any, want int, into any) {
	c.house.T.Helper()
	status, answer := c.Ask(method, path, body)
	if status != want {
		c.house.T.Fatalf("%s %s: %d, want %d\n%s", method, path, status, want, answer)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(answer, into); err != nil {
		c.house.T.Fatalf("%s %s: %v\n%s", method, path, err, answer)
	}
}

// Problem is a problem document.
type Problem struct {
	Status int
	Code   string
	Detail string
	Fields []struct{ Path, Problem string }
	Extra  struct {
		Way        string
		Patient    string
		Conditions []struct {
			Name   string
			Met    bool
			Remedy struct{ ZH, EN string }
		}
	}
}

// Refused asks, wants a problem of a code, and returns it.
func (c *Caller) Refused(method, path string, body any, code string) Problem {
	c.house.T.Helper()
	status, answer := c.Ask(method, path, body)
	var p Problem
	if err := json.Unmarshal(answer, &p); err != nil || p.Code != code || p.Status != status {
		c.house.T.Fatalf("%s %s: %d %s, want the problem %s", method, path, status, answer, code)
	}
	return p
}
