package crashtest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// tracer watches what processes write and sync, and may make a sync fail.
type tracer struct {
	cmd      *exec.Cmd
	log      string
	attached chan struct{} // closed when it watches
	failed   chan struct{} // closed when the first sync has failed
	gone     chan struct{} // closed when it watches no more
}

// Traceable skips the test on a machine where processes cannot be traced; in CI
// that fails.
func Traceable(t *testing.T) {
	t.Helper()
	sleeper := exec.Command("sleep", "60")
	if err := sleeper.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sleeper.Process.Kill(); _ = sleeper.Wait() }()
	tr, err := trace(filepath.Join(t.TempDir(), "trace"), "", sleeper.Process.Pid)
	switch {
	case err == nil:
		tr.leave()
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip("SKIPPED, THE DISK NEVER FAILS: ", err)
	}
}

// trace watches processes and those that they start. A fault is what strace
// does to syncs, such as error=EIO:when=3, or "" for nothing.
func trace(log, fault string, pids ...int) (*tracer, error) {
	args := []string{"-f", "-y", "-s", "0", "-e", "signal=none", "-e", "trace=pwrite64,fsync,fdatasync"}
	if fault != "" {
		args = append(args, "-e", "inject=fsync,fdatasync:"+fault)
	}
	for _, pid := range pids {
		args = append(args, "-p", strconv.Itoa(pid))
	}
	tr := &tracer{cmd: exec.Command("strace", args...), log: log, attached: make(chan struct{}), failed: make(chan struct{}), gone: make(chan struct{})}
	lines, err := tr.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	file, err := os.Create(log) //nolint:gosec // in the test's folder
	if err != nil {
		return nil, err
	}
	if err := tr.cmd.Start(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	go func() {
		defer close(tr.gone)
		tr.follow(bufio.NewScanner(lines), file, len(pids))
		_ = tr.cmd.Wait()
	}()
	select {
	case <-tr.attached:
		return tr, nil
	case <-tr.gone:
		text, err := os.ReadFile(log) //nolint:gosec // written above
		return nil, errors.Join(fmt.Errorf("crashtest: strace cannot watch: %s", text), err)
	}
}

// follow keeps what strace says and tells of what the test waits for.
func (tr *tracer) follow(lines *bufio.Scanner, log *os.File, pids int) {
	out := bufio.NewWriter(log)
	defer func() { _ = out.Flush(); _ = log.Close() }()
	seen, failed := 0, false
	for lines.Scan() {
		line := lines.Text()
		_, _ = fmt.Fprintln(out, line)
		if strings.HasSuffix(line, "attached") || strings.Contains(line, " attached with ") {
			if seen++; seen == pids {
				close(tr.attached)
			}
		}
		if !failed && strings.Contains(line, "(INJECTED)") {
			failed = true
			close(tr.failed)
		}
	}
}

// leave stops watching and lets the processes go on.
func (tr *tracer) leave() {
	_ = tr.cmd.Process.Signal(syscall.SIGINT)
	<-tr.gone
}

// span is a part of a file.
type span struct{ offset, length int64 }

var (
	wrote    = regexp.MustCompile(`pwrite64\(\d+<(.+?)>, .*?, (\d+), (\d+)`)
	syncing  = regexp.MustCompile(`(?:fsync|fdatasync)\(\d+<(.+?)>`)
	resuming = regexp.MustCompile(`<\.\.\. (?:fsync|fdatasync) resumed>`)
)

// unsynced reads from a trace what was written to a file after the last sync of
// it that succeeded.
func unsynced(log, file string) ([]span, error) {
	text, err := os.Open(log) //nolint:gosec // written by this test
	if err != nil {
		return nil, err
	}
	defer text.Close()
	var lost []span
	under := map[string]string{} // by process: the file of a sync that has not ended
	lines := bufio.NewScanner(text)
	for lines.Scan() {
		line := lines.Text()
		process, _, _ := strings.Cut(strings.TrimPrefix(line, "[pid "), " ")
		synced := ""
		if m := wrote.FindStringSubmatch(line); m != nil && m[1] == file {
			length, err1 := strconv.ParseInt(m[2], 10, 64)
			offset, err2 := strconv.ParseInt(m[3], 10, 64)
			if err := errors.Join(err1, err2); err != nil {
				return nil, err
			}
			lost = append(lost, span{offset, length})
		} else if m := syncing.FindStringSubmatch(line); m != nil {
			synced, under[process] = m[1], m[1]
		} else if resuming.MatchString(line) {
			synced = under[process]
		}
		if synced == file && strings.HasSuffix(line, "= 0") {
			lost = nil
		}
	}
	return lost, lines.Err()
}

// forget wipes out of the write-ahead log what no successful sync covers: what a
// power cut, or a disk that failed to sync, may take away.
func (s *Store) forget(log string) (lost int, err error) {
	file := filepath.Join(s.folder, "medward.db-wal")
	spans, err := unsynced(log, file)
	if err != nil || len(spans) == 0 {
		return 0, err
	}
	wal, err := os.OpenFile(file, os.O_WRONLY, 0) //nolint:gosec // the test's own store
	if err != nil {
		return 0, err
	}
	for _, s := range spans {
		if _, err := wal.WriteAt(make([]byte, s.length), s.offset); err != nil {
			return 0, errors.Join(err, wal.Close())
		}
	}
	return len(spans), wal.Close()
}
