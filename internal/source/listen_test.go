package source_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/hl7v2"
)

// desk takes messages for a test and remembers whose they were.
type desk struct {
	mu     sync.Mutex
	taken  []string
	of     []string
	held   chan struct{} // when not nil, messages wait for it
	counts []int
}

func (d *desk) take(ctx context.Context, messages []source.Message) []source.Outcome {
	if d.held != nil {
		<-d.held
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counts = append(d.counts, len(messages))
	outcomes := make([]source.Outcome, len(messages))
	for i, m := range messages {
		d.taken, d.of = append(d.taken, m.ControlID), append(d.of, act.From(ctx).ID)
		if strings.HasPrefix(m.ControlID, "bad") {
			outcomes[i].Findings = []hl7v2.Problem{{Rule: "test.bad", Severity: hl7v2.SeverityError, ZH: "不行", EN: "no", RemedyZH: "改", RemedyEN: "mend"}}
		}
	}
	return outcomes
}

// listening listens until the test ends or stop is called, and returns the address.
func (o *office) listening(d *desk, l source.Listening) (address string, stop func()) {
	o.T.Helper()
	at, err := (&net.ListenConfig{}).Listen(o.T.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		o.T.Fatal(err)
	}
	l.Take, l.Log = d.take, slog.New(slog.DiscardHandler)
	ctx, cancel := context.WithCancel(o.T.Context())
	var listening sync.WaitGroup
	listening.Go(func() {
		if err := o.room.Listen(ctx, at, l); err != nil {
			o.T.Error(err)
		}
	})
	stop = sync.OnceFunc(func() { cancel(); listening.Wait() })
	o.T.Cleanup(stop)
	return at.Addr().String(), stop
}

// line is a connection to the listener.
type line struct {
	t *testing.T
	net.Conn
	frames *hl7v2.Frames
}

func dialed(t *testing.T, address string) *line {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return over(t, conn)
}

func over(t *testing.T, conn net.Conn) *line {
	t.Cleanup(func() { _ = conn.Close() })
	return &line{t, conn, hl7v2.NewFrames(conn, 1<<20)}
}

func (l *line) send(text string) {
	l.t.Helper()
	if _, err := l.Write(hl7v2.Frame([]byte(text))); err != nil {
		l.t.Fatal(err)
	}
}

// answer is MSA-1, MSA-2 and ERR-5 or MSA-3 of the next answer.
func (l *line) answer() string {
	l.t.Helper()
	raw, err := l.frames.Next()
	if err != nil {
		return err.Error()
	}
	ack, err := hl7v2.Parse(raw)
	if err != nil {
		l.t.Fatal(err)
	}
	return strings.TrimSpace(ack.Get("MSA-1").Text() + " " + ack.Get("MSA-2").Text() + " " + ack.Get("ERR-5.1").Text())
}

func said(sender, control string) string {
	return "MSH|^~\\&|" + sender + "|MINGZHOU|MEDWARD|H|20260302080000||ADT^A01|" + control + "|P|2.5.1\rPID|1||1\r"
}

// nearby is a source whose machines are on this one.
func (o *office) nearby() source.Source {
	o.T.Helper()
	in := o.his()
	in.Networks, in.PerMinute = []string{"127.0.0.0/8"}, 10_000
	s, err := o.room.Begin(o.as("net"), o.approved(in).ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// called waits until so many messages of a source stand in its line.
func (o *office) called(s source.Source, n int) {
	o.T.Helper()
	for o.T.Context().Err() == nil && o.seen(s).Health.Calls < n {
	}
}

func TestMessagesAreAnsweredInTheirOrderWhenTheyAreSettled(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.nearby()
		d := &desk{held: make(chan struct{})}
		address, _ := o.listening(d, source.Listening{})
		l := dialed(t, address)
		for i := range 20 {
			l.send(said("HIS", fmt.Sprintf("m%d", i)))
		}
		l.send(said("HIS", "bad"))
		l.send(said("RIS", "foreign"))
		o.called(s, 21)
		close(d.held)
		for i := range 20 {
			if got := l.answer(); got != fmt.Sprintf("AA m%d", i) {
				t.Fatalf("answer %d: %s", i, got)
			}
		}
		if got := l.answer(); got != "AE bad test.bad" {
			t.Errorf("set aside: %s", got)
		}
		if got := l.answer(); got != "AR foreign source.sender" {
			t.Errorf("of a sender nobody registered: %s", got)
		}
		if len(d.taken) != 21 || d.of[0] != s.ID || d.of[20] != s.ID || len(d.counts) > 3 {
			t.Errorf("taken %v of %v in %v", d.taken, d.of, d.counts)
		}
	})
}

func TestWhatIsNoMessageEndsTheConnection(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.nearby()
		d := &desk{}
		address, _ := o.listening(d, source.Listening{})
		for name, text := range map[string]string{"no frame": "MSH|^~\\&|HIS", "too large": "\x0b" + strings.Repeat("x", 9<<20)} {
			l := dialed(t, address)
			go func() { _, _ = l.Write([]byte(text)) }()
			if got := l.answer(); got != "AR  source.frame" {
				t.Errorf("%s: %s", name, got)
			}
			if got := l.answer(); got != "EOF" && !strings.Contains(got, "reset") {
				t.Errorf("%s: the connection goes on: %s", name, got)
			}
		}
		l := dialed(t, address)
		if _, err := l.Write([]byte("\x0b" + said("HIS", "cut")[:40])); err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		whole := dialed(t, address)
		whole.send("no message at all")
		if got := whole.answer(); got != "AR  source.sender" {
			t.Errorf("what cannot be read: %s", got)
		}
		whole.send(said("HIS", "next"))
		if got := whole.answer(); got != "AA next" || len(d.taken) != 1 {
			t.Errorf("after it: %s, taken %v", got, d.taken)
		}
	})
}

