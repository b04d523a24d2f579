package dial

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
)

// Reach opens a connection to host:port of a registered destination, for
// protocols that have a client of their own. The caller asks for TLS.
func (d *Dialer) Reach(ctx context.Context, to Destination, address string) (net.Conn, error) {
	conn, err := d.connect(ctx, to, "tcp", address)
	if err != nil {
		return nil, unreached(err)
	}
	return conn, nil
}

// TLS is how a host of a registered destination is spoken to.
func (d *Dialer) TLS(host string) *tls.Config { return d.tls(host) }

// Client is a client for several requests to one registered destination. It
// follows no redirect, asks no proxy and reads no more of an answer than it must.
func (d *Dialer) Client(to Destination) *http.Client {
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return d.connect(ctx, to, network, address)
		},
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: d.roots}, DisableKeepAlives: true, MaxResponseHeaderBytes: maxAnswer,
	}
	return &http.Client{
		Transport: &bounded{transport, to}, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// bounded holds every request to the way a destination was registered.
type bounded struct {
	under http.RoundTripper
	to    Destination
}

func (b *bounded) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "https" && !b.to.Plain {
		return nil, errAddress.With()
	}
	res, err := b.under.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(res.Body, 4*maxAnswer), res.Body}
	return res, nil
}
