package identity_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

const (
	loopback = "127.0.0.1:40000"
	wardPC   = "192.0.2.10:40000"
	homePC   = "198.51.100.7:40000"
)

// cheap makes hashes that cost next to nothing.
var cheap = identity.HashCost{MemoryKiB: 16, Passes: 1, Lanes: 1, AtOnce: 4}

// gate is a house with its staff and identity rooms, behind HTTP.
type gate struct {
	*acttest.Bench
	staff *staff.Room
	room  *identity.Room
	http  http.Handler
	ops   []web.Op

	mu     sync.Mutex
	alarms []string
}

func both(t *testing.T, fn func(t *testing.T, g *gate)) {
	t.Helper()
	bothWith(t, identity.Options{}, fn)
}

func bothWith(t *testing.T, o identity.Options, fn func(t *testing.T, g *gate)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, newGate(b, o)) })
}

// newGateOn is another process at the same store.
func newGateOn(g *gate, o identity.Options) *gate { return newGate(g.Bench, o) }

// easyRules ask nobody for a second factor and let sessions stand side by side.
func easyRules() *identity.Rules {
	rules := identity.DefaultRules()
	rules.Factor.Roles = []string{}
	rules.Session.Concurrent = identity.Several
	return &rules
}

func newGate(b *acttest.Bench, o identity.Options) *gate {
	slog.SetDefault(slog.New(slog.NewTextHandler(b.Log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	g := &gate{Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})}
	o.Desk, o.Staff, o.Vault, o.Org, o.Cost = b.Door.Desk("identity"), g.staff, b.Vault, acttest.Org, cheap
	if o.Rules == nil {
		o.Rules = easyRules()
	}
	o.Alarm = func(_ context.Context, what string, _ error) {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.alarms = append(g.alarms, what)
	}
	g.room = identity.New(o)
	s := web.New("test")
	g.staff.Routes(s)
	g.room.Routes(s)
	g.http, g.ops = g.room.Authenticate(s.Handler()), s.Ops()
	return g
}

func (g *gate) alarmed() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.alarms)
}

// client is somebody at a terminal.
type client struct {
	g       *gate
	from    string
	token   string
	purpose string
	headers map[string]string
	kept    *http.Cookie         // of a way of signing in
	tls     *tls.ConnectionState // nil: no certificate was shown
}

func (g *gate) at(from string) *client { return &client{g: g, from: from} }

type answer struct {
	status int
	body   map[string]any
	header http.Header
}

func (c *client) ask(method, path, body string) answer {
	c.g.T.Helper()
	req := httptest.NewRequestWithContext(c.g.T.Context(), method, "https://medward.example"+path, strings.NewReader(body))
	req.RemoteAddr = c.from
	req.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		req.AddCookie(&http.Cookie{Name: identity.CookieName, Value: c.token})
	}
	if c.kept != nil {
		req.AddCookie(c.kept)
	}
	if c.tls != nil {
		req.TLS = c.tls
	}
	if c.purpose != "" {
		req.Header.Set(identity.PurposeHeader, c.purpose)
	}
	for name, value := range c.headers {
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	c.g.http.ServeHTTP(w, req)
	a := answer{status: w.Code, header: w.Header()}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
			c.g.T.Fatalf("%s %s: %d %q", method, path, w.Code, w.Body)
		}
	}
	return a
}

func (c *client) must(want int, method, path, body string) answer {
	c.g.T.Helper()
	a := c.ask(method, path, body)
	if a.status != want {
		c.g.T.Fatalf("%s %s: %d %v, want %d", method, path, a.status, a.body, want)
	}
	return a
}

// signIn signs in by password and keeps the cookie.
func (c *client) signIn(name, password string) answer {
	c.g.T.Helper()
	text, err := json.Marshal(map[string]string{"name": name, "password": password})
	if err != nil {
		c.g.T.Fatal(err)
	}
	a := c.ask("POST", "/api/session", string(text))
	c.keep(a)
	return a
}

// keep keeps the cookies of an answer, as a browser does.
func (c *client) keep(a answer) {
	for _, cookie := range (&http.Response{Header: a.header}).Cookies() {
		if cookie.Name == identity.CookieName {
			c.token = cookie.Value
		} else {
			c.kept = cookie
		}
	}
}

func (c *client) change(old, chosen string) answer {
	c.g.T.Helper()
	text, err := json.Marshal(map[string]string{"old": old, "chosen": chosen})
	if err != nil {
		c.g.T.Fatal(err)
	}
	return c.ask("POST", "/api/session/password", string(text))
}

// who returns the answer to who is signed in.
func (c *client) who() map[string]any {
	c.g.T.Helper()
	return c.must(200, "GET", "/api/session", "").body
}

func (c *client) live() bool {
	c.g.T.Helper()
	a := c.ask("GET", "/api/session", "")
	if a.status != 200 && a.status != 401 {
		c.g.T.Fatalf("who am I: %d %v", a.status, a.body)
	}
	return a.status == 200
}

