package identity_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/identity"
)

// vpn is a gateway through which people come from outside.
type vpn struct {
	t    testing.TB
	way  string
	key  string // PEM
	sign func(text []byte) []byte
}

func newVPN(t testing.TB, kind string) *vpn {
	t.Helper()
	v := &vpn{t: t}
	var public []byte
	var err error
	switch kind {
	case "sm2":
		key := newSM2(t)
		public, err = smx509.MarshalPKIXPublicKey(&key.PublicKey)
		v.sign = func(text []byte) []byte {
			signature, err := key.Sign(rand.Reader, text, sm2.DefaultSM2SignerOpts)
			if err != nil {
				t.Fatal(err)
			}
			return signature
		}
	case "ecdsa":
		key := newECDSA(t)
		public, err = x509.MarshalPKIXPublicKey(&key.PublicKey)
		v.sign = func(text []byte) []byte {
			digest := sha256.Sum256(text)
			signature, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
			if err != nil {
				t.Fatal(err)
			}
			return signature
		}
	default:
		open, key, made := ed25519.GenerateKey(rand.Reader)
		if made != nil {
			t.Fatal(made)
		}
		public, err = x509.MarshalPKIXPublicKey(open)
		v.sign = func(text []byte) []byte { return ed25519.Sign(key, text) }
	}
	if err != nil {
		t.Fatal(err)
	}
	v.key = pemOf("PUBLIC KEY", public)
	return v
}

func (v *vpn) settings() identity.WaySettings {
	return identity.WaySettings{Tunnel: &identity.TunnelSettings{Key: v.key}}
}

// asserts is the header for one request.
func (v *vpn) asserts(at time.Time, method, target string) string {
	nonce := make([]byte, 18)
	_, _ = rand.Read(nonce)
	said, seconds := base64.RawURLEncoding.EncodeToString(nonce), strconv.FormatInt(at.Unix(), 10)
	signature := v.sign(identity.TunnelText(acttest.Org, v.way, seconds, said, method, target))
	return strings.Join([]string{"v1", v.way, seconds, said, base64.RawURLEncoding.EncodeToString(signature)}, ";")
}

// through is a request that comes through the gateway.
func (c *client) through(v *vpn, method, path, body string) answer {
	c.g.T.Helper()
	c.headers = map[string]string{identity.TunnelHeader: v.asserts(c.g.Clock.Now(), method, path)}
	defer func() { c.headers = nil }()
	return c.ask(method, path, body)
}

var wardNetwork = identity.Options{Inside: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}

func TestFromOutsideOneComesThroughTheVPN(t *testing.T) {
	for _, kind := range []string{"sm2", "ecdsa", "ed25519"} {
		t.Run(kind, func(t *testing.T) {
			bothWith(t, wardNetwork, func(t *testing.T, g *gate) {
				admin, e := g.safe(), g.hire("chenyaqin", "attending")
				signIn := text(t, map[string]string{"name": e.name, "password": e.password})
				home := g.at(homePC)
				home.must(201, "POST", "/api/session", signIn)
				g.verdict("identity.remote-by-vpn", "not-met")
				home.keep(home.must(201, "POST", "/api/session", signIn))
				g.Clock.Advance(time.Second)
				v := newVPN(t, kind)
				v.way = admin.setWay(identity.Tunnel, v.settings(), "")
				g.Clock.Advance(time.Second)
				g.verdict("identity.remote-by-vpn", "met")

				if a := home.ask("GET", "/api/session", ""); a.status != 401 || a.body["code"] != "identity.tunnel" {
					t.Errorf("a session from before, without: %d %v", a.status, a.body)
				}
				for _, password := range []string{e.password, "wrong"} {
					if a := g.at(homePC).signIn(e.name, password); a.status != 401 || a.body["code"] != "identity.tunnel" {
						t.Errorf("signing in without: %d %v", a.status, a.body)
					}
				}
				came := home.through(v, "POST", "/api/session", signIn)
				if came.status != 201 {
					t.Fatalf("through it: %d %v", came.status, came.body)
				}
				home.keep(came)
				if who := home.through(v, "GET", "/api/session", ""); who.status != 200 {
					t.Errorf("who: %d %v", who.status, who.body)
				}
				if mine := home.through(v, "GET", "/api/identity/sessions", "").body["items"].([]any); mine[len(mine)-1].(map[string]any)["tunnel"] != true || mine[len(mine)-1].(map[string]any)["zone"] != "remote" {
					t.Errorf("my sessions: %v", mine)
				}
				if a := home.ask("GET", "/api/session", ""); a.body["code"] != "identity.tunnel" {
					t.Errorf("the same session outside the tunnel: %d %v", a.status, a.body)
				}
				g.verdict("identity.remote-by-vpn", "met")

				ward := g.at(wardPC)
				if a := ward.signIn(e.name, e.password); a.status != 201 || !ward.live() {
					t.Errorf("inside: %d %v", a.status, a.body)
				}
				if ways := ward.must(200, "GET", "/api/session/ways", "").body["items"].([]any); len(ways) != 0 {
					t.Errorf("offered for signing in: %v", ways)
				}
				g.Behind("UPDATE identity_session SET tunnel = ''")
				g.verdict("identity.remote-by-vpn", "not-met")
			})
		})
	}
}

