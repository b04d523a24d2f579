package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/schema/schematest"
)

// TestACommitThatEndedItsConnectionIsAskedAbout has the server end the
// connection within the commit, which it also does, when it is shut down, right
// after one: only the store can tell whether the transaction took place.
func TestACommitThatEndedItsConnectionIsAskedAbout(t *testing.T) {
	at := schematest.Prepared.On(t, db.Postgres)
	conn, err := pgx.Connect(t.Context(), at.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(t.Context(), `CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON db_lease DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave()`)
	if err != nil {
		t.Fatal(err)
	}
	s, err := at.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, landed := range []bool{true, false} {
		asked := false
		err := s.Write(t.Context(), db.Tx{
			Do: func(ctx context.Context, w db.Writer) error {
				_, err := db.Acquire(ctx, w, "work", "a", noon, term)
				return err
			},
			Landed: func(context.Context, db.Reader) (bool, error) { asked = true; return landed, nil },
		})
		if !asked || (err == nil) != landed || errors.Is(err, db.ErrUnknown) {
			t.Errorf("landed %v: asked %v, answered %v", landed, asked, err)
		}
	}
}
