package dbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/db"
)

// ClusterVariable names the environment variable with the address of the
// superuser of a running cluster.
const ClusterVariable = "MEDWARD_TEST_POSTGRES"

// Place is where a store lives: a file for SQLite, an address for PostgreSQL.
type Place struct {
	Engine db.Engine
	Path   string // SQLite
	URL    string // PostgreSQL, as the owner of everything
}

// Open opens the store at a place.
func (p Place) Open(ctx context.Context) (db.Store, error) {
	if p.Engine == db.SQLite {
		return db.OpenSQLite(p.Path)
	}
	return db.OpenPostgres(ctx, p.URL)
}

// Prepared is a way to prepare an empty place, done once for each engine and
// copied for every test.
type Prepared struct {
	Name string
	Do   func(ctx context.Context, p Place) error

	mu       sync.Mutex
	postgres Place
	sqlite   []byte // the file
}

// Empty prepares nothing.
var Empty = &Prepared{Name: "empty", Do: func(context.Context, Place) error { return nil }}

// Both runs fn once for each engine, with a fresh place.
func (p *Prepared) Both(t *testing.T, fn func(t *testing.T, at Place)) {
	t.Helper()
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) { fn(t, p.On(t, engine)) })
	}
}

// On returns a fresh place on one engine. It is removed when the test ends.
func (p *Prepared) On(t testing.TB, engine db.Engine) Place {
	t.Helper()
	if engine == db.SQLite {
		at := Place{Engine: engine, Path: filepath.Join(t.TempDir(), "medward.db")}
		if err := os.WriteFile(at.Path, p.onSQLite(t), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	at, err := createDatabase(t.Context(), nameOf(p.onPostgres(t).URL))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dropDatabase(context.Background(), nameOf(at.URL)); err != nil {
			t.Error(err)
		}
	})
	return at
}

// Store opens a fresh store on one engine and closes it when the test ends.
func (p *Prepared) Store(t testing.TB, engine db.Engine) db.Store {
	t.Helper()
	s, err := p.On(t, engine).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (p *Prepared) onSQLite(t testing.TB) []byte {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sqlite != nil {
		return p.sqlite
	}
	at := Place{Engine: db.SQLite, Path: filepath.Join(t.TempDir(), "template.db")}
	p.prepare(t, at)
	file, err := os.ReadFile(at.Path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	p.sqlite = append([]byte{}, file...)
	return p.sqlite
}

func (p *Prepared) onPostgres(t testing.TB) Place {
	t.Helper()
	requirePostgres(t)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.postgres.URL != "" {
		return p.postgres
	}
	at, err := createDatabase(context.Background(), "template1")
	if err != nil {
		t.Fatal(err)
	}
	p.prepare(t, at)
	p.postgres = at
	return at
}

func (p *Prepared) prepare(t testing.TB, at Place) {
	t.Helper()
	if err := p.Do(context.Background(), at); err != nil {
		t.Fatalf("preparing %s on %s: %v", p.Name, at.Engine, err)
	}
}

var own = struct {
	sync.Once
	cluster *Cluster
	err     error
}{}

// Superuser returns the address of the cluster's superuser, starting a cluster
// for this process when none is given.
func Superuser() (string, error) {
	if given := os.Getenv(ClusterVariable); given != "" {
		return given, nil
	}
	own.Do(func() { own.cluster, own.err = StartCluster(context.Background(), false) })
	if own.err != nil {
		return "", own.err
	}
	return own.cluster.URL, nil
}

func requirePostgres(t testing.TB) {
	t.Helper()
	_, err := Superuser()
	switch {
	case errors.Is(err, ErrNoPostgres) && os.Getenv("CI") == "":
		t.Skip("SKIPPED, HALF UNTESTED: ", err)
	case err != nil:
		t.Fatal(err)
	}
}

func createDatabase(ctx context.Context, template string) (Place, error) {
	super, err := Superuser()
	if err != nil {
		return Place{}, err
	}
	conn, err := pgx.Connect(ctx, super)
	if err != nil {
		return Place{}, err
	}
	defer conn.Close(ctx)
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return Place{}, err
	}
	name := "t" + hex.EncodeToString(random[:])
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		return Place{}, fmt.Errorf("creating a test database: %w", err)
	}
	address, err := url.Parse(super)
	if err != nil {
		return Place{}, err
	}
	address.Path = "/" + name
	return Place{Engine: db.Postgres, URL: address.String()}, nil
}

func dropDatabase(ctx context.Context, name string) error {
	super, err := Superuser()
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, super)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
	return err
}

func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path[1:]
}
