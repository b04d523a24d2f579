package dial_test

import (
	"bufio"
	"context"
	"crypto/x509"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
)

func trusting(s *httptest.Server) *dial.Dialer {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return dial.New(roots)
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func TestOnlyARegisteredInternalDestinationIsReachedInside(t *testing.T) {
	asked := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		body, _ := io.ReadAll(r.Body)
		_, _ = w.Write(append([]byte("got "), body...))
	}))
	defer s.Close()
	d := trusting(s)
	if _, err := d.Post(t.Context(), dial.Destination{Address: s.URL}, nil, []byte("x")); code(err) != "dial.inside" || asked != 0 {
		t.Errorf("a loopback address that nobody registered as internal: %v, asked %d times", err, asked)
	}
	answer, err := d.Post(t.Context(), dial.Destination{Address: s.URL + "/in", Internal: true}, http.Header{"Content-Type": {"text/plain"}}, []byte("hello"))
	if err != nil || string(answer) != "got hello" {
		t.Errorf("%q %v", answer, err)
	}
	if _, err := dial.New(nil).Post(t.Context(), dial.Destination{Address: s.URL, Internal: true}, nil, nil); code(err) != "dial.unreached" {
		t.Errorf("a certificate that nobody vouches for: %v", err)
	}
}

func TestInsideAddressesAreRefusedInEveryForm(t *testing.T) {
	d := dial.New(nil)
	for _, host := range []string{
		"127.0.0.1", "[::1]", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0", "[::ffff:127.0.0.1]", "[fd00::1]",
		"[64:ff9b::7f00:1]", "198.18.0.1", "169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "255.255.255.255", "[ff02::1]", "localhost",
	} {
		if _, err := d.Post(t.Context(), dial.Destination{Address: "https://" + host + "/"}, nil, nil); code(err) != "dial.inside" {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{"169.254.169.254", "[fe80::1]", "0.0.0.0", "[::ffff:169.254.169.254]"} {
		if _, err := d.Post(t.Context(), dial.Destination{Address: "https://" + host + "/", Internal: true}, nil, nil); code(err) != "dial.inside" {
			t.Errorf("%s, registered as internal: %v", host, err)
		}
	}
}

func TestARedirectAndAFailureAreFailures(t *testing.T) {
	followed := false
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		case "/elsewhere":
			followed = true
		default:
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	defer s.Close()
	for _, path := range []string{"/moved", "/broken"} {
		if _, err := trusting(s).Post(t.Context(), dial.Destination{Address: s.URL + path, Internal: true}, nil, nil); code(err) != "dial.answer" {
			t.Errorf("%s: %v", path, err)
		}
	}
	if followed {
		t.Error("the redirect was followed")
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, d := range []dial.Destination{
		{Address: ""}, {Address: "ftp://x.cn/"}, {Address: "http://x.cn/"}, {Address: "http://x.cn/", Plain: true}, {Address: "https://user:pw@x.cn/"},
		{Address: "https:///x"}, {Address: "https://x.cn/\x7f"}, {Address: "x.cn"},
	} {
		if err := d.CheckWeb(); code(err) != "dial.address" {
			t.Errorf("%+v: %v", d, err)
		}
	}
	for _, d := range []dial.Destination{{Address: "mail.x.cn"}, {Address: ":25"}, {Address: "a@b:25"}, {Address: "mail.x.cn:25", Plain: true}} {
		if err := d.CheckMail(); code(err) != "dial.address" {
			t.Errorf("%+v: %v", d, err)
		}
	}
	for _, a := range []string{"", "x", "x@y\r\nRCPT TO:<z@z>", "A <a@b.cn>"} {
		if dial.CheckAddress(a) == nil {
			t.Errorf("%q is taken for a mail address", a)
		}
	}
}

// mailbox is a mail server in this process that keeps what it is given.
type mailbox struct {
	address string
	letters chan string
}

func openMailbox(t *testing.T) mailbox {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	box := mailbox{listener.Addr().String(), make(chan string, 1)}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			box.serve(conn)
		}
	}()
	return box
}

func (b mailbox) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	say("220 box")
	var letter strings.Builder
	for in.Scan() {
		switch line := in.Text(); {
		case strings.HasPrefix(line, "DATA"):
			say("354 go on")
			for in.Scan() && in.Text() != "." {
				letter.WriteString(in.Text() + "\n")
			}
			say("250 taken")
			b.letters <- letter.String()
		case strings.HasPrefix(line, "QUIT"):
			say("500 what")
			return
		default:
			say("250 fine")
		}
	}
}

func TestMailIsHandedOver(t *testing.T) {
	box := openMailbox(t)
	letter := dial.Mail{ID: "1", From: "medward@x.cn", To: "zhang@x.cn", Subject: "待办提醒", Text: "您有 2 项待办\n.\nRCPT TO:<x@y>", At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	to := dial.Destination{Address: box.address, Internal: true}
	if err := dial.New(nil).Send(t.Context(), to, letter); code(err) != "dial.no-tls" {
		t.Errorf("a server without encryption that is not registered as plain: %v", err)
	}
	if err := dial.New(nil).Send(t.Context(), dial.Destination{Address: box.address}, letter); code(err) != "dial.inside" {
		t.Errorf("a server inside that is not registered as internal: %v", err)
	}
	to.Plain = true
	if err := dial.New(nil).Send(t.Context(), to, letter); err != nil {
		t.Fatal(err)
	}
	header, body, _ := strings.Cut(<-box.letters, "\n\n")
	text, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(body, "\n", ""))
	if err != nil || string(text) != letter.Text || !strings.Contains(header, "To: zhang@x.cn") || !strings.Contains(header, "Subject: =?utf-8?b?") {
		t.Errorf("%s\n%s %v", header, text, err)
	}
	letter.To = "zhang@x.cn\r\nBcc: all@x.cn"
	if err := dial.New(nil).Send(t.Context(), to, letter); code(err) != "dial.address" {
		t.Errorf("an address with a line of its own: %v", err)
	}
}

func TestAGuardIsAskedEachTimeBeforeAnythingLeaves(t *testing.T) {
	asked, reached := 0, 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	defer s.Close()
	closed := fault.Define("dial.test-closed", fault.Refused, "未登记", "not registered", "for the test")
	to := dial.Destination{Address: s.URL, Internal: true}
	d := trusting(s).Guarded(func(_ context.Context, at dial.Destination) error {
		if asked++; asked == 1 && at == to {
			return nil
		}
		return closed.With()
	})
	if _, err := d.Post(t.Context(), to, nil, nil); err != nil || reached != 1 {
		t.Errorf("what is let go arrived %d times: %v", reached, err)
	}
	if _, err := d.Post(t.Context(), to, nil, nil); code(err) != "dial.test-closed" || reached != 1 {
		t.Errorf("the second time it was refused, and arrived %d times: %v", reached, err)
	}
}
