package agent_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/agent"
	"github.com/medward/medward/internal/agent/spool"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/kit/hl7v2"
	"github.com/medward/medward/kit/sm"
)

// far is a server that speaks MLLP over TLS 1.3 with client certificates.
type far struct {
	t       testing.TB
	address string
	pair    tls.Certificate
	roots   *x509.CertPool

	mu      sync.Mutex
	at      net.Listener
	conns   []net.Conn
	serving sync.WaitGroup
	taken   []string
	says    func(control string) string // AA, AE, AR; or nothing: it is silent
}

func newFar(t testing.TB) *far {
	t.Helper()
	f := &far{t: t, pair: pair(t), roots: x509.NewCertPool(), says: func(string) string { return "AA" }}
	f.roots.AddCert(f.pair.Leaf)
	f.up()
	t.Cleanup(f.down)
	return f
}

// up lets the server answer, at the address it had.
func (f *far) up() {
	f.t.Helper()
	at, err := (&net.ListenConfig{}).Listen(context.WithoutCancel(f.t.Context()), "tcp", cmpOr(f.address, "127.0.0.1:0"))
	if err != nil {
		f.t.Fatal(err)
	}
	f.mu.Lock()
	f.at, f.address = at, at.Addr().String()
	f.mu.Unlock()
	secure := tls.NewListener(at, &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{f.pair}, ClientAuth: tls.RequireAnyClientCert})
	f.serving.Go(func() {
		for {
			conn, err := secure.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.conns = append(f.conns, conn)
			f.mu.Unlock()
			f.serving.Go(func() { f.serve(conn) })
		}
	})
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// down cuts every connection and lets nobody in.
func (f *far) down() {
	f.mu.Lock()
	_ = f.at.Close()
	for _, c := range f.conns {
		_ = c.Close()
	}
	f.conns = nil
	f.mu.Unlock()
	f.serving.Wait()
}

func (f *far) serve(conn net.Conn) {
	defer conn.Close()
	frames := hl7v2.NewFrames(conn, 9<<20)
	for {
		raw, err := frames.Next()
		if err != nil {
			return
		}
		message, err := hl7v2.Parse(raw)
		control := ""
		if err == nil {
			control = message.Header().ControlID
		}
		f.mu.Lock()
		code := f.says(control)
		if code != "" {
			f.taken = append(f.taken, control+" "+code)
		}
		f.mu.Unlock()
		if code == "" {
			continue
		}
		ack, err := hl7v2.Ack(message, hl7v2.AckCode(code), hl7v2.Stamp{ControlID: "F", At: noon}, problems(code)...)
		if err != nil {
			f.t.Error(err)
			return
		}
		if _, err := conn.Write(hl7v2.Frame(ack.Bytes())); err != nil {
			return
		}
	}
}

func problems(code string) []hl7v2.Problem {
	if code == "AA" {
		return nil
	}
	return []hl7v2.Problem{{Rule: "far.no", Severity: hl7v2.SeverityError, ZH: "不行", EN: "no", RemedyZH: "改", RemedyEN: "mend"}}
}

func (f *far) saying(says func(control string) string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.says = says
}

func (f *far) has() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.taken...)
}

// until waits until the server has taken so many with AA or AE.
func (f *far) until(n int) []string {
	f.t.Helper()
	for f.t.Context().Err() == nil {
		var settled []string
		for _, one := range f.has() {
			if !strings.HasSuffix(one, "AR") {
				settled = append(settled, one)
			}
		}
		if len(settled) >= n {
			return settled
		}
	}
	f.t.Fatal("the server did not get what it should")
	return nil
}

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// pair is a key with a certificate of its own making for this machine.
func pair(t testing.TB) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	like := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "machine"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(10, 0, 0), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, like, like, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// near is an agent at work.
type near struct {
	t           testing.TB
	folder      string
	mllp, lines string
	datagrams   string
	stop        func()
}

// quick are paces for a test; the answer is waited for long, except where told.
var quick = agent.Paces{Answer: 5 * time.Second, First: time.Millisecond, Longest: 5 * time.Millisecond, Settled: 20 * time.Millisecond, Told: 5 * time.Millisecond}

