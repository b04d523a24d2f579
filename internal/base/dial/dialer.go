package dial

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// Dialer connects to destinations.
type Dialer struct {
	roots *x509.CertPool
	guard Guard // nil: nobody is asked
}

// New returns a dialer that trusts the machine's authorities, or those of roots
// when it is not nil.
func New(roots *x509.CertPool) *Dialer { return &Dialer{roots: roots} }

const (
	// patience bounds a whole exchange.
	patience = 20 * time.Second
	// maxAnswer is how much is read of an answer, in bytes.
	maxAnswer = 64 << 10
)

func (d *Dialer) tls(host string) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: d.roots, ServerName: host}
}

func (d *Dialer) connect(ctx context.Context, to Destination, network, address string) (net.Conn, error) {
	if d.guard != nil {
		if err := d.guard(ctx, to); err != nil {
			return nil, err
		}
	}
	dialer := net.Dialer{Timeout: patience / 2, Control: to.admit}
	return dialer.DialContext(ctx, network, address)
}

// Post sends a body to a web address and returns the beginning of the answer. An
// answer that is not 2xx is an error.
func (d *Dialer) Post(ctx context.Context, to Destination, header http.Header, body []byte) ([]byte, error) {
	if err := to.CheckWeb(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.Address, bytes.NewReader(body))
	if err != nil {
		return nil, errAddress.Because(err)
	}
	req.Header = header.Clone()
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return d.connect(ctx, to, network, address)
		},
		TLSClientConfig: d.tls(req.URL.Hostname()), DisableKeepAlives: true, MaxResponseHeaderBytes: maxAnswer,
	}
	client := http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		return nil, unreached(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case err != nil:
		return nil, unreached(err)
	case res.StatusCode < 200 || res.StatusCode > 299:
		return nil, errAnswer.With("status", strconv.Itoa(res.StatusCode))
	}
	return answer, nil
}

// Refused is the error of a destination that answered, and said no.
func Refused(status string) error { return errAnswer.With("status", status) }
