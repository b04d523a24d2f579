package identity_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/identity"
)

// ukey returns a certificate for somebody, good for a year.
func (a *authority) ukey(serial int64, number string, until time.Time) (*x509.Certificate, *ecdsa.PrivateKey) {
	a.t.Helper()
	key := newECDSA(a.t)
	return a.issue(&x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "somebody", SerialNumber: number},
		NotBefore: a.cert.NotBefore, NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, key), key
}

func (a *authority) revoked(at time.Time, serials ...int64) string {
	a.t.Helper()
	list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: at, NextUpdate: at.Add(time.Hour)}
	for _, n := range serials {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: big.NewInt(n), RevocationTime: at})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, a.cert, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	return pemOf("X509 CRL", der)
}

func authorityOf(a *authority, revoked string) identity.WaySettings {
	return identity.WaySettings{Authority: &identity.AuthoritySettings{Roots: a.roots(), Revoked: revoked, Number: "serialNumber"}}
}

// holding shows a certificate with every request.
func (c *client) holding(cert *x509.Certificate) *client {
	c.tls = &tls.ConnectionState{HandshakeComplete: true, PeerCertificates: []*x509.Certificate{cert}}
	return c
}

const bindCertificate = "/api/identity/links/certificate"

func TestACertificateIsASecondFactorOnceItIsBound(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := newAuthority(t, "Hospital CA", g.Clock.Now())
		mine, _ := ca.ukey(7, "chenyaqin", g.Clock.Now().Add(24*time.Hour))
		hers, _ := ca.ukey(8, "liqiang", g.Clock.Now().Add(24*time.Hour))
		strange, _ := newAuthority(t, "Other CA", g.Clock.Now()).ukey(7, "chenyaqin", g.Clock.Now().Add(24*time.Hour))
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		way := admin.setWay(identity.Certificate, authorityOf(ca, ""), "")
		c := g.at(wardPC).holding(mine)
		c.signIn(e.name, e.password)
		if c.who()["means"] != "password" {
			t.Errorf("before it is bound: %v", c.who())
		}
		for what, shown := range map[string]*x509.Certificate{"another's": hers, "of another authority": strange} {
			c.holding(shown)
			if a := c.ask("POST", bindCertificate, ""); a.status != 403 && a.status != 401 {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		c.holding(mine)
		bound := c.must(201, "POST", bindCertificate, "").body
		if !strings.Contains(bound["detail"].(string), "Hospital CA 7") {
			t.Errorf("bound: %v", bound)
		}
		if a := c.signIn(e.name, e.password); a.status != 201 || c.who()["means"] != "password+certificate" || c.who()["strong"] != true {
			t.Errorf("by password and certificate: %d %v", a.status, a.body)
		}
		bare := g.at(homePC)
		if bare.signIn(e.name, e.password); bare.who()["strong"] != false {
			t.Error("strong without the certificate")
		}
		alone := g.at(wardPC).holding(mine)
		alone.keep(alone.must(201, "POST", "/api/session/certificate", `{}`))
		if who := alone.who(); who["means"] != "certificate" || who["strong"] != false {
			t.Errorf("by the certificate alone: %v", who)
		}
		if a := g.at(wardPC).ask("POST", "/api/session/certificate", `{}`); a.body["code"] != "identity.no-certificate" {
			t.Errorf("without one: %d %v", a.status, a.body)
		}
		for what, shown := range map[string]*x509.Certificate{"nobody's": hers, "a stranger's": strange} {
			if a := g.at(wardPC).holding(shown).ask("POST", "/api/session/certificate", `{}`); a.status != 401 {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}

		phone, _ := c.enrol()
		alone.keep(alone.must(201, "POST", "/api/session/certificate", `{"code":"`+phone.code()+`"}`))
		if who := alone.who(); who["means"] != "certificate+code" || who["strong"] != true {
			t.Errorf("by certificate and code: %v", who)
		}
		if a := g.at(wardPC).holding(mine).ask("POST", "/api/session/certificate", `{"code":"000000"}`); a.body["code"] != "identity.code-wrong" {
			t.Errorf("with a wrong code: %d %v", a.status, a.body)
		}

		admin.must(200, "PUT", "/api/identity/ways/"+way, wireText(admin, map[string]any{
			"kind": "certificate", "state": "open", "nameZh": "证书", "settings": authorityOf(ca, ca.revoked(g.Clock.Now(), 7)), "rev": 1,
		}))
		if a := g.at(wardPC).holding(mine).ask("POST", "/api/session/certificate", `{}`); a.body["code"] != "identity.certificate" {
			t.Errorf("revoked: %d %v", a.status, a.body)
		}
		admin.must(200, "PUT", "/api/identity/ways/"+way, wireText(admin, map[string]any{
			"kind": "certificate", "state": "open", "nameZh": "证书", "settings": authorityOf(ca, ca.revoked(g.Clock.Now(), 9)), "rev": 2,
		}))
		g.Clock.Advance(24 * time.Hour)
		if a := g.at(wardPC).holding(mine).ask("POST", "/api/session/certificate", `{}`); a.body["code"] != "identity.certificate" {
			t.Errorf("after its end: %d %v", a.status, a.body)
		}
	})
}

func TestALostCertificateIsDeadAtOnce(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := newAuthority(t, "Hospital CA", g.Clock.Now())
		mine, _ := ca.ukey(7, "chenyaqin", g.Clock.Now().Add(300*24*time.Hour))
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.Certificate, authorityOf(ca, ""), "")
		c := g.at(wardPC).holding(mine)
		c.signIn(e.name, e.password)
		bound := c.must(201, "POST", bindCertificate, "").body["id"].(string)
		c.keep(c.must(201, "POST", "/api/session/certificate", `{}`))
		if items := admin.must(200, "GET", "/api/accounts/"+e.account+"/links", "").body["items"].([]any); len(items) != 1 {
			t.Errorf("bound: %v", items)
		}
		admin.must(204, "POST", "/api/identity/links/"+bound+"/end", `{"why":"lost"}`)
		if c.live() {
			t.Error("its session goes on")
		}
		if a := c.ask("POST", "/api/session/certificate", `{}`); a.body["code"] != "identity.not-linked" {
			t.Errorf("after it was lost: %d %v", a.status, a.body)
		}
		g.Behind("UPDATE identity_link SET ended = NULL, ended_by = '', why = ''")
		before := g.alarmed()
		if a := c.ask("POST", "/api/session/certificate", `{}`); a.status == 201 || g.alarmed() == before {
			t.Errorf("brought back behind the house: %d %v", a.status, a.body)
		}
	})
}