func config(t testing.TB, f *far, folder string) agent.Config {
	t.Helper()
	key, err := sm.NewKey(bytes.Repeat([]byte{5}, sm.SecretSize), "agent spool", sm.SM4GCM)
	if err != nil {
		t.Fatal(err)
	}
	return agent.Config{
		Server: f.address, LogServer: f.address, TLS: &tls.Config{RootCAs: f.roots, Certificates: []tls.Certificate{pair(t)}},
		Folder: folder, Most: agent.LeastSpool, Key: key, Clock: clock.System(), Log: slog.New(slog.DiscardHandler), Paces: quick,
	}
}

func begun(t testing.TB, c agent.Config) *near {
	t.Helper()
	a, err := agent.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	listen := func() net.Listener {
		at, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	mllp, lines := listen(), listen()
	datagrams, err := (&net.ListenConfig{}).ListenPacket(ctx, "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		if err := a.Run(ctx, agent.Listeners{MLLP: mllp, Syslog: lines, SyslogUDP: datagrams}); err != nil {
			t.Error(err)
		}
	})
	n := &near{t: t, folder: c.Folder, mllp: mllp.Addr().String(), lines: lines.Addr().String(), datagrams: datagrams.LocalAddr().String()}
	n.stop = sync.OnceFunc(func() { cancel(); running.Wait() })
	t.Cleanup(n.stop)
	return n
}

// line is a connection of a system to the agent.
type line struct {
	t testing.TB
	net.Conn
	frames *hl7v2.Frames
}

func (n *near) dialed() *line {
	n.t.Helper()
	conn, err := (&net.Dialer{}).DialContext(n.t.Context(), "tcp", n.mllp)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = conn.Close() })
	return &line{n.t, conn, hl7v2.NewFrames(conn, 1<<20)}
}

// asks sends a message and returns MSA-1, MSA-2, and the rule or the words of the answer.
func (l *line) asks(text string) string {
	l.t.Helper()
	if _, err := l.Write(hl7v2.Frame([]byte(text))); err != nil {
		l.t.Fatal(err)
	}
	raw, err := l.frames.Next()
	if err != nil {
		return err.Error()
	}
	ack, err := hl7v2.Parse(raw)
	if err != nil {
		l.t.Fatal(err)
	}
	return strings.Join(strings.Fields(ack.Get("MSA-1").Text()+" "+ack.Get("MSA-2").Text()+" "+ack.Get("ERR-5.1").Text()+" "+ack.Get("MSA-3").Text()), " ")
}

func said(sender, control string) string {
	return "MSH|^~\\&|" + sender + "|MINGZHOU|MEDWARD|H|20260302080000||ADT^A01|" + control + "|P|2.5.1||||||UNICODE UTF-8\rPID|1||1\r"
}

const heldWords = "前置机已保存，待送达服务器"

