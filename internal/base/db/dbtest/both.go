package dbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
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

	mu        sync.Mutex
	templates map[db.Engine]Place
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
	template := p.template(t, engine)
	if engine == db.SQLite {
		at := Place{Engine: engine, Path: filepath.Join(t.TempDir(), "medward.db")}
		if err := copyFile(template.Path, at.Path); err != nil {
			t.Fatal(err)
		}
		return at
	}
	at, err := createDatabase(t.Context(), nameOf(template.URL))
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

func (p *Prepared) template(t testing.TB, engine db.Engine) Place {
	t.Helper()
	if engine == db.Postgres {
		requirePostgres(t)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if at, ok := p.templates[engine]; ok {
		return at
	}
	at, err := p.prepare(context.Background(), engine)
	if err != nil {
		t.Fatalf("preparing %s on %s: %v", p.Name, engine, err)
	}
	if p.templates == nil {
		p.templates = map[db.Engine]Place{}
	}
	p.templates[engine] = at
	return at
}

func (p *Prepared) prepare(ctx context.Context, engine db.Engine) (Place, error) {
	at := Place{Engine: engine}
	var err error
	if engine == db.Postgres {
		at, err = createDatabase(ctx, "template1")
	} else {
		var dir string
		dir, err = os.MkdirTemp("", "medward-template-")
		at.Path = filepath.Join(dir, "template.db")
	}
	if err != nil {
		return at, err
	}
	return at, p.Do(ctx, at)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from) //nolint:gosec // a template of ours
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to) //nolint:gosec // in a test's own folder
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
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
