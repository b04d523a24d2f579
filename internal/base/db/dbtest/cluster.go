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
	"strings"
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
	binary string
	args   []string
	as     *syscall.SysProcAttr
	server *exec.Cmd
	gone   chan struct{} // closed when the server has ended

	guard    *exec.Cmd
	lifeline *os.File // open as long as this process lives
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
	c := &Cluster{dir: dir, binary: filepath.Join(bin, "postgres")}
	if c.as, err = unprivileged(dir); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	data := filepath.Join(dir, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync") //nolint:gosec // the machine's own binary
	initdb.SysProcAttr, initdb.Dir = c.as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w\n%s", err, out), c.Stop())
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	c.URL = fmt.Sprintf("postgres://owner@/postgres?host=%s&port=%d", dir, port)
	c.args = []string{"-D", data, "-k", dir, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-c", "max_connections=400", "-c", "shared_buffers=128MB"}
	if !durable {
		c.args = append(c.args, "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off")
	}
	if err := errors.Join(c.dieWithParent(), c.Restart(ctx)); err != nil {
		return nil, errors.Join(err, c.Stop())
	}
	return c, nil
}

// Restart starts the server over its files again after it was killed or gave
// up. What is left of the one before may keep it out for a moment.
func (c *Cluster) Restart(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		err := c.start()
		if err == nil {
			err = c.await(ctx)
		}
		if !errors.Is(err, errEnded) {
			return err
		}
	}
}

func (c *Cluster) start() error {
	log, err := os.OpenFile(filepath.Join(c.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	server := exec.Command(c.binary, c.args...) //nolint:gosec // the machine's own binary
	server.SysProcAttr, server.Dir = c.as, c.dir
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		return err
	}
	gone := make(chan struct{})
	go func() {
		_ = server.Wait()
		close(gone)
	}()
	c.server, c.gone = server, gone
	return nil
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

var errEnded = errors.New("dbtest: PostgreSQL ended")

// maxLog bounds what is shown of the server's log, in bytes.
const maxLog = 4096

func (c *Cluster) await(ctx context.Context) error {
	for {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-c.gone:
			if ctx.Err() == nil {
				return errEnded
			}
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("PostgreSQL did not come up: %w\n%s", err, log[max(0, len(log)-maxLog):])
		}
	}
}

// Do runs statements as the superuser, each by itself.
func (c *Cluster) Do(ctx context.Context, statements ...string) error {
	conn, err := pgx.Connect(ctx, c.URL)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if err == nil {
			_, err = conn.Exec(ctx, statement)
		}
	}
	return errors.Join(err, conn.Close(ctx))
}

// Address is where a role finds a database of the cluster.
func (c *Cluster) Address(role, database string) string {
	return strings.Replace(c.URL, "owner@/postgres", role+"@/"+database, 1)
}

// Stop ends the server at once and removes what it wrote.
func (c *Cluster) Stop() error {
	var err error
	if c.server != nil {
		if err = c.server.Process.Signal(syscall.SIGINT); errors.Is(err, os.ErrProcessDone) {
			err = nil
		}
		<-c.gone
	}
	err = errors.Join(err, os.RemoveAll(c.dir))
	if c.guard != nil {
		err = errors.Join(err, c.lifeline.Close(), c.guard.Wait())
	}
	return err
}

// Kill ends every process of the server the way a power cut does, keeping its
// files. Each of them leads a session of its own, and would otherwise finish
// what it is at before it notices that it is alone.
func (c *Cluster) Kill() error {
	err := c.server.Process.Signal(syscall.SIGSTOP) // it must not start others meanwhile
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	all, listed := c.Processes()
	err = errors.Join(err, listed)
	for _, pid := range all {
		if killed := syscall.Kill(pid, syscall.SIGKILL); !errors.Is(killed, syscall.ESRCH) {
			err = errors.Join(err, killed)
		}
	}
	<-c.gone
	return err
}

// Processes returns the ids of the server and of the processes that it started.
func (c *Cluster) Processes() ([]int, error) {
	server := c.server.Process.Pid
	all := []int{server}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		text, err := os.ReadFile(path) //nolint:gosec // the kernel's own
		if err != nil {
			continue // it ended meanwhile
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		var state string
		var parent int
		if _, err := fmt.Sscan(rest, &state, &parent); err != nil || parent != server {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			all = append(all, pid)
		}
	}
	return all, err
}

// dieWithParent leaves a shell behind that stops the server and removes its
// files when this process is no more: neither a test binary nor a test that is
// interrupted has a hook for its end.
func (c *Cluster) dieWithParent() error {
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	const script = `cat; pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"`
	guard := exec.Command("/bin/sh", "-c", script, "guard", c.dir) //nolint:gosec // our own folder
	guard.Stdin, guard.SysProcAttr = r, &syscall.SysProcAttr{Setsid: true}
	if err := guard.Start(); err != nil {
		return errors.Join(err, r.Close(), w.Close())
	}
	c.guard, c.lifeline = guard, w
	return r.Close()
}