func TestTheServersOwnAnswerGoesBack(t *testing.T) {
	f := newFar(t)
	f.saying(func(control string) string { return map[string]string{"1": "AA", "2": "AE", "3": "AR"}[control] })
	l := begun(t, config(t, f, t.TempDir())).dialed()
	for control, want := range map[string]string{"1": "AA 1", "2": "AE 2 far.no", "3": "AR 3 far.no"} {
		if got := l.asks(said("HIS", control)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := len(f.has()); got != 3 {
		t.Errorf("the server has %d, want 3", got)
	}
}

func TestWhileTheServerIsAwayMessagesAreKeptAndThenDeliveredInTheirOrder(t *testing.T) {
	f := newFar(t)
	n := begun(t, config(t, f, t.TempDir()))
	l := n.dialed()
	if got := l.asks(said("HIS", "0")); got != "AA 0" {
		t.Fatal(got)
	}
	f.down()
	for i := 1; i <= 20; i++ {
		if got, want := l.asks(said("HIS", strconv.Itoa(i))), fmt.Sprintf("AA %d %s", i, heldWords); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
	if got := l.asks("no message"); got != "AR agent.unreadable" {
		t.Errorf("what cannot be read: %s", got)
	}
	ascii := strings.Replace(said("OA", "a"), "UNICODE UTF-8", "ASCII", 1)
	if got := n.dialed().asks(ascii); got != "AA a held by the agent, to be delivered to the server" {
		t.Errorf("in a character set without Chinese: %s", got)
	}
	state, err := agent.Look(n.folder)
	if err != nil || state.Waiting != 21 || state.Bytes == 0 || state.Oldest.IsZero() {
		t.Errorf("%+v %v", state, err)
	}
	f.up()
	got := slices.DeleteFunc(f.until(22), func(one string) bool { return one == "a AA" })
	for i, one := range got {
		if one != fmt.Sprintf("%d AA", i) {
			t.Fatalf("delivered as %v", got)
		}
	}
	f.saying(func(string) string { return "AE" })
	for answer := ""; answer != "AE 21 far.no"; { // until the way is free again the agent keeps it
		answer = l.asks(said("HIS", "21"))
	}
	n.stop()
	if state, err := agent.Look(n.folder); err != nil || state.Waiting != 0 || state.Said == nil || !state.Said.Stopped || state.Said.Count < 23 {
		t.Errorf("at the end: %+v %+v %v", state.State, state.Said, err)
	}
}

func TestWhatWasAcknowledgedSurvivesTheAgentAndTheServerThatIsSilent(t *testing.T) {
	f := newFar(t)
	f.saying(func(string) string { return "" })
	c := config(t, f, t.TempDir())
	c.Paces.Answer = 50 * time.Millisecond
	n := begun(t, c)
	l := n.dialed()
	if got := l.asks(said("HIS", "1")); got != "AA 1 "+heldWords {
		t.Fatal(got)
	}
	crashed := t.TempDir()
	if err := os.CopyFS(crashed, os.DirFS(c.Folder)); err != nil {
		t.Fatal(err)
	}
	n.stop()
	f.saying(func(string) string { return "AA" })
	c.Folder, c.Paces.Answer = crashed, time.Second
	begun(t, c)
	if got := f.until(1); got[0] != "1 AA" {
		t.Errorf("%v", got)
	}
}

func TestARefusedMessageIsTriedAgainAndHoldsUpOnlyItsSender(t *testing.T) {
	f := newFar(t)
	n := begun(t, config(t, f, t.TempDir()))
	f.down()
	his, lis := n.dialed(), n.dialed()
	for _, control := range []string{"h1", "h2"} {
		his.asks(said("HIS", control))
	}
	for _, control := range []string{"l1", "l2"} {
		lis.asks(said("LIS", control))
	}
	f.saying(func(control string) string {
		if control == "h1" {
			return "AR"
		}
		return "AA"
	})
	f.up()
	if got := strings.Join(f.until(2), ","); got != "l1 AA,l2 AA" {
		t.Errorf("past the refused: %s", got)
	}
	for t.Context().Err() == nil {
		state, err := agent.Look(n.folder)
		if err != nil {
			t.Fatal(err)
		}
		if state.Said != nil && len(state.Said.Refused) == 1 && state.Waiting == 2 {
			if r := state.Said.Refused[0]; r.Application != "HIS" || r.Rule != "far.no" {
				t.Errorf("%+v", r)
			}
			if found := state.Findings(time.Now(), time.Hour); len(found) != 1 || found[0] != agent.FindingRefused {
				t.Errorf("%v", found)
			}
			break
		}
	}
	f.saying(func(string) string { return "AA" })
	if got := strings.Join(f.until(4), ","); got != "l1 AA,l2 AA,h1 AA,h2 AA" {
		t.Errorf("in the end: %s", got)
	}
}

func TestAFullSpoolRefuses(t *testing.T) {
	f := newFar(t)
	c := config(t, f, t.TempDir())
	c.Most = 300 << 10
	l := begun(t, c).dialed()
	f.down()
	large := strings.Repeat("x", 40<<10)
	var kept []string
	for i := 0; ; i++ {
		got := l.asks(said("HIS", strconv.Itoa(i)) + "NTE|1||" + large + "\r")
		if got == fmt.Sprintf("AR %d agent.full", i) {
			break
		}
		if got != fmt.Sprintf("AA %d %s", i, heldWords) {
			t.Fatal(got)
		}
		kept = append(kept, fmt.Sprintf("%d AA", i))
	}
	f.up()
	if got := f.until(len(kept)); strings.Join(got, ",") != strings.Join(kept, ",") || len(kept) != 7 {
		t.Errorf("kept %v, delivered %v", kept, got)
	}
}

func TestTwoAgentsDoNotShareASpool(t *testing.T) {
	f := newFar(t)
	c := config(t, f, t.TempDir())
	begun(t, c)
	if _, err := agent.Open(c); !errors.Is(err, spool.ErrHeld) || faulttest.Fields(err) != "--spool" {
		t.Errorf("%v", err)
	}
}

func TestAnotherKeyIsFoundBeforeAnythingIsSetAside(t *testing.T) {
	f := newFar(t)
	c := config(t, f, t.TempDir())
	n := begun(t, c)
	f.down()
	n.dialed().asks(said("HIS", "1"))
	n.stop()
	right := c.Key
	var err error
	if c.Key, err = sm.NewKey(sm.NewSecret(), "agent spool", sm.SM4GCM); err != nil {
		t.Fatal(err)
	}
	if _, err := agent.Open(c); !errors.Is(err, spool.ErrOtherKey) || faulttest.Fields(err) != "--spool-key" {
		t.Errorf("%v", err)
	}
	c.Key = right
	f.up()
	begun(t, c)
	if got := f.until(1); got[0] != "1 AA" {
		t.Errorf("%v", got)
	}
}

func TestAServerThatIsNotTheOneIsNotBelieved(t *testing.T) {
	f := newFar(t)
	c := config(t, f, t.TempDir())
	c.TLS.RootCAs = x509.NewCertPool()
	n := begun(t, c)
	if got := n.dialed().asks(said("HIS", "1")); got != "AA 1 "+heldWords || len(f.has()) != 0 {
		t.Errorf("%s, the server has %v", got, f.has())
	}
	for t.Context().Err() == nil {
		if state, err := agent.Look(n.folder); err != nil {
			t.Fatal(err)
		} else if state.Said != nil && strings.Contains(state.Said.Away, "certificate") {
			break
		}
	}
}

func TestOnlyWhoMaySendIsHeard(t *testing.T) {
	f := newFar(t)
	c := config(t, f, t.TempDir())
	c.From = []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}
	a, err := agent.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	at := &pretended{conns: make(chan net.Conn, 2), closed: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := a.Run(ctx, agent.Listeners{MLLP: at}); err != nil {
			t.Error(err)
		}
	})
	defer running.Wait()
	defer cancel()
	for address, want := range map[string]string{"10.1.2.3:4000": "AA 1", "10.2.0.1:4000": "EOF"} {
		mine, its := net.Pipe()
		at.conns <- called{its, net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))}
		go func() { _, _ = mine.Write(hl7v2.Frame([]byte(said("HIS", "1")))) }()
		raw, err := hl7v2.NewFrames(mine, 1<<20).Next()
		got := fmt.Sprint(err)
		if err == nil {
			ack, err := hl7v2.Parse(raw)
			if err != nil {
				t.Fatal(err)
			}
			got = ack.Get("MSA-1").Text() + " " + ack.Get("MSA-2").Text()
		}
		if got != want {
			t.Errorf("from %s: %s, want %s", address, got, want)
		}
	}
}