func TestAnAssertionIsOfOneRequestOnceAndNow(t *testing.T) {
	bothWith(t, wardNetwork, func(t *testing.T, g *gate) {
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		v, forger := newVPN(t, "ecdsa"), newVPN(t, "ecdsa")
		v.way = admin.setWay(identity.Tunnel, v.settings(), "")
		forger.way = v.way
		signIn := text(t, map[string]string{"name": e.name, "password": e.password})
		now := g.Clock.Now()
		once := v.asserts(now, "POST", "/api/session")
		for what, header := range map[string]string{
			"of another key":        forger.asserts(now, "POST", "/api/session"),
			"of another request":    v.asserts(now, "POST", "/api/session/code"),
			"of another method":     v.asserts(now, "PUT", "/api/session"),
			"too old":               v.asserts(now.Add(-61*time.Second), "POST", "/api/session"),
			"too early":             v.asserts(now.Add(61*time.Second), "POST", "/api/session"),
			"with another time":     strings.Replace(once, strconv.FormatInt(now.Unix(), 10), strconv.FormatInt(now.Unix()+1, 10), 1),
			"with another spelling": strings.Replace(once, ";"+strconv.FormatInt(now.Unix(), 10), ";0"+strconv.FormatInt(now.Unix(), 10), 1),
			"without a signature":   once[:strings.LastIndex(once, ";")+1],
			"nothing":               "",
		} {
			c := g.at(homePC)
			c.headers = map[string]string{identity.TunnelHeader: header}
			if a := c.ask("POST", "/api/session", signIn); a.status != 401 || a.body["code"] != "identity.tunnel" {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		c := g.at(homePC)
		c.headers = map[string]string{identity.TunnelHeader: once}
		c.must(201, "POST", "/api/session", signIn)
		before := g.alarmed()
		other := newGateOn(g, wardNetwork)
		for where, process := range map[string]*gate{"here": g, "in another process": other} {
			copied := process.at(homePC)
			copied.headers = map[string]string{identity.TunnelHeader: once}
			if a := copied.ask("POST", "/api/session", signIn); a.status != 401 || a.body["code"] != "identity.tunnel" {
				t.Errorf("copied, %s: %d %v", where, a.status, a.body)
			}
		}
		if g.alarmed() == before || other.alarmed() == 0 {
			t.Error("nobody was told of a copied assertion")
		}
		g.Clock.Advance(5 * time.Minute)
		if err := g.room.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := g.Count("identity_assertion"); n != 0 {
			t.Errorf("%d assertions are kept beyond their time", n)
		}
		if a := c.ask("POST", "/api/session", signIn); a.status != 401 {
			t.Errorf("once it is forgotten: %d %v", a.status, a.body)
		}
	})
}

func TestAVPNIsAskedForOnlyWhereItCannotShutTheHouse(t *testing.T) {
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := x509.MarshalPKIXPublicKey(&p384.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	set := func(c *client, key string) answer {
		return c.ask("POST", "/api/identity/ways", wireText(c, map[string]any{
			"kind": "vpn", "state": "open", "nameZh": "VPN", "settings": identity.WaySettings{Tunnel: &identity.TunnelSettings{Key: key}},
		}))
	}
	both(t, func(t *testing.T, g *gate) {
		if a := set(g.safe(), newVPN(t, "sm2").key); a.status != 422 || !strings.Contains(wireText(g.at(wardPC), a.body), "body.state") {
			t.Errorf("with no network named: %d %v", a.status, a.body)
		}
	})
	bothWith(t, wardNetwork, func(t *testing.T, g *gate) {
		admin := g.safe()
		for _, key := range []string{"", "nothing", pemOf("PUBLIC KEY", other), pemOf("PUBLIC KEY", []byte{1})} {
			if a := set(admin, key); a.status != 422 || !strings.Contains(wireText(admin, a.body), "settings.tunnel.key") {
				t.Errorf("%.20q: %d %v", key, a.status, a.body)
			}
		}
		home := g.at(homePC)
		home.token = admin.token
		phone, _ := admin.enrol()
		home.token = ""
		home.keep(home.signInWith("liuyang", "Correct horse 9 battery", phone.code()))
		if a := set(home, newVPN(t, "sm2").key); a.status != 422 || !strings.Contains(wireText(home, a.body), "body.state") {
			t.Errorf("by somebody outside: %d %v", a.status, a.body)
		}
		if g.Count("identity_way") != 0 {
			t.Error("a gateway was set all the same")
		}
	})
}

func FuzzAnAssertionIsReadOneWay(f *testing.F) {
	f.Add("v1;01KJNXGE0000000000000000WA;1774000000;AAAAAAAAAAAAAAAAAAAAAAAA;AAAA")
	f.Add("v1;;;;")
	f.Fuzz(func(t *testing.T, header string) {
		if written, ok := identity.RewrittenAssertion(header); ok && written != header {
			t.Errorf("%q is read as %q", header, written)
		}
	})
}
