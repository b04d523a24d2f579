package identity

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"time"
)

// Gateways are VPN gateways that pass requests on over connections on which they show a
// certificate (E-145): each certificate itself, or the authority that issues theirs.
type Gateways struct {
	own         []*x509.Certificate
	authorities []*x509.Certificate
}

// ParseGateways reads certificates in PEM: of gateways, of their authorities, or of both.
func ParseGateways(text []byte) (*Gateways, error) {
	g := &Gateways{}
	for i, der := range blocks(string(text)) {
		c, err := x509.ParseCertificate(der)
		switch {
		case err != nil:
			return nil, fmt.Errorf("certificate %d of the VPN gateways cannot be read: %w", i+1, err)
		case c.IsCA:
			g.authorities = append(g.authorities, c)
		default:
			g.own = append(g.own, c)
		}
	}
	if len(g.own)+len(g.authorities) == 0 {
		return nil, fmt.Errorf("identity: no certificate of a VPN gateway in PEM is found")
	}
	return g, nil
}

// passedOn reports whether a gateway has passed a request on: TLS has seen that the other
// end holds the key of the certificate, and here it is held against those that are set.
func (g *Gateways) passedOn(req *http.Request, at time.Time) bool {
	if g == nil || req.TLS == nil || len(req.TLS.PeerCertificates) == 0 {
		return false
	}
	shown := req.TLS.PeerCertificates
	for _, c := range g.own {
		if c.Equal(shown[0]) {
			return !at.Before(c.NotBefore) && !at.After(c.NotAfter)
		}
	}
	if len(g.authorities) == 0 {
		return false
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range g.authorities {
		roots.AddCert(c)
	}
	for _, c := range shown[1:] {
		between.AddCert(c)
	}
	_, err := shown[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	return err == nil
}

// name tells a pool whose certificates are asked for, so that a gateway shows its own and
// no browser asks its person for another.
func (g *Gateways) name(pool *x509.CertPool) {
	if g == nil {
		return
	}
	for _, c := range g.authorities {
		pool.AddCert(c)
	}
	for _, c := range g.own { // only the name is used
		pool.AddCert(&x509.Certificate{Raw: c.RawIssuer, RawSubject: c.RawIssuer})
	}
}

// byConnection stands where a gateway's way would, when it showed itself in TLS.
const byConnection = "tls"
