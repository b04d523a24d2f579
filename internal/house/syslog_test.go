package house_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/house/housetest"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
)

const rsyslogConfig = `global(workDirectory="FOLDER")
module(load="imfile")
input(type="imfile" File="FOLDER/viewer.log" Tag="viewer:" freshStartTail="off")
action(type="omfwd" target="127.0.0.1" port="PORT" protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format")
`

// relay runs rsyslogd over a log of its own until the test ends.
func relay(t *testing.T, to net.Addr, log string) {
	t.Helper()
	binary, err := exec.LookPath("rsyslogd")
	if err != nil {
		binary = "/usr/sbin/rsyslogd"
	}
	if _, err := os.Stat(binary); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("rsyslogd is missing")
		}
		t.Skip("SKIPPED: rsyslogd is missing, and no log was relayed")
	}
	folder := t.TempDir()
	_, port, _ := net.SplitHostPort(to.String())
	for name, text := range map[string]string{"viewer.log": log, "rsyslog.conf": strings.NewReplacer("FOLDER", folder, "PORT", port).Replace(rsyslogConfig)} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(context.Background(), binary, "-n", "-C", "-f", filepath.Join(folder, "rsyslog.conf"), "-i", filepath.Join(folder, "pid"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
}

func TestALogThatRsyslogRelaysIsMatched(t *testing.T) {
	housetest.Both(t, func(t *testing.T, h *housetest.House) {
		s := setScene(t, h)
		connected(t, h, "viewer", "access-logs")
		var mapping accesslog.Mapping
		for _, p := range accesslog.Presets() {
			if p.ID == "lis-syslog" {
				mapping = p.Mapping
			}
		}
		mapping.Fields["time"] = "at"
		h.SignIn(h.Pick("system-administrator", nil)).Must("POST", "/api/access-logs/mapping", map[string]any{"source": "viewer", "mapping": mapping}, http.StatusOK, nil)

		at, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		lines := make(chan int, 10)
		take := func(ctx context.Context, code string, some []byte) error {
			err := h.AccessLogs.TakeLines(ctx, code, some)
			if err == nil {
				lines <- strings.Count(string(some), "\n")
			}
			return err
		}
		ctx, stop := context.WithCancel(t.Context())
		var listening sync.WaitGroup
		listening.Go(func() {
			if err := h.Sources.ListenForLogs(ctx, at, source.LogListening{Take: take, Log: slog.New(slog.DiscardHandler)}); err != nil {
				t.Error(err)
			}
		})
		defer listening.Wait()
		defer stop()

		stranger := h.Pick("resident", func(c housetest.Colleague) bool { return c.Department != s.doctor.Who.Department })
		numbers := staffNumbers(t, h, s.doctor.Who.Person, stranger.Person)
		var log strings.Builder
		for i, number := range numbers {
			fmt.Fprintf(&log, "at=%s id=%d empno=%s mrn=%s action=view result=ok\n", h.Time.Now().Format(time.RFC3339), i+1, number, s.number)
		}
		relay(t, at.Addr(), log.String())
		for taken := 0; taken < len(numbers); {
			select {
			case n := <-lines:
				taken += n
			case <-t.Context().Done():
				t.Fatal("rsyslog brought nothing")
			}
		}

		h.Time.Advance(61 * time.Minute)
		if err := h.AccessLogs.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		auditor := h.SignIn(h.Pick("auditor", nil))
		var runs struct {
			Items []struct {
				State string
				Tally accesslog.Tally
			}
		}
		for t.Context().Err() == nil && (len(runs.Items) == 0 || runs.Items[0].State != accesslog.Done) {
			auditor.Must("GET", "/api/access-logs/runs?source=viewer", nil, http.StatusOK, &runs)
		}
		if want := (accesslog.Tally{Events: 2, Explained: 1, Unexplained: 1}); runs.Items[0].Tally != want {
			t.Errorf("%+v", runs.Items)
		}
	})
}

func staffNumbers(t *testing.T, h *housetest.House, people ...string) []string {
	t.Helper()
	var names map[string]staff.Name
	err := h.Store.Read(t.Context(), func(r db.Reader) (err error) {
		names, err = staff.Names(t.Context(), r, h.Birth.Org, people, h.Time.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	numbers := make([]string, len(people))
	for i, p := range people {
		numbers[i] = names[p].Number
	}
	return numbers
}
