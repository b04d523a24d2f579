package dbtest_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite" // the samples are prepared through database/sql

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
)

var withSamples = &dbtest.Prepared{Name: "samples", Do: func(ctx context.Context, at dbtest.Place) error {
	if at.Engine == db.SQLite {
		file, err := sql.Open("sqlite", at.Path)
		if err != nil {
			return err
		}
		_, err = file.ExecContext(ctx, dbtest.SampleDDL(at.Engine))
		return errors.Join(err, file.Close())
	}
	conn, err := pgx.Connect(ctx, at.URL)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, dbtest.SampleDDL(at.Engine))
	return errors.Join(err, conn.Close(ctx))
}}

func TestBothEnginesMeanTheSame(t *testing.T) {
	for _, engine := range []db.Engine{db.SQLite, db.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			dbtest.Conform(t, func(t *testing.T, hooks db.Hooks) db.Store {
				s := withSamples.Store(t, engine)
				hooks.MAC = func(digest []byte) []byte { return append([]byte("key"), digest...) }
				s.Bind(hooks)
				return s
			})
		})
	}
}

func TestAClosedSQLiteStoreIsOneFile(t *testing.T) {
	at := withSamples.On(t, db.SQLite)
	s, err := at.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Bind(db.Hooks{MAC: func([]byte) []byte { return []byte("key") }})
	err = s.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
		return dbtest.Samples.Insert(ctx, w, &dbtest.Sample{Org: "o", Name: "n", Tags: []string{}})
	}})
	if err := errors.Join(err, s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := s.Read(t.Context(), func(db.Reader) error { return nil }); err == nil {
		t.Error("a closed store was read")
	}
	if left, err := os.Stat(at.Path + "-wal"); err == nil && left.Size() > 0 {
		t.Errorf("%d bytes stayed outside the file: a copy of it would lack them", left.Size())
	}
}

func TestPartsShareTheirRoundTrips(t *testing.T) {
	at, wire := dbtest.Tap(t, withSamples.On(t, db.Postgres))
	s, err := at.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	one := func(r db.Reader) error {
		_, err := dbtest.Samples.Select(t.Context(), r, "WHERE org = $1", "o1")
		return err
	}
	read := func() {
		err := s.Read(t.Context(), func(r db.Reader) error {
			two := func() error { return errors.Join(one(r), one(r)) }
			return r.Together(t.Context(), two, func() error { return r.Together(t.Context(), two, two) }, two)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	read() // prepares the statements
	if trips := wire.During(read); trips != 3 {
		t.Errorf("eight questions, two deep, and the end took %d round trips, want 3", trips)
	}
}
