package house_test

import (
	"context"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/vault/vaulttest"
)

func TestServingRefusesADatabaseOnWhichPromisesWouldNotHold(t *testing.T) {
	h := housetest.Demo(t, db.Postgres)
	err := h.Serve(t.Context(), "127.0.0.1:0", nil, func(net.Addr) { t.Error("it listens") })
	if err == nil || !strings.Contains(err.Error(), "db.not-durable") {
		t.Errorf("served without fsync: %v", err)
	}
}

func TestServingAsOwnerIsRefusedAndAsALesserRoleIsNot(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a durable cluster of its own")
	}
	cluster, err := dbtest.StartCluster(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	conn, err := pgx.Connect(t.Context(), cluster.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "CREATE ROLE ward LOGIN"); err != nil {
		t.Fatal(err)
	}
	if err := schema.MigratePostgres(t.Context(), cluster.URL, "ward"); err != nil {
		t.Fatal(err)
	}
	lesser, err := url.Parse(cluster.URL)
	if err != nil {
		t.Fatal(err)
	}
	lesser.User = url.User("ward")
	config := house.Config{Folder: filepath.Join(t.TempDir(), "store"), URL: lesser.String(), Version: "test", Cost: housetest.Cost}
	if _, err := house.Bear(t.Context(), house.Bearing{Config: config, Demo: true, Patients: 3, Params: vaulttest.Params}); err != nil {
		t.Fatal(err)
	}
	for role, fits := range map[string]bool{lesser.String(): true, cluster.URL: false} {
		config.URL = role
		h, err := house.Open(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		listening := false
		err = h.Serve(ctx, "127.0.0.1:0", nil, func(net.Addr) { listening = true; stop() })
		stop()
		if listening != fits || (err == nil) != fits {
			t.Errorf("as %s: listening %v, %v", role, listening, err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
}