func TestABrowserShowsItsCertificateInTLS(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		g.Clock.Advance(time.Since(g.Clock.Now()))
		ca := newAuthority(t, "Hospital CA", g.Clock.Now())
		mine, key := ca.ukey(7, "chenyaqin", g.Clock.Now().Add(300*24*time.Hour))
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.Certificate, authorityOf(ca, ""), "")
		c := g.at(wardPC).holding(mine)
		c.signIn(e.name, e.password)
		c.must(201, "POST", bindCertificate, "")

		server := httptest.NewUnstartedServer(g.http)
		server.StartTLS()
		defer server.Close()
		server.TLS.MinVersion = tls.VersionTLS13
		asking := g.room.AskCertificates(server.TLS)
		server.TLS.GetConfigForClient = asking.GetConfigForClient
		ask := func(shown ...tls.Certificate) (int, string) {
			transport := server.Client().Transport.(*http.Transport).Clone()
			transport.TLSClientConfig.Certificates = shown
			defer transport.CloseIdleConnections()
			res, err := (&http.Client{Transport: transport}).Post(server.URL+"/api/session/certificate", "application/json", strings.NewReader(`{}`))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			return res.StatusCode, string(body)
		}
		if status, body := ask(tls.Certificate{Certificate: [][]byte{mine.Raw}, PrivateKey: key}); status != 201 {
			t.Errorf("with the certificate: %d %s", status, body)
		}
		if status, body := ask(); status != 401 || !strings.Contains(body, "identity.no-certificate") {
			t.Errorf("without: %d %s", status, body)
		}
	})
}

// sm2Holder is somebody with an SM2 certificate in a token.
type sm2Holder struct {
	t    testing.TB
	key  *sm2.PrivateKey
	cert *smx509.Certificate
}

