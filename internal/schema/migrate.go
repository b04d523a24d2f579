package schema

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"
	"text/template"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	goosedb "github.com/pressly/goose/v3/database"
	_ "modernc.org/sqlite" // registers the embedded engine with database/sql

	"github.com/medward/medward/internal/base/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

// versions is the table in which goose remembers what it has applied.
const versions = "schema_version"

// MigrateSQLite brings the database file at path up to date.
func MigrateSQLite(ctx context.Context, path string) error {
	handle, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)")
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	return errors.Join(migrate(ctx, handle, db.SQLite), handle.Close())
}

// MigratePostgres brings the database at url up to date. url names the role
// that owns the schema. When serve is not empty it names the lesser role that
// the server runs as, which is then allowed exactly what it needs.
func MigratePostgres(ctx context.Context, url, serve string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("reading the database address: %w", err)
	}
	handle := stdlib.OpenDB(*config)
	err = migrate(ctx, handle, db.Postgres)
	if err == nil && serve != "" {
		err = allow(ctx, handle, serve)
	}
	return errors.Join(err, handle.Close())
}

func migrate(ctx context.Context, handle *sql.DB, engine db.Engine) error {
	files, err := expand(engine)
	if err != nil {
		return err
	}
	dialect := goosedb.DialectSQLite3
	if engine == db.Postgres {
		dialect = goosedb.DialectPostgres
	}
	store, err := goosedb.NewStore(dialect, versions)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider("", handle, files, goose.WithStore(store))
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrating: %w", err)
	}
	return nil
}

// expand writes the migrations out for one engine.
func expand(engine db.Engine) (fs.FS, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		t, err := template.New(name).Funcs(macros(engine)).Option("missingkey=error").Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		var b strings.Builder
		if err := t.Execute(&b, nil); err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		out[strings.TrimPrefix(name, "migrations/")] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return out, nil
}

func macros(engine db.Engine) template.FuncMap {
	if engine == db.SQLite {
		return template.FuncMap{
			"text":  func() string { return "TEXT" },
			"bytes": func() string { return "BLOB" },
			"final": func(table string) string { return fmt.Sprintf(finalSQLite, table) },
		}
	}
	return template.FuncMap{
		"text":  func() string { return `TEXT COLLATE "C"` },
		"bytes": func() string { return "BYTEA" },
		"final": func(table string) string { return fmt.Sprintf(finalPostgres, table) },
	}
}

const finalSQLite = `
-- +goose StatementBegin
CREATE TRIGGER %[1]s_never_changes BEFORE UPDATE ON %[1]s BEGIN SELECT RAISE(ABORT, '%[1]s: rows are final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER %[1]s_never_goes BEFORE DELETE ON %[1]s BEGIN SELECT RAISE(ABORT, '%[1]s: rows are final'); END;
-- +goose StatementEnd
`

const finalPostgres = `
-- +goose StatementBegin
CREATE FUNCTION %[1]s_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%[1]s: rows are final'; END $$;
-- +goose StatementEnd
CREATE TRIGGER %[1]s_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON %[1]s FOR EACH STATEMENT EXECUTE FUNCTION %[1]s_final();
COMMENT ON TABLE %[1]s IS 'final';
`

// allow gives the serving role what it needs and nothing else: it may never
// change or remove a row of a final table, nor change the schema.
func allow(ctx context.Context, handle *sql.DB, serve string) error {
	role := pgx.Identifier{serve}.Sanitize()
	for _, statement := range []string{
		"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM " + role,
		"GRANT USAGE ON SCHEMA public TO " + role,
		"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role,
		"REVOKE INSERT, UPDATE, DELETE ON " + versions + " FROM " + role,
	} {
		if _, err := handle.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("setting the rights of role %s: %w", serve, err)
		}
	}
	final, err := finalTables(ctx, handle)
	if err != nil {
		return err
	}
	for _, table := range final {
		if _, err := handle.ExecContext(ctx, "REVOKE UPDATE, DELETE, TRUNCATE ON "+pgx.Identifier{table}.Sanitize()+" FROM "+role); err != nil {
			return fmt.Errorf("setting the rights of role %s on %s: %w", serve, table, err)
		}
	}
	return nil
}

func finalTables(ctx context.Context, handle *sql.DB) ([]string, error) {
	rows, err := handle.QueryContext(ctx, `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'public' AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') = 'final'`)
	if err != nil {
		return nil, fmt.Errorf("listing the final tables: %w", err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
