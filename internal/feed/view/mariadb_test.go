package view_test

import (
	"context"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/medward/medward/internal/feed/view"
)

// mariadb starts a server of our own, runs statements as its root, and returns a way to
// it.
func mariadb(t *testing.T, statements string) view.Connection {
	t.Helper()
	server, err := exec.LookPath("mariadbd")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no mariadbd on this machine (Debian: apt-get install mariadb-server)")
		}
		t.Skip("SKIPPED, UNTESTED: no mariadbd on this machine (Debian: apt-get install mariadb-server)")
	}
	dir, err := os.MkdirTemp("", "medward-mariadb-") //nolint:usetesting // another user must reach it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Getuid() == 0 {
		as.Credential = mysqlUser(t, dir)
	}
	run := func(name string, input string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.SysProcAttr, cmd.Dir, cmd.Stdin = as, dir, strings.NewReader(input)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "socket")
	run("mariadb-install-db", "", "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	port := freePort(t)
	cmd := exec.CommandContext(t.Context(), server, "--no-defaults", "--datadir="+data, "--socket="+socket, "--port="+strconv.Itoa(port), "--bind-address=127.0.0.1", "--innodb-flush-log-at-trx-commit=0")
	cmd.SysProcAttr, cmd.Dir = as, dir
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGKILL) }
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	await(t, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	run("mariadb", statements, "--no-defaults", "--socket="+socket, "--user=root", "--default-character-set=latin1")
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return view.Connection{Code: "his", Kind: view.MySQL, Address: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Database: "his", User: "reader", PasswordFile: password, Plain: true}
}

func mysqlUser(t *testing.T, dir string) *syscall.Credential {
	t.Helper()
	u, err := user.Lookup("mysql")
	if err != nil {
		t.Fatal(err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err1, err2, os.Chown(dir, int(uid), int(gid))); err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// await waits until a server greets.
func await(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	ticker := time.NewTicker(50 * time.Millisecond)
	defer ticker.Stop()
	for {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			t.Fatal(err)
		}
	}
}

func TestAViewOfMariaDBIsReadHoweverItsTextIsStored(t *testing.T) {
	c := mariadb(t, "CREATE DATABASE his; USE his;\n"+
		"CREATE TABLE rightly (no VARCHAR(20), name VARCHAR(40) CHARACTER SET gbk, born DATE, changed DATETIME);\n"+
		"CREATE TABLE wrongly (no VARCHAR(20), name VARCHAR(40) CHARACTER SET latin1, born DATE, changed DATETIME);\n"+
		"INSERT INTO rightly VALUES ('M1', _gbk 0x"+hex.EncodeToString([]byte(gb(t, "李四")))+", '1960-03-02', '2026-03-01 08:00:00'), ('M2', NULL, NULL, '2026-03-02 08:00:00');\n"+
		"INSERT INTO wrongly SELECT no, CONVERT(CAST(name AS BINARY) USING latin1), born, changed FROM rightly;\n"+
		"UPDATE wrongly SET name = _latin1 0x"+hex.EncodeToString([]byte(gb(t, "李四")))+" WHERE no = 'M1';\n"+
		"CREATE VIEW v_rightly AS SELECT * FROM rightly; CREATE VIEW v_wrongly AS SELECT * FROM wrongly;\n"+
		"CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'geheim'; GRANT SELECT ON his.* TO reader@'127.0.0.1';\n")
	for encoding, table := range map[string]string{"": "v_rightly", view.GB18030: "v_wrongly", view.Latin1GB18030: "v_wrongly"} {
		c.Encoding = encoding
		read, err := c.Read(t.Context(), view.Ask{Table: "his." + table, Columns: []string{"no", "name", "born"}, Changed: "changed"})
		if err != nil || len(read.Rows) != 2 || strings.Join(read.Rows[0].Cells, "|") != "M1|李四|1960-03-02" || strings.Join(read.Rows[1].Cells, "|") != "M2||" {
			t.Errorf("%s of %q: %+v: %v", table, encoding, read, err)
		}
	}
	c.Encoding = ""
	read, err := c.Read(t.Context(), view.Ask{Table: "v_rightly", Columns: []string{"no"}, Changed: "changed", Since: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(read.Rows) != 1 || !read.Part {
		t.Errorf("since: %+v: %v", read, err)
	}
	var lost *view.MissingError
	if _, err := c.Read(t.Context(), view.Ask{Table: "v_rightly", Columns: []string{"no", "电话"}}); !errors.As(err, &lost) {
		t.Errorf("%v", err)
	}
	c.PasswordFile = ""
	if _, err := c.Read(t.Context(), view.Ask{Table: "v_rightly", Columns: []string{"no"}}); err == nil {
		t.Error("read without a password")
	}
}
