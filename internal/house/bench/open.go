package bench

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"github.com/medward/medward/internal/act"
)

// openCallers is how many read at the same time.
const openCallers = 32

// measureOpen measures opening a document over HTTPS: TLS 1.3, session, policy,
// an account that is durable, unsealing.
func measureOpen(ctx context.Context, b *bench) error {
	requests, err := b.readings(ctx)
	if err != nil {
		return err
	}
	return b.served(ctx, func(ctx context.Context, address string) error { return b.open(ctx, address, requests) })
}

// served serves the house while fn asks it.
func (b *bench) served(ctx context.Context, fn func(ctx context.Context, address string) error) error {
	serving, stop := context.WithCancel(ctx)
	defer stop()
	listening, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() { ended <- b.house.Serve(serving, "127.0.0.1:0", nil, func(at net.Addr) { listening <- at }) }()
	select {
	case err := <-ended:
		return err
	case at := <-listening:
		err := fn(ctx, at.String())
		stop()
		return errors.Join(err, <-ended)
	}
}

func (b *bench) open(ctx context.Context, address string, requests [][]byte) error {
	s, _, err := b.pressed(ctx, address, requests)
	if err != nil {
		return err
	}
	b.add("open_per_second", s.perSecond(), "打开文书（32 个调用者，HTTPS：会话、判权、记账落盘、解封）", "documents opened over HTTPS, 32 callers: session, policy, durable account, unsealing")
	b.add("open_p50_ms", s.quantile(0.5), "打开文书：中位时间", "opening a document: median")
	b.add("open_p99_ms", s.quantile(0.99), "打开文书：99% 在此时间内", "opening a document: 99% within")
	return nil
}

// pressed lets callers ask as fast as they are answered, each over its own connection.
// each is the processor time of one request in ms, that of who asks included.
func (b *bench) pressed(ctx context.Context, address string, requests [][]byte) (s sample, each float64, err error) {
	trust, err := b.trust()
	if err != nil {
		return s, 0, err
	}
	readers := make([]*reader, openCallers)
	for i := range readers {
		if readers[i], err = dial(ctx, address, trust); err != nil {
			return s, 0, err
		}
		defer readers[i].conn.Close() //nolint:errcheck // nothing is under way
	}
	before, err := processing()
	if err != nil {
		return s, 0, err
	}
	asked := make([]int, openCallers)
	s, err = crowd(ctx, openCallers, b.Lasting, func(_ context.Context, caller int) error {
		asked[caller]++
		return readers[caller].ask(requests[(caller+asked[caller]*openCallers)%len(requests)])
	})
	if err != nil {
		return s, 0, err
	}
	after, err := processing()
	return s, (after - before).Seconds() * 1000 / float64(sum(asked)), err
}

// mostReadings bounds how many different documents are opened.
const mostReadings = 2000

// readings are requests for documents by those who may open them, as they go
// over the wire.
func (b *bench) readings(ctx context.Context) ([][]byte, error) {
	doctors, err := b.doctors(ctx)
	if err != nil {
		return nil, err
	}
	var all [][]byte
	err = b.house.Tending(ctx, func() error {
		for _, d := range doctors {
			in, err := b.house.Identity.SignInAs(ctx, d.person)
			if err != nil {
				return err
			}
			for _, p := range d.patients {
				lines, err := b.house.Records.List(act.With(ctx, d.actor), p, "", 20)
				if err != nil {
					return err
				}
				for _, line := range lines.Items {
					if _, from := lines.Elsewhere[line.ID]; from {
						continue // it opens by the patient's word, which is not what is measured
					}
					all = append(all, fmt.Appendf(nil, "GET /api/documents/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n", line.ID, in.Token))
				}
			}
		}
		return nil
	})
	if err == nil && len(all) == 0 {
		err = errors.New("bench: the invented hospital has no document that anybody may open")
	}
	return all[:min(len(all), mostReadings)], err
}

// trust is what the server's certificate is checked against.
func (b *bench) trust() (*tls.Config, error) {
	text, err := os.ReadFile(filepath.Join(b.house.Place.Folder, "tls", "cert.pem"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	return &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS13, ServerName: "localhost"}, nil
}

// reader asks over one connection. It does as little as it can: it shares the
// processors with what is measured.
type reader struct {
	conn   net.Conn
	answer *bufio.Reader
}

func dial(ctx context.Context, address string, trust *tls.Config) (*reader, error) {
	conn, err := (&tls.Dialer{Config: trust}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &reader{conn: conn, answer: bufio.NewReader(conn)}, nil
}

func (r *reader) ask(request []byte) error {
	if _, err := r.conn.Write(request); err != nil {
		return err
	}
	res, err := http.ReadResponse(r.answer, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // read to its end below
	if res.StatusCode != http.StatusOK {
		text, err := io.ReadAll(res.Body)
		return errors.Join(fmt.Errorf("bench: %s: %s", res.Status, text), err)
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
