package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoPostgres says that the machine has no PostgreSQL server binaries.
var ErrNoPostgres = errors.New("dbtest: no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")

// Cluster is a PostgreSQL server of our own.
type Cluster struct {
	URL    string // of the superuser, database postgres
	dir    string
	server *exec.Cmd
}

// StartCluster makes and starts a cluster. With durable false it does not
// fsync: it is for tests that are not about durability.
func StartCluster(ctx context.Context, durable bool) (*Cluster, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, errors.Join(ErrNoPostgres, err)
	}
	slices.Sort(found)
	bin := filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "medward-postgres-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	as, err := unprivileged(dir)
	if err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	data := filepath.Join(dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync") //nolint:gosec // the machine's own binary
	initdb.SysProcAttr, initdb.Dir = as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), c.Stop())
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	args := []string{"-D", data, "-k", dir, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-c", "max_connections=400", "-c", "shared_buffers=128MB"}
	if !durable {
		args = append(args, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	}
	c.server = exec.Command(filepath.Join(bin, "postgres"), args...) //nolint:gosec // the machine's own binary
	c.server.SysProcAttr, c.server.Dir = as, dir
	log, err := os.Create(filepath.Join(dir, "log")) //nolint:gosec // inside our own folder
	if err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	c.server.Stdout, c.server.Stderr = log, log
	if err := c.server.Start(); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	c.URL = fmt.Sprintf("postgres://owner@/postgres?host=%s&port=%d", dir, port)
	if err := c.await(ctx); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// unprivileged returns how to run the server: PostgreSQL refuses to run as root.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return attr, os.Chown(dir, int(uid), int(gid))
	}
	return nil, errors.New("dbtest: running as root and no user postgres or nobody to run PostgreSQL as")
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (c *Cluster) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(c.dir, "log")) //nolint:gosec // our own folder
			return fmt.Errorf("PostgreSQL did not come up: %w\n%s", err, log)
		}
	}
}

// Stop ends the server at once and removes what it wrote.
func (c *Cluster) Stop() error {
	var err error
	if c.server != nil && c.server.Process != nil {
		err = c.server.Process.Signal(syscall.SIGINT)
		_ = c.server.Wait()
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}

// Kill ends the server the way a power cut does, keeping its files.
func (c *Cluster) Kill() error {
	if err := syscall.Kill(-c.server.Process.Pid, syscall.SIGKILL); err != nil {
		return err
	}
	_ = c.server.Wait()
	return nil
}

// dieWithParent leaves a shell behind that stops the server and removes its
// files when this process is no more: a test binary has no hook for its end.
func (c *Cluster) dieWithParent() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	const script = `cat; kill -INT "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"`
	guard := exec.Command("/bin/sh", "-c", script, "guard", strconv.Itoa(c.server.Process.Pid), c.dir) //nolint:gosec // our own server and folder
	guard.Stdin, guard.SysProcAttr = r, &syscall.SysProcAttr{Setsid: true}
	if err := guard.Start(); err != nil {
		return err
	}
	lifeline = w
	return r.Close()
}

// lifeline stays open as long as this process lives.
var lifeline *os.File