func newSM2(t testing.TB) *sm2.PrivateKey {
	t.Helper()
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// newSM2Authority returns the PEM of an SM2 authority, and what it issues.
func newSM2Authority(t testing.TB, at time.Time) (roots string, issue func(number string) sm2Holder) {
	t.Helper()
	key := newSM2(t)
	make509 := func(template, parent *smx509.Certificate, public any) *smx509.Certificate {
		der, err := smx509.CreateCertificate(rand.Reader, template, parent, public, key)
		if err != nil {
			t.Fatal(err)
		}
		made, err := smx509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	top := &smx509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "SM2 CA"}, NotBefore: at.Add(-time.Hour), NotAfter: at.Add(1000 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: smx509.KeyUsageCertSign,
	}
	top = make509(top, top, &key.PublicKey)
	return pemOf("CERTIFICATE", top.Raw), func(number string) sm2Holder {
		h := sm2Holder{t: t, key: newSM2(t)}
		h.cert = make509(&smx509.Certificate{
			SerialNumber: big.NewInt(9), Subject: pkix.Name{SerialNumber: number}, NotBefore: at.Add(-time.Hour), NotAfter: at.Add(500 * time.Hour),
			KeyUsage: smx509.KeyUsageDigitalSignature,
		}, top, &h.key.PublicKey)
		return h
	}
}

// answer signs what the house has asked.
func (h sm2Holder) answer(c *client, asked map[string]any, more map[string]any) string {
	h.t.Helper()
	signature, err := h.key.Sign(rand.Reader, []byte(asked["text"].(string)), sm2.DefaultSM2SignerOpts)
	if err != nil {
		h.t.Fatal(err)
	}
	body := map[string]any{
		"ceremony": asked["ceremony"], "chain": []string{base64.StdEncoding.EncodeToString(h.cert.Raw)}, "signature": base64.StdEncoding.EncodeToString(signature),
	}
	maps.Copy(body, more)
	return wireText(c, body)
}

func TestAnSM2CertificateAnswersAChallenge(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		roots, issue := newSM2Authority(t, g.Clock.Now())
		_, forge := newSM2Authority(t, g.Clock.Now())
		mine, hers, forged := issue("chenyaqin"), issue("liqiang"), forge("chenyaqin")
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.SM2, identity.WaySettings{Authority: &identity.AuthoritySettings{Roots: roots, Number: "serialNumber"}}, "")
		c := g.at(wardPC)
		begin := func() map[string]any { return c.must(200, "POST", "/api/session/sm2/begin", "").body }
		if a := c.ask("POST", "/api/session/sm2", mine.answer(c, begin(), nil)); a.body["code"] != "identity.not-linked" {
			t.Errorf("before it is bound: %d %v", a.status, a.body)
		}
		c.signIn(e.name, e.password)
		bind := func(h sm2Holder) answer {
			return c.ask("POST", "/api/identity/links/sm2", h.answer(c, c.must(200, "POST", "/api/identity/links/sm2/begin", "").body, nil))
		}
		if a := bind(hers); a.body["code"] != "identity.not-yours" {
			t.Errorf("another's: %d %v", a.status, a.body)
		}
		if a := bind(forged); a.body["code"] != "identity.certificate" {
			t.Errorf("of another authority: %d %v", a.status, a.body)
		}
		if a := bind(mine); a.status != 201 {
			t.Fatalf("mine: %d %v", a.status, a.body)
		}
		asked := begin()
		c.keep(c.must(201, "POST", "/api/session/sm2", mine.answer(c, asked, nil)))
		if who := c.who(); who["means"] != "certificate" || who["person"] != e.person {
			t.Errorf("who: %v", who)
		}
		if a := c.ask("POST", "/api/session/sm2", mine.answer(c, asked, nil)); a.body["code"] != "identity.ceremony" {
			t.Errorf("the same once more: %d %v", a.status, a.body)
		}
		stolen := hers
		stolen.cert = mine.cert
		if a := c.ask("POST", "/api/session/sm2", stolen.answer(c, begin(), nil)); a.body["code"] != "identity.certificate" {
			t.Errorf("the certificate without its key: %d %v", a.status, a.body)
		}
		other := begin()
		other["text"] = asked["text"]
		if a := c.ask("POST", "/api/session/sm2", mine.answer(c, other, nil)); a.body["code"] != "identity.certificate" {
			t.Errorf("an answer to another challenge: %d %v", a.status, a.body)
		}
		phone, _ := c.enrol()
		c.keep(c.must(201, "POST", "/api/session/sm2", mine.answer(c, begin(), map[string]any{"code": phone.code()})))
		if who := c.who(); who["means"] != "certificate+code" || who["strong"] != true {
			t.Errorf("with a code: %v", who)
		}
	})
}
