package identity_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/schema/schematest"
)

// BenchmarkAuthenticate measures what finding out who makes a request adds to
// it: remembered from a moment ago, and read from the store.
func BenchmarkAuthenticate(b *testing.B) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		b.Run(string(engine)+"/remembered", func(b *testing.B) {
			benchmarkAuthenticate(b, engine, func(*gate) {})
		})
		b.Run(string(engine)+"/read", func(b *testing.B) {
			benchmarkAuthenticate(b, engine, func(g *gate) { g.room.ForgetPresence() })
		})
	}
}

func benchmarkAuthenticate(b *testing.B, engine db.Engine, before func(*gate)) {
	g := newGate(acttest.New(b, schematest.Prepared.On(b, engine), nil), identity.Options{})
	e := g.hire("chenyaqin", "attending")
	c := g.at(wardPC)
	c.signIn(e.name, e.password)
	h := g.room.Authenticate(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	req := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/api/session", nil)
	req.RemoteAddr = wardPC
	req.AddCookie(&http.Cookie{Name: identity.CookieName, Value: c.token})
	for b.Loop() {
		before(g)
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
}
