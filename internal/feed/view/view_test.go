package view_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/feed/view"
)

func gb(t *testing.T, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// abroad is a PostgreSQL database that is not ours, and a way to it.
func abroad(t *testing.T, encoding string, statements ...string) view.Connection {
	t.Helper()
	super, err := dbtest.Superuser()
	if errors.Is(err, dbtest.ErrNoPostgres) && os.Getenv("CI") == "" {
		t.Skip("SKIPPED, UNTESTED: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	config, err := pgx.ParseConfig(super)
	if err != nil {
		t.Fatal(err)
	}
	name := "abroad_" + strings.ToLower(strings.NewReplacer("/", "_", "-", "_").Replace(t.Name()))
	exec := func(database string, statements ...string) {
		t.Helper()
		config.Database = database
		config.RuntimeParams["client_encoding"] = "SQL_ASCII"
		conn, err := pgx.ConnectConfig(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(t.Context()) }()
		for _, s := range statements {
			if _, err := conn.PgConn().Exec(t.Context(), s).ReadAll(); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
	}
	exec("postgres", "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING '"+encoding+"' LC_COLLATE 'C' LC_CTYPE 'C'")
	exec(name, statements...)
	address, err := url.Parse(super)
	if err != nil {
		t.Fatal(err)
	}
	return view.Connection{Code: "his", Kind: view.Postgres, Address: net.JoinHostPort("127.0.0.1", address.Query().Get("port")), Database: name, User: "owner", Plain: true}
}

func TestAViewOfPostgreSQLIsReadInItsEncoding(t *testing.T) {
	c := abroad(t, "SQL_ASCII",
		"CREATE TABLE patient (no text, name text, born date, changed timestamp, age int)",
		"INSERT INTO patient VALUES ('M1', '"+gb(t, "李四")+"', '1960-03-02', '2026-03-01 08:00', 66), ('M2', '"+gb(t, "王五")+"', NULL, '2026-03-02 08:00', 55)",
		`CREATE VIEW v_patient AS SELECT no, name AS "`+gb(t, "姓名")+`", born, changed, age FROM patient`)
	c.Encoding = view.GB18030
	ask := view.Ask{Table: "public.v_patient", Columns: []string{"NO", "姓名", "born", "age"}}
	table, err := c.Read(t.Context(), ask)
	if err != nil || len(table.Rows) != 2 || strings.Join(table.Rows[0].Cells, "|") != "M1|李四|1960-03-02|66" || strings.Join(table.Rows[1].Cells, "|") != "M2|王五||55" {
		t.Fatalf("%+v: %v", table, err)
	}
	ask.Changed, ask.Since = "changed", time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	if table, err := c.Read(t.Context(), ask); err != nil || len(table.Rows) != 1 || !table.Part {
		t.Errorf("since: %+v: %v", table, err)
	}
	var lost *view.MissingError
	if _, err := c.Read(t.Context(), view.Ask{Table: "v_patient", Columns: []string{"no", "电话"}}); !errors.As(err, &lost) || strings.Join(lost.Columns, "") != "电话" {
		t.Errorf("%v", err)
	}
	for _, name := range []string{`v_patient"; DROP TABLE patient; --`, "v patient", "a.b.c.d", ""} {
		if _, err := c.Read(t.Context(), view.Ask{Table: name, Columns: []string{"no"}}); !errors.Is(err, view.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	c.Encoding = ""
	if table, err := c.Read(t.Context(), view.Ask{Table: "v_patient", Columns: []string{"no"}}); err == nil && len(table.Rows) > 0 {
		t.Logf("read without its encoding: %d rows", len(table.Rows))
	}
}

func TestAViewIsOnlyReadAndNeverInPart(t *testing.T) {
	c := abroad(t, "UTF8", "CREATE TABLE counted (n int)", "CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql VOLATILE AS $$ BEGIN INSERT INTO counted VALUES (1); RETURN 1; END $$",
		"CREATE VIEW v_writes AS SELECT writes() AS n", "CREATE VIEW v_endless AS SELECT generate_series(1, 10000000) AS n")
	if _, err := c.Read(t.Context(), view.Ask{Table: "v_writes", Columns: []string{"n"}}); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("%v", err)
	}
	if table, err := c.Read(t.Context(), view.Ask{Table: "v_endless", Columns: []string{"n"}}); !errors.Is(err, view.ErrTooMuch) || len(table.Rows) != 0 {
		t.Errorf("%d rows: %v", len(table.Rows), err)
	}
}

func TestAFolderIsReadWithinItself(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := view.Connection{Code: "drop", Kind: view.Folder, Folder: folder}
	read := func(table string) (view.Table, error) {
		return c.Read(t.Context(), view.Ask{Table: table, Columns: []string{"工号", "姓名"}})
	}
	write("people-1.csv", []byte("工号,姓名\n1,旧\n"))
	write("people-2.csv", []byte(gb(t, "姓名,工号,其他\n新,2,x\n\n=1+1,\x003,\n")))
	table, err := read("people-*.csv")
	if err != nil || table.Name != "people-2.csv" || len(table.Rows) != 2 || strings.Join(table.Rows[0].Cells, "|") != "2|新" || table.Rows[1].Line != 4 || table.Rows[1].Broken != "工号" {
		t.Errorf("%+v: %v", table, err)
	}
	outside := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(outside, []byte("工号,姓名\n1,a\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(folder, "link.csv")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link.csv", "../secret.csv", "/etc/passwd", "none.csv"} {
		if table, err := read(name); err == nil {
			t.Errorf("%s: %+v", name, table)
		}
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err == nil {
		_, err = w.Write(make([]byte, 65<<20))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	write("bomb.xlsx", bomb.Bytes())
	if _, err := read("bomb.xlsx"); err == nil {
		t.Error("a workbook that unfolds to too much was read")
	}
	write("long.csv", []byte("工号,姓名\n"+strings.Repeat("1,a\n", view.MaxRows+1)))
	if _, err := read("long.csv"); !errors.Is(err, view.ErrTooMuch) {
		t.Errorf("%v", err)
	}
}

func TestConnectionsThatAreWrittenWronglyAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		`[{"code":"his","kind":"postgres","address":"h:5432","database":"d","user":"u"},{"code":"drop","kind":"folder","folder":"/srv"}]`: "",
		`[{"code":"his","kind":"dbase"}]`:                                                           "kind",
		`[{"code":"his","kind":"mysql","address":"h","database":"d","user":"u"}]`:                   "address",
		`[{"code":"d","kind":"folder","folder":"/srv"}]`:                                            "code",
		`[{"code":"dd","kind":"folder"}]`:                                                           "folder",
		`[{"code":"dd","kind":"folder","folder":"/a"},{"code":"dd","kind":"folder","folder":"/a"}]`: "twice",
		`[{"code":"dd","kind":"folder","folder":"/a","password":"x"}]`:                              "password",
	} {
		file := filepath.Join(t.TempDir(), "connections.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := view.ReadConnections(file); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
