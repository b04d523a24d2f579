package crashtest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/vault/vaulttest"
)

// patients is how many the demo hospital of a store has.
const patients = 24

// Store is a demo store that outlives the processes that serve it.
type Store struct {
	folder  string
	url     string
	cluster *dbtest.Cluster // nil on SQLite
	serial  int             // makes what is written different in each round
}

// born counts databases, each of which has a name and a role of its own.
var born atomic.Int64

// NewSQLite bears an embedded store.
func NewSQLite(t *testing.T) *Store {
	t.Helper()
	return bear(t, &Store{})
}

// NewPostgres bears a store in a cluster that makes everything durable.
func NewPostgres(t *testing.T, cluster *dbtest.Cluster) *Store {
	t.Helper()
	name := fmt.Sprintf("crash%d", born.Add(1))
	if err := cluster.Do(t.Context(), "CREATE DATABASE "+name, "CREATE ROLE "+name+" LOGIN"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Do(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)", "DROP ROLE "+name); err != nil {
			t.Error(err)
		}
	})
	if err := schema.MigratePostgres(t.Context(), cluster.Address("owner", name), name); err != nil {
		t.Fatal(err)
	}
	return bear(t, &Store{url: cluster.Address(name, name), cluster: cluster})
}

func bear(t *testing.T, s *Store) *Store {
	t.Helper()
	s.folder = filepath.Join(t.TempDir(), "store")
	b := house.Bearing{Config: configOf(s.folder, s.url, io.Discard), Demo: true, Patients: patients, Params: vaulttest.Params}
	if _, err := house.Bear(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s
}

// trust is what a caller checks the server's certificate against.
func (s *Store) trust() (*tls.Config, error) {
	text, err := os.ReadFile(filepath.Join(s.folder, "tls", "cert.pem"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	return &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS13}, nil
}
