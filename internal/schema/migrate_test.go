package schema_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/schema/schematest"
)

func TestMigratingTwiceChangesNothing(t *testing.T) {
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		if err := schematest.Prepared.Do(t.Context(), at); err != nil {
			t.Fatal(err)
		}
	})
}

func TestFinalRowsStayEvenForTheOwner(t *testing.T) {
	insert := "INSERT INTO ledger_place (first, block, count) VALUES (0, 'b', 1)"
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		run := raw(t, at)
		if err := run(insert); err != nil {
			t.Fatal(err)
		}
		for _, change := range []string{"UPDATE ledger_place SET count = 2", "DELETE FROM ledger_place"} {
			if err := run(change); err == nil || !strings.Contains(err.Error(), "final") {
				t.Errorf("%s: %v", change, err)
			}
		}
	})
}

func TestTheServingRoleCannotTouchWhatIsFinal(t *testing.T) {
	at := schematest.Prepared.On(t, db.Postgres)
	run := raw(t, at)
	if err := run("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'schema_test_serve') THEN CREATE ROLE schema_test_serve LOGIN; END IF; END $$"); err != nil {
		t.Fatal(err)
	}
	if err := schema.MigratePostgres(t.Context(), at.URL, "schema_test_serve"); err != nil {
		t.Fatal(err)
	}
	serve := raw(t, dbtest.Place{Engine: db.Postgres, URL: strings.Replace(at.URL, "owner@", "schema_test_serve@", 1)})
	for statement, allowed := range map[string]bool{
		"INSERT INTO ledger_place (first, block, count) VALUES (0, 'b', 1)": true,
		"UPDATE job_task SET tries = 1":                                     true,
		"UPDATE ledger_place SET count = 2":                                 false,
		"DELETE FROM ledger_place":                                          false,
		"TRUNCATE ledger_place":                                             false,
		"DROP TABLE ledger_place":                                           false,
		"ALTER TABLE ledger_place DISABLE TRIGGER ALL":                      false,
		"DELETE FROM schema_version":                                        false,
	} {
		if err := serve(statement); (err == nil) != allowed {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func raw(t *testing.T, at dbtest.Place) func(string) error {
	t.Helper()
	if at.Engine == db.SQLite {
		handle, err := sql.Open("sqlite", at.Path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = handle.Close() })
		return func(statement string) error {
			_, err := handle.ExecContext(context.Background(), statement)
			return err
		}
	}
	conn, err := pgx.Connect(t.Context(), at.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return func(statement string) error {
		_, err := conn.Exec(context.Background(), statement)
		return err
	}
}
