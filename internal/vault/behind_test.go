package vault_test

import (
	"database/sql"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
)

// alter changes the database behind the system, as its administrator can.
func alter(t *testing.T, at dbtest.Place, statement string) {
	t.Helper()
	if at.Engine == db.Postgres {
		conn, err := pgx.Connect(t.Context(), at.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context())
		if _, err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
		return
	}
	handle, err := sql.Open("sqlite", "file:"+at.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer handle.Close()
	if _, err := handle.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
