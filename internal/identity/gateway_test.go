package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/identity"
)

// issued is a certificate with its key.
type issued struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate by an authority; nil: an authority by itself.
func issue(t testing.TB, by *issued, until time.Time) issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	made := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "vpn " + serial.String()}, NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	parent, signer := made, key
	if by == nil {
		made.IsCA, made.BasicConstraintsValid, made.KeyUsage, made.ExtKeyUsage = true, true, x509.KeyUsageCertSign, nil
	} else {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, made, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return issued{cert, key}
}

// connection asks a house over TLS, showing what a gateway shows.
type connection struct {
	t      testing.TB
	server *httptest.Server
	shown  []tls.Certificate
}

func (c connection) signIn(e employee, forwarded string) (status int) {
	c.t.Helper()
	transport := c.server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.Certificates = c.shown
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.server.URL+"/api/session", strings.NewReader(`{"name":"`+e.name+`","password":"`+e.password+`"}`))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if forwarded != "" {
		req.Header.Set("X-Forwarded-For", forwarded)
	}
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode
}

func (c connection) showing(i issued) connection {
	c.shown = []tls.Certificate{{Certificate: [][]byte{i.cert.Raw}, PrivateKey: i.key}}
	return c
}

func (g *gate) listens() connection {
	g.T.Helper()
	server := httptest.NewUnstartedServer(g.http)
	server.StartTLS()
	g.T.Cleanup(server.Close)
	server.TLS.MinVersion = tls.VersionTLS13
	server.TLS.GetConfigForClient = g.room.AskCertificates(server.TLS).GetConfigForClient
	return connection{t: g.T, server: server}
}

func TestWhatAGatewayPassesOnOverItsCertificateCameThroughTheVPN(t *testing.T) {
	now := time.Now()
	authority := issue(t, nil, now.Add(24*time.Hour))
	mine, late, strange := issue(t, &authority, now.Add(24*time.Hour)), issue(t, &authority, now.Add(-time.Hour)), issue(t, nil, now.Add(24*time.Hour))
	for what, set := range map[string]issued{"its own certificate": mine, "its authority": authority} {
		t.Run(what, func(t *testing.T) {
			gateways, err := identity.ParseGateways([]byte(pemOf("CERTIFICATE", set.cert.Raw)))
			if err != nil {
				t.Fatal(err)
			}
			o := identity.Options{Inside: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, Gateways: gateways}
			bothWith(t, o, func(t *testing.T, g *gate) {
				g.Clock.Advance(time.Since(g.Clock.Now()))
				e := g.hire("chenyaqin", "attending")
				over := g.listens()
				if status := over.showing(mine).signIn(e, "203.0.113.7"); status != 201 {
					t.Errorf("through the gateway: %d", status)
				}
				g.read(func(r db.Reader) error {
					places, err := db.Several(t.Context(), r, func(row db.Rows, at *[3]string) error { return row.Scan(&at[0], &at[1], &at[2]) },
						"SELECT zone, tunnel, ip FROM identity_session WHERE ended IS NULL AND tunnel <> $1", "")
					if len(places) != 1 || places[0] != [3]string{"remote", "tls", "203.0.113.7"} {
						t.Errorf("where the session was begun: %v", places)
					}
					return err
				})
				g.verdict("identity.remote-by-vpn", "met")
				if a := g.at(homePC).signIn(e.name, e.password); a.body["code"] != "identity.tunnel" {
					t.Errorf("from outside and not through it: %d %v", a.status, a.body)
				}
				if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
					t.Errorf("from inside: %d %v", a.status, a.body)
				}
				for what, other := range map[string]issued{"a certificate that is over": late, "of another authority": strange} {
					before := g.Count("identity_session WHERE tunnel <> ''")
					over.showing(other).signIn(e, "203.0.113.8")
					if g.Count("identity_session WHERE tunnel <> ''") != before {
						t.Errorf("%s counts as the gateway's", what)
					}
				}
				if g.Count("identity_session WHERE ip = '203.0.113.8'") != 0 {
					t.Error("an address is believed of somebody who is not the gateway")
				}
			})
		})
	}
}

func TestWhatIsNoCertificateIsNoGateway(t *testing.T) {
	for _, text := range []string{"", "10.0.0.0/8", pemOf("CERTIFICATE", []byte("no"))} {
		if _, err := identity.ParseGateways([]byte(text)); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
