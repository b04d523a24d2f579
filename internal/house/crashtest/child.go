package crashtest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/medward/medward/internal/house"
	"github.com/medward/medward/internal/house/housetest"
)

// The variables by which a test binary that runs itself again learns that it
// shall serve, and what.
const (
	folderVariable = "MEDWARD_CRASH_SERVE"
	urlVariable    = "MEDWARD_CRASH_SERVE_DB"
)

// StorageFailed is the exit code of a house whose storage failed.
const StorageFailed = 70

// Main runs the tests of a package, or serves when this process was started to
// be killed. Use it in TestMain.
func Main(m *testing.M) int {
	if os.Getenv(folderVariable) == "" {
		return m.Run()
	}
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "serving:", err)
		return 1
	}
	return 0
}

// serve serves until it is killed or its parent is gone.
func serve() error {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	h, err := house.Open(ctx, configOf(os.Getenv(folderVariable), os.Getenv(urlVariable), os.Stderr))
	if err != nil {
		return err
	}
	err = h.Serve(ctx, "127.0.0.1:0", nil, func(at net.Addr) { fmt.Println(at) })
	return errors.Join(err, h.Close())
}

func configOf(folder, url string, log io.Writer) house.Config {
	return house.Config{
		Folder: folder, URL: url, Version: "test", Cost: housetest.Cost,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
}

// server is a process that serves a store.
type server struct {
	cmd     *exec.Cmd
	address string
	gone    chan struct{} // closed when the process has ended
	said    *strings.Builder
}

func (s *Store) start(t *testing.T) *server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &server{cmd: exec.Command(self), gone: make(chan struct{}), said: &strings.Builder{}} //nolint:gosec // this very binary
	p.cmd.Env = append(os.Environ(), folderVariable+"="+s.folder, urlVariable+"="+s.url)
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	lifeline, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lifeline.Close() })
	p.address, err = bufio.NewReader(out).ReadString('\n')
	p.address = strings.TrimSpace(p.address)
	go func() {
		_ = p.cmd.Wait()
		close(p.gone)
	}()
	if err != nil {
		<-p.gone
		t.Fatalf("the house did not open: %s", p.said)
	}
	return p
}

// kill ends the process without a warning.
func (p *server) kill() {
	_ = p.cmd.Process.Kill()
	<-p.gone
}

// code is the exit code of a process that has ended.
func (p *server) code() int { return p.cmd.ProcessState.ExitCode() }

// lastWords is the end of what a process that has ended said.
func (p *server) lastWords() string {
	said := p.said.String()
	return said[max(0, len(said)-4096):]
}