// employee is somebody with a post and an account.
type employee struct {
	person, account, name, password, appointment string
}

// founder returns a context in which a security administrator acts.
func (g *gate) founder() context.Context {
	return acttest.For(g.Person("somebody-else", nil, 1, "security-administrator"), "operation")
}

// hire adds somebody with a post for 30 days and an account whose password the
// person has changed.
func (g *gate) hire(name, role string) employee {
	g.T.Helper()
	e := g.hireFresh(name, role)
	c := g.at(loopback)
	if a := c.signIn(e.name, e.password); a.status != 201 {
		g.T.Fatalf("first sign-in of %s: %d %v", name, a.status, a.body)
	}
	const chosen = "Correct horse 9 battery"
	if a := c.change(e.password, chosen); a.status != 204 {
		g.T.Fatalf("first change of %s: %d %v", name, a.status, a.body)
	}
	c.must(204, "DELETE", "/api/session", "")
	e.password = chosen
	return e
}

// hireFresh is hire before the first sign-in.
func (g *gate) hireFresh(name, role string) employee {
	g.T.Helper()
	e := g.employ(name, role)
	made, err := g.room.CreateAccount(g.founder(), identity.NewAccount{Person: e.person, Name: name})
	if err != nil {
		g.T.Fatal(err)
	}
	e.account, e.name, e.password = made.Account.ID, made.Account.Name, made.Password
	return e
}

// employ adds somebody with a post for 30 days and no account.
func (g *gate) employ(number, role string) employee {
	g.T.Helper()
	ctx := g.founder()
	person, err := g.staff.AddPerson(ctx, staff.NewPerson{Number: number, NameZH: "某某", NameEN: "Mou Mou", Category: staff.Employee})
	if err != nil {
		g.T.Fatal(err)
	}
	department, err := g.staff.AddDepartment(ctx, staff.NewDepartment{Code: "d-" + number, NameZH: "科室", NameEN: "Unit", Kind: staff.Clinical})
	if err != nil {
		g.T.Fatal(err)
	}
	return employee{person: person.ID, appointment: g.appointIn(department.ID, person.ID, role, 30)}
}

// appoint gives somebody a further post.
func (g *gate) appoint(person, role string, days int) string {
	g.T.Helper()
	department, err := g.staff.AddDepartment(g.founder(), staff.NewDepartment{Code: "more-" + person, NameZH: "科室", NameEN: "Unit", Kind: staff.Clinical})
	if err != nil {
		g.T.Fatal(err)
	}
	return g.appointIn(department.ID, person, role, days)
}

func (g *gate) appointIn(department, person, role string, days int) string {
	g.T.Helper()
	post, err := g.staff.Appoint(g.founder(), staff.NewAppointment{
		Person: person, Role: role, Department: department, TitleZH: "职称", Until: g.Clock.Now().Add(time.Duration(days) * 24 * time.Hour),
	})
	if err != nil {
		g.T.Fatal(err)
	}
	return post.ID
}

// departmentOf is where somebody works.
func (g *gate) departmentOf(e employee) string {
	g.T.Helper()
	var standing staff.Standing
	g.read(func(r db.Reader) (err error) {
		standing, err = staff.StandingOf(g.T.Context(), r, acttest.Org, e.person, g.Clock.Now())
		return err
	})
	return standing.Actor().Department
}

// verdict asks one live check.
func (g *gate) verdict(check, want string) {
	g.T.Helper()
	for _, c := range g.room.Checks() {
		if c.ID == check {
			if f := c.Ask(g.T.Context()); string(f.Verdict) != want {
				g.T.Errorf("%s: %+v, want %s", check, f, want)
			}
			return
		}
	}
	g.T.Errorf("no check %s", check)
}

// told listens to what owners are told; the answer is the last notice by person.
func (g *gate) told() func() map[string]string {
	var mu sync.Mutex
	heard := map[string]string{}
	g.room.OnNotice(func(_ context.Context, _ *act.Work, person string, n identity.Notice, _ string) error {
		mu.Lock()
		defer mu.Unlock()
		heard[person] = n.ID
		return nil
	})
	return func() map[string]string {
		mu.Lock()
		defer mu.Unlock()
		return maps.Clone(heard)
	}
}

func text(t *testing.T, body any) string {
	t.Helper()
	out, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// as returns a context in which an employee acts in a session.
func (g *gate) as(e employee, session string) context.Context {
	return act.With(g.T.Context(), act.Actor{
		Actor:   policy.Actor{Kind: act.Person, ID: e.person, Org: acttest.Org, Session: session},
		Purpose: "operation",
	})
}

func (g *gate) read(fn func(r db.Reader) error) {
	g.T.Helper()
	if err := g.Store.Read(g.T.Context(), fn); err != nil {
		g.T.Fatal(err)
	}
}