func TestAStopAnswersWhatWasBrought(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.nearby()
		d := &desk{held: make(chan struct{})}
		address, stop := o.listening(d, source.Listening{})
		l := dialed(t, address)
		l.send(said("HIS", "last"))
		o.called(s, 1)
		var stopping sync.WaitGroup
		stopping.Go(stop)
		close(d.held)
		if got := l.answer(); got != "AA last" {
			t.Errorf("%s", got)
		}
		stopping.Wait()
		if got := l.answer(); got != "EOF" {
			t.Errorf("after the stop: %s", got)
		}
	})
}

func TestASuspendedSourceIsNotHeard(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.nearby()
		d := &desk{}
		address, _ := o.listening(d, source.Listening{})
		l := dialed(t, address)
		l.send(said("HIS", "1"))
		if got := l.answer(); got != "AA 1" {
			t.Fatal(got)
		}
		if _, err := o.room.Suspend(o.as("sys"), s.ID, "停机"); err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(time.Second)
		l.send(said("HIS", "2"))
		if got := l.answer(); got != "AR 2 source.sender" || len(d.taken) != 1 {
			t.Errorf("%s, taken %v", got, d.taken)
		}
	})
}

func TestAMachineShowsItsCertificateOverTLS(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.nearby()
		mine, other := pair(t), pair(t)
		o.issued(s, source.Issuing{Kind: source.ByCertificate, Until: o.Clock.Now().AddDate(0, 1, 0), Certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: mine.Certificate[0]}))})
		d := &desk{}
		server := pair(t)
		address, _ := o.listening(d, source.Listening{Certificate: &server})
		for name, c := range map[string]struct {
			certificate tls.Certificate
			sender      string
			want        string
		}{
			"its own": {mine, "HIS", "AA 1"}, "of a sender it has not registered": {mine, "RIS", "AR 1 source.sender"}, "another": {other, "HIS", "AR 1 source.sender"},
		} {
			conn, err := (&tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{c.certificate}}}).DialContext(t.Context(), "tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			l := over(t, conn)
			l.send(said(c.sender, "1"))
			if got := l.answer(); got != c.want {
				t.Errorf("%s: %s", name, got)
			}
		}
		conn, err := (&tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true}}).DialContext(t.Context(), "tcp", address)
		if err == nil {
			l := over(t, conn)
			_, _ = l.Write(hl7v2.Frame([]byte(said("HIS", "1"))))
			if got := l.answer(); strings.HasPrefix(got, "A") {
				t.Errorf("without a certificate: %s", got)
			}
		}
		if len(d.taken) != 1 {
			t.Errorf("taken %v", d.taken)
		}
	})
}

func TestNobodyListensInTheClearBeyondThisMachine(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		at, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", ":0")
		if err != nil {
			t.Fatal(err)
		}
		defer at.Close()
		if err := o.room.Listen(t.Context(), at, source.Listening{Take: (&desk{}).take}); err == nil {
			t.Error("it listens")
		}
	})
}

// pair is a key with a certificate of its own making, good now.
func pair(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	like := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "machine"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(10, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, like, like, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
