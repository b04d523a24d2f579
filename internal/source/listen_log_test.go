package source_test

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/source"
)

// logged is what a listener for logs has taken, by source.
type logged struct {
	mu    sync.Mutex
	lines map[string]string
}

func (l *logged) take(ctx context.Context, code string, lines []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[code+" "+act.From(ctx).ID] += string(lines)
	return nil
}

// hearing listens for logs until the connections of a test have ended.
func (o *office) hearing(certificate *tls.Certificate) (*logged, string, func()) {
	o.T.Helper()
	at, err := (&net.ListenConfig{}).Listen(o.T.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		o.T.Fatal(err)
	}
	taken := &logged{lines: map[string]string{}}
	ctx, cancel := context.WithCancel(o.T.Context())
	var listening sync.WaitGroup
	listening.Go(func() {
		l := source.LogListening{Take: taken.take, Certificate: certificate, Log: slog.New(slog.DiscardHandler)}
		if err := o.room.ListenForLogs(ctx, at, l); err != nil {
			o.T.Error(err)
		}
	})
	stop := sync.OnceFunc(func() { cancel(); listening.Wait() })
	o.T.Cleanup(stop)
	return taken, at.Addr().String(), stop
}

// tell writes to a connection, ends its side and waits until the other has ended too.
func tell(t *testing.T, address, text string) {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() {
		_, _ = conn.Write([]byte(text))
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(io.Discard, conn)
}

// speaking is a source that sends syslog from this machine.
func (o *office) speaking(code string) source.Source {
	o.T.Helper()
	in := o.his()
	in.Code, in.Kinds, in.Shapes, in.Standard, in.Senders, in.Networks = code, []string{"syslog"}, []string{"access-logs"}, "RFC 5424", nil, []string{"127.0.0.0/8"}
	s, err := o.room.Begin(o.as("net"), o.approved(in).ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func TestMessagesOfSyslogAreTakenHoweverTheyAreFramed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.speaking("pacs")
		taken, address, _ := o.hearing(nil)
		tell(t, address, "<134>1 - pacs viewer - - - one\n<134>1 - pacs viewer - - - two\r\n\n"+
			"29 <134>1 - pacs viewer - - - a\n27 <134>1 - pacs viewer - - -\n<134>1 - pacs viewer - - - three\n")
		want := "<134>1 - pacs viewer - - - one\n<134>1 - pacs viewer - - - two\n<134>1 - pacs viewer - - - a\n<134>1 - pacs viewer - - -\n<134>1 - pacs viewer - - - three\n"
		if got := taken.lines["pacs "+s.ID]; got != want {
			t.Errorf("took %q\nwant %q", got, want)
		}
		if seen := o.seen(s); seen.Health.Calls == 0 || seen.Health.Received != 5 || seen.Health.Heard.IsZero() {
			t.Errorf("the source is shown as silent: %+v", seen.Health)
		}
	})
}

func TestALineWithoutEndOrBoundIsNotTaken(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.speaking("pacs")
		taken, address, _ := o.hearing(nil)
		for name, text := range map[string]string{
			"cut off": "<134>1 - pacs viewer - - - half", "a count beyond what comes": "500 <134>1 - x", "no count": strings.Repeat("9", 70_000),
			"too long": "<134>" + strings.Repeat("x", 70_000) + "\n", "counted too long": "70000 " + strings.Repeat("x", 70_000),
		} {
			tell(t, address, text)
			if len(taken.lines) != 0 {
				t.Fatalf("%s: %q", name, taken.lines)
			}
		}
		tell(t, address, "<134>1 - pacs viewer - - - whole\n<134>1 - pacs viewer - - - half")
		if len(taken.lines) != 1 {
			t.Errorf("what came whole before it: %q", taken.lines)
		}
	})
}

func TestALogOfNobodyOrOfTwoIsNotTaken(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		taken, address, _ := o.hearing(nil)
		tell(t, address, "<134>1 - x y - - - of nobody\n")
		o.speaking("pacs")
		o.speaking("ris")
		tell(t, address, "<134>1 - x y - - - of which\n")
		if len(taken.lines) != 0 {
			t.Errorf("%q", taken.lines)
		}
	})
}
