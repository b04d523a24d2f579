// Package acttest gives tests the door with everything behind it, on each
// engine: a fresh store, the rulebook the house is delivered with, a vault, a
// ledger that runs, and a clock that the test moves.
package acttest

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/internal/vault/vaulttest"
)

// Org is the organisation of every bench.
const Org = "org-mingzhou"

// Morning is when a bench begins: a Monday, 08:00 in China.
var Morning = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

// Bench is a door with everything behind it.
type Bench struct {
	T      testing.TB
	At     dbtest.Place
	Store  db.Store
	Asked  *dbtest.Counter // what came through the door
	Clock  *clock.Manual
	Time   *clock.Floored
	Vault  *vault.Vault
	Ledger *ledger.Ledger
	Door   *act.Door
	Log    *Log

	mu     sync.Mutex
	alarms []string
}

// Both runs fn on a bench on each engine.
func Both(t *testing.T, fn func(t *testing.T, b *Bench)) {
	t.Helper()
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) { fn(t, New(t, at, nil)) })
}

// BothWith runs fn on a bench on each engine, with rules of the test's own.
func BothWith(t *testing.T, rules act.Rulebook, fn func(t *testing.T, b *Bench)) {
	t.Helper()
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) { fn(t, New(t, at, rules)) })
}

// New makes a bench at a migrated place. Nil rules are the delivered ones.
func New(t testing.TB, at dbtest.Place, rules act.Rulebook) *Bench {
	t.Helper()
	b := &Bench{T: t, At: at, Clock: clock.NewManual(Morning), Log: &Log{}}
	b.Time = clock.NotBefore(b.Clock, Morning)
	var err error
	if b.Store, err = at.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.Asked = dbtest.Count(b.Store)
	b.Vault = vaulttest.New(t, b.Time)
	log := slog.New(slog.NewTextHandler(b.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b.Ledger, err = ledger.New(b.Store, ledger.Options{
		Clock: b.Time, Log: log, Origin: "test/ledger", Signer: b.Vault.LedgerSigner(),
		Alarm: func(_ context.Context, f ledger.Finding) { b.alarm("ledger: " + f.Kind) },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Store.Bind(db.Hooks{MAC: b.Vault.MACRow, BeforeCommit: b.Ledger.BeforeCommit, Committed: b.Ledger.Committed, Log: log})
	if rules == nil {
		if rules, err = policy.Default(); err != nil {
			t.Fatal(err)
		}
	}
	b.Door = act.New(act.Options{Store: b.Asked, Rules: rules, Clock: b.Time, Log: log, Blind: b.Vault.Blind, Alarm: func(_ context.Context, what string, _ error) { b.alarm(what) }})
	b.run(t)
	return b
}

func (b *Bench) run(t testing.TB) {
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := b.Ledger.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		stop()
		running.Wait()
		if err := b.Store.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (b *Bench) alarm(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.alarms = append(b.alarms, what)
}

// Alarms returns what was alarmed so far.
func (b *Bench) Alarms() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.alarms...)
}

// Person returns a context in which a person of the organisation acts for the
// purpose of care.
func (b *Bench) Person(id string, departments []string, clearance int, roles ...string) context.Context {
	a := act.Actor{
		Actor: policy.Actor{Kind: act.Person, ID: id, Org: Org, Session: "session-" + id, Roles: roles, Departments: departments, Clearance: clearance},
		IP:    "192.0.2.1", Terminal: "ward-3-pc-1", Purpose: "care",
	}
	if len(departments) > 0 {
		a.Department = departments[0]
	}
	return act.With(b.T.Context(), a)
}

// Feed returns a context in which a foreign system acts with which everything was
// agreed, for the purpose of care.
func (b *Bench) Feed(id string) context.Context {
	book, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	agreed := policy.Agreed{Verbs: book.Verbs()}
	for _, verb := range agreed.Verbs {
		agreed.Kinds = append(agreed.Kinds, book.Kinds(verb)...)
	}
	return act.With(b.T.Context(), act.Actor{Actor: policy.Actor{Kind: act.Feed, ID: id, Org: Org, Agreed: &agreed}, Purpose: "care"})
}

// For returns the context with another purpose.
func For(ctx context.Context, purpose string) context.Context {
	a := act.From(ctx)
	a.Purpose = purpose
	return act.With(ctx, a)
}

// FirstStart returns a context in which the birth of the store acts.
func (b *Bench) FirstStart() context.Context {
	return act.With(b.T.Context(), act.Actor{
		Actor: policy.Actor{Kind: act.FirstStart, ID: act.FirstStart, Org: Org, Roles: []string{"first-start"}}, Purpose: "operation",
	})
}

// Entries returns every entry of the ledger in the order of its place.
func (b *Bench) Entries() []ledger.Entry {
	b.T.Helper()
	if err := b.Ledger.Settle(b.T.Context()); err != nil {
		b.T.Fatal(err)
	}
	var all []ledger.Entry
	err := b.Store.Read(b.T.Context(), func(r db.Reader) error {
		for position := int64(0); ; position++ {
			placed, err := b.Ledger.At(b.T.Context(), r, position)
			if err != nil {
				return nil //nolint:nilerr // past the last entry
			}
			all = append(all, placed.Entry)
		}
	})
	if err != nil {
		b.T.Fatal(err)
	}
	return all
}

// Last returns the newest entry.
func (b *Bench) Last() ledger.Entry {
	b.T.Helper()
	all := b.Entries()
	if len(all) == 0 {
		b.T.Fatal("the ledger is empty")
	}
	return all[len(all)-1]
}

// Count returns how many rows a table has.
func (b *Bench) Count(table string) int64 {
	b.T.Helper()
	var n int64
	err := b.Store.Read(b.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(b.T.Context(), "SELECT COUNT(*) FROM "+table)
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		return rows.Scan(&n)
	})
	if err != nil {
		b.T.Fatal(err)
	}
	return n
}

// Behind runs SQL behind the house, as a database administrator would who has
// every right, with the triggers out of the way.
func (b *Bench) Behind(statement string, args ...any) {
	b.T.Helper()
	ctx := context.Background()
	if b.At.Engine == db.Postgres {
		conn, err := pgx.Connect(ctx, b.At.URL)
		if err == nil {
			_, err = conn.Exec(ctx, "SET session_replication_role = replica")
		}
		if err == nil {
			_, err = conn.Exec(ctx, statement, args...)
		}
		if err != nil {
			b.T.Fatalf("%s: %v", statement, err)
		}
		_ = conn.Close(ctx)
		return
	}
	file, err := sql.Open("sqlite", "file:"+b.At.Path+"?_pragma=busy_timeout(10000)")
	if err == nil {
		_, err = file.ExecContext(ctx, statement, args...)
	}
	if err != nil {
		b.T.Fatalf("%s: %v", statement, err)
	}
	_ = file.Close()
}

// Log keeps what was logged, for tests that nothing secret is.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is everything that was logged.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