// pretended is a listener whose callers come from where a test says.
type pretended struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pretended) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pretended) Close() error   { close(p.closed); return nil }
func (p *pretended) Addr() net.Addr { return &net.TCPAddr{} }

type called struct {
	net.Conn
	from net.Addr
}

func (c called) RemoteAddr() net.Addr { return c.from }

func TestAFrameThatIsNoneEndsTheConnection(t *testing.T) {
	n := begun(t, config(t, newFar(t), t.TempDir()))
	for name, text := range map[string]string{"no frame": "MSH|^~\\&|HIS", "too large": "\x0b" + strings.Repeat("x", 9<<20)} {
		l := n.dialed()
		go func() { _, _ = l.Write([]byte(text)) }()
		raw, err := l.frames.Next()
		if err == nil && !bytes.Contains(raw, []byte("agent.frame")) {
			t.Errorf("%s: %q", name, raw)
		}
		if err != nil && name == "no frame" {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := l.frames.Next(); err == nil {
			t.Errorf("%s: the connection goes on", name)
		}
	}
}

// logs is a server that takes lines counted over TLS.
func logs(t testing.TB, f *far, cut int) func(n int) []string {
	t.Helper()
	at, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{f.pair}, ClientAuth: tls.RequireAnyClientCert})
	if err != nil {
		t.Fatal(err)
	}
	f.address = at.Addr().String()
	lines := make(chan string, 1000)
	var serving sync.WaitGroup
	serving.Go(func() {
		for first := true; ; first = false {
			conn, err := at.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				defer conn.Close()
				in := bufio.NewReader(conn)
				for n := 0; !first || n < cut; n++ {
					count, err := in.ReadString(' ')
					if err != nil {
						return
					}
					size, err := strconv.Atoi(strings.TrimSpace(count))
					if err != nil {
						t.Errorf("no count: %q", count)
						return
					}
					text := make([]byte, size)
					if _, err := io.ReadFull(in, text); err != nil {
						return
					}
					lines <- string(text)
				}
			})
		}
	})
	t.Cleanup(func() { _ = at.Close(); serving.Wait() })
	return func(n int) (got []string) {
		for range n {
			select {
			case l := <-lines:
				got = append(got, l)
			case <-t.Context().Done():
			}
		}
		return got
	}
}

func TestLinesOfLogsAreDeliveredAndThoseOfACutConnectionAgain(t *testing.T) {
	f := &far{t: t, pair: pair(t), roots: x509.NewCertPool()}
	f.roots.AddCert(f.pair.Leaf)
	taken := logs(t, f, 2)
	n := begun(t, config(t, f, t.TempDir()))
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", n.lines)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("<13>first line\r\n18 <13>second\ncounted<13>third\n<13>last, without its end")); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	got := taken(6)
	want := []string{"<13>first line", "<13>second\ncounted", "<13>first line", "<13>second\ncounted", "<13>third", "<13>last, without its end"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q", got)
	}
	udp, err := (&net.Dialer{}).DialContext(t.Context(), "udp", n.datagrams)
	if err != nil {
		t.Fatal(err)
	}
	defer udp.Close()
	if _, err := udp.Write([]byte("<13>a datagram\n")); err != nil {
		t.Fatal(err)
	}
	if got := taken(1); got[0] != "<13>a datagram" {
		t.Errorf("got %q", got)
	}
	for t.Context().Err() == nil {
		if state, err := agent.Look(n.folder); err != nil {
			t.Fatal(err)
		} else if state.Waiting == 0 {
			return
		}
	}
}

func TestAnAgentThatIsGoneIsFound(t *testing.T) {
	folder := t.TempDir()
	state, err := agent.Look(folder)
	if err != nil || fmt.Sprint(state.Findings(noon, time.Hour)) != "[not-running]" {
		t.Errorf("never begun: %+v %v", state, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "state.json"), []byte(`{"at":"2026-03-02T12:00:00Z","dropped":2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if state, err = agent.Look(folder); err != nil {
		t.Fatal(err)
	}
	state.Oldest, state.SetAside = noon, 1
	for after, want := range map[time.Duration]string{
		30 * time.Second: "[set-aside dropped]", 2 * time.Hour: "[not-running waiting set-aside dropped]",
	} {
		if got := fmt.Sprint(state.Findings(noon.Add(after), time.Hour)); got != want {
			t.Errorf("after %v: %s", after, got)
		}
	}
}

func BenchmarkMessages(b *testing.B) {
	for name, away := range map[string]bool{"straight": false, "kept": true} {
		for _, senders := range []int{1, 16} {
			b.Run(fmt.Sprintf("%s/senders=%d", name, senders), func(b *testing.B) {
				f := newFar(b)
				if away {
					f.down()
				}
				c := config(b, f, b.TempDir())
				c.Most, c.Paces.First, c.Paces.Longest = 8<<30, time.Second, time.Minute
				n := begun(b, c)
				var sending sync.WaitGroup
				lines := make([]*line, senders)
				for i := range lines {
					lines[i] = n.dialed()
				}
				b.ResetTimer()
				for i, l := range lines {
					sending.Go(func() {
						for k := i; k < b.N; k += senders {
							if got := l.asks(said("S"+strconv.Itoa(i), strconv.Itoa(k))); !strings.HasPrefix(got, "AA") {
								b.Error(got)
								return
							}
						}
					})
				}
				sending.Wait()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
			})
		}
	}
}

func BenchmarkDelivery(b *testing.B) {
	for _, senders := range []int{1, 16} {
		b.Run(fmt.Sprintf("senders=%d", senders), func(b *testing.B) {
			f := newFar(b)
			f.down()
			c := config(b, f, b.TempDir())
			c.Most = 8 << 30
			n := begun(b, c)
			lines := make([]*line, senders)
			for i := range lines {
				lines[i] = n.dialed()
			}
			for k := range b.N {
				if got := lines[k%senders].asks(said("S"+strconv.Itoa(k%senders), strconv.Itoa(k))); !strings.HasPrefix(got, "AA") {
					b.Fatal(got)
				}
			}
			b.ResetTimer()
			f.up()
			for state := (agent.State{}); state.Said == nil || state.Said.Count < b.N; {
				var err error
				if state, err = agent.Look(c.Folder); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}
