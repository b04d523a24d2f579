package source_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/kit/sm"
)

func TestABearerKeyOpensAsLongAsItLives(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		k, token := o.bearer(s)
		if !strings.HasPrefix(token, "mws."+k.ID+".") || strings.Contains(o.Log.String(), token) {
			t.Errorf("token %q", token)
		}
		if n := o.Count("source_key WHERE halves = 0 AND half IS NULL AND sealed IS NULL"); n != 1 {
			t.Errorf("%d rows hold a digest and nothing else", n)
		}
		o.mustCall("whole", with(token), 200, "")
		o.mustCall("another secret", with(token[:len(token)-43]+base64.RawURLEncoding.EncodeToString(make([]byte, 32))), 401, "source.key")
		o.mustCall("no key at all", with("mws.nothing"), 401, "source.key")
		o.mustCall("nothing", func(*http.Request) {}, 401, "act.nobody")
		o.mustCall("elsewhere", func(r *http.Request) { with(token)(r); r.Header.Set("From-Address", "10.1.3.1") }, 403, "source.network")
		if e := o.Last(); e.Verb != "source.call" || e.Outcome != ledger.Refused || e.Actor.ID != s.ID || e.Note["why"] != "source.network" {
			t.Errorf("the account of a refusal: %+v", e)
		}
		if _, err := o.room.EndKey(o.as("safe"), s.ID, k.ID); err != nil {
			t.Fatal(err)
		}
		o.mustCall("ended", with(token), 401, "source.key")

		k, token = o.bearer(s)
		o.Clock.Advance(k.Until.Add(-time.Second).Sub(o.Clock.Now()))
		o.mustCall("in its last second", with(token), 200, "")
		o.Clock.Advance(time.Second)
		o.mustCall("beyond its time", with(token), 401, "source.key")
	})
}

func TestAForgedKeyOpensNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		_, token := o.bearer(s)
		for _, forged := range []string{"UPDATE source_key SET until = until + 1", "UPDATE source_source SET networks = '[\"0.0.0.0/0\"]'"} {
			o.Behind(forged)
			if status, _ := o.call(with(token)); status != 503 {
				t.Errorf("%s: %d", forged, status)
			}
		}
		if len(o.alarmed) != 2 {
			t.Errorf("alarms: %v", o.alarmed)
		}
	})
}

func TestTwoPeopleHoldAKeyTogether(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		k, token := o.issued(s, source.Issuing{Kind: source.ByBearer, Halves: true, Until: o.Clock.Now().AddDate(0, 1, 0)})
		o.mustCall("half", with(token), 401, "source.key")
		if _, err := o.room.SecondHalf(o.as("sys"), s.ID, k.ID); faulttest.Code(err) != "source.one-person" {
			t.Errorf("both halves for one person: %v", err)
		}
		half, err := o.room.SecondHalf(o.as("net"), s.ID, k.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.SecondHalf(o.as("head"), s.ID, k.ID); faulttest.Code(err) != "source.other-half" {
			t.Errorf("made twice: %v", err)
		}
		o.mustCall("one half of two", with(token), 401, "source.key")
		o.mustCall("both", with(token+"."+half), 200, "")
	})
}

func TestANewKeyMayOverlapTheOld(t *testing.T) {
	both(t, func(_ *testing.T, o *office) {
		s := o.live()
		old, first := o.bearer(s)
		_, second := o.issued(s, source.Issuing{Kind: source.ByBearer, Until: o.Clock.Now().AddDate(0, 6, 0), Follows: old.ID, Overlap: 48 * time.Hour})
		o.Clock.Advance(48*time.Hour - time.Second)
		o.mustCall("the old one beside", with(first), 200, "")
		o.mustCall("the new one", with(second), 200, "")
		o.Clock.Advance(time.Second)
		o.mustCall("the old one after", with(first), 401, "source.key")
		o.mustCall("the new one after", with(second), 200, "")
	})
}

func TestAKeyIsIssuedByWhoShowsAgainWhoHeIs(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		in := source.Issuing{Kind: source.ByBearer, Until: o.Clock.Now().AddDate(0, 1, 0)}
		o.stale["sys"] = true
		if _, _, err := o.room.IssueKey(o.as("sys"), s.ID, in); !errors.Is(err, act.ErrRefused) {
			t.Errorf("stale: %v", err)
		}
		if _, _, err := o.room.IssueKey(o.as("li"), s.ID, in); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by its owner: %v", err)
		}
		for field, spoil := range map[string]func(in *source.Issuing){
			"kind":         func(in *source.Issuing) { in.Kind = "password" },
			"until":        func(in *source.Issuing) { in.Until = o.Clock.Now().AddDate(2, 0, 0) },
			"halves":       func(in *source.Issuing) { in.Kind, in.Halves = source.ByHMAC, true },
			"overlapHours": func(in *source.Issuing) { in.Overlap = time.Hour },
			"publicKey":    func(in *source.Issuing) { in.Kind = source.BySM2 },
		} {
			wrong := in
			spoil(&wrong)
			if _, _, err := o.room.IssueKey(o.as("head"), s.ID, wrong); !strings.Contains(faulttest.Fields(err), field) {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestAKeyThatIsAboutToEndIsAnnounced(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		k, _ := o.bearer(s)
		o.tick()
		if o.tasks(source.KeyRenewal, k.ID) != 0 {
			t.Error("announced at once")
		}
		o.Clock.Advance(150 * 24 * time.Hour)
		o.tick()
		o.tick()
		if n := o.tasks(source.KeyRenewal, k.ID); n != 1 {
			t.Errorf("announced %d times", n)
		}
		o.issued(s, source.Issuing{Kind: source.ByBearer, Until: o.Clock.Now().AddDate(0, 6, 0), Follows: k.ID})
		if o.tasks(source.KeyRenewal, k.ID) != 0 {
			t.Error("still announced after a new one")
		}
	})
}

// signer signs requests.
type signer struct {
	key  string
	sign func(message []byte) []byte
	at   time.Time
}

func (s signer) request(nonce string, signed, sent []byte) func(r *http.Request) {
	return func(r *http.Request) {
		digest := sm.Sum(signed)
		signature := s.sign(source.SignedText(r.Method, r.URL.RequestURI(), s.at, nonce, digest[:]))
		r.Header.Set("Authorization", fmt.Sprintf("%s key=%s,time=%d,nonce=%s,digest=%s,signature=%s",
			source.SignedScheme, s.key, s.at.Unix(), nonce, hex.EncodeToString(digest[:]), base64.StdEncoding.EncodeToString(signature)))
		if len(sent) > 0 {
			r.Body = http.NoBody
		}
	}
}

func publicPEM(t *testing.T, public any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func (o *office) signers(s source.Source) map[string]signer {
	o.T.Helper()
	t := o.T.(*testing.T)
	until := o.Clock.Now().AddDate(0, 6, 0)
	hmac, secret := o.issued(s, source.Issuing{Kind: source.ByHMAC, Until: until})
	private, err := sm.GenerateSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	text, err := private.Public().PEM()
	if err != nil {
		t.Fatal(err)
	}
	sm2, _ := o.issued(s, source.Issuing{Kind: source.BySM2, Until: until, PublicKey: string(text)})
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ecc, _ := o.issued(s, source.Issuing{Kind: source.ByECDSA, Until: until, PublicKey: publicPEM(t, &curve.PublicKey)})
	must := func(signature []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return signature
	}
	return map[string]signer{
		"hmac": {hmac.ID, func(m []byte) []byte { return sm.HMAC([]byte(secret), m) }, o.Clock.Now()},
		"sm2":  {sm2.ID, func(m []byte) []byte { return must(private.Sign(m)) }, o.Clock.Now()},
		"ecdsa": {ecc.ID, func(m []byte) []byte {
			digest := sha256.Sum256(m)
			return must(ecdsa.SignASN1(rand.Reader, curve, digest[:]))
		}, o.Clock.Now()},
	}
}

func TestASignedRequestCountsOnceInItsTimeForItsBody(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		for name, one := range o.signers(s) {
			o.mustCall(name, one.request("nonce-0000000001", nil, nil), 200, "")
			o.mustCall(name+" again", one.request("nonce-0000000001", nil, nil), 401, "source.replay")
			if e := o.Last(); e.Outcome != ledger.Refused || e.Note["why"] != "source.replay" {
				t.Errorf("the account of a replay: %+v", e)
			}
			o.mustCall(name+" with another body", one.request("nonce-0000000002", []byte("{}"), nil), 401, "source.signature")
			o.mustCall(name+" short nonce", one.request("short", nil, nil), 401, "source.key")
			early, late := one, one
			early.at, late.at = one.at.Add(5*time.Minute+time.Second), one.at.Add(-5*time.Minute-time.Second)
			o.mustCall(name+" from the future", early.request("nonce-0000000003", nil, nil), 401, "source.clock")
			o.mustCall(name+" from the past", late.request("nonce-0000000004", nil, nil), 401, "source.clock")
			elsewhere := one
			elsewhere.sign = func(m []byte) []byte { return one.sign([]byte(strings.Replace(string(m), "self", "other", 1))) }
			o.mustCall(name+" for another address", elsewhere.request("nonce-0000000005", nil, nil), 401, "source.signature")
			o.mustCall(name+" as a bearer", with("mws."+one.key+"."+base64.RawURLEncoding.EncodeToString(make([]byte, 32))), 401, "source.key")
		}
		o.Clock.Advance(11 * time.Minute)
		o.tick()
		if n := o.Count("source_nonce"); n != 0 {
			t.Errorf("%d nonces are kept beyond their use", n)
		}
	})
}

func TestASignedBodyIsTheOneThatArrives(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		one := o.signers(s)["hmac"]
		for body, want := range map[string]string{`{"a":1}`: "source.path", `{"a":2}`: "source.signature"} {
			status, code := o.callAt("POST", "/api/sources", body, one.request("nonce-"+hex.EncodeToString([]byte(body)), []byte(`{"a":1}`), nil))
			if code != want {
				t.Errorf("%s: %d %s, want %s", body, status, code, want)
			}
		}
	})
}

func TestACertificateIsPinned(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		mine, text := certificate(t, o.Clock.Now(), 30*24*time.Hour)
		other, _ := certificate(t, o.Clock.Now(), 30*24*time.Hour)
		k, secret := o.issued(s, source.Issuing{Kind: source.ByCertificate, Until: o.Clock.Now().AddDate(1, 0, 0), Certificate: text})
		if secret != "" || !k.Until.Equal(mine.NotAfter) {
			t.Errorf("until %s, certificate until %s", k.Until, mine.NotAfter)
		}
		showing := func(c *x509.Certificate) func(r *http.Request) {
			return func(r *http.Request) { r.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{c}} }
		}
		o.mustCall("mine", showing(mine), 200, "")
		o.mustCall("another of the same name", showing(other), 401, "act.nobody")
		o.Clock.Advance(30*24*time.Hour + time.Minute)
		o.mustCall("over", showing(mine), 401, "act.nobody")
	})
}

func certificate(t *testing.T, since time.Time, life time.Duration) (*x509.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	like := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "his"}, NotBefore: since.Add(-time.Hour), NotAfter: since.Add(life).Truncate(time.Second)}
	der, err := x509.CreateCertificate(rand.Reader, like, like, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestCallsBeyondWhatWasAgreedAreRefused(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		in := o.his()
		in.PerMinute = 3
		s, err := o.room.Begin(o.as("net"), o.approved(in).ID)
		if err != nil {
			t.Fatal(err)
		}
		_, token := o.bearer(s)
		for range 3 {
			o.mustCall("agreed", with(token), 200, "")
		}
		o.mustCall("one more", with(token), 429, "source.rate")
		o.Clock.Advance(time.Minute)
		o.mustCall("a minute later", with(token), 200, "")
	})
}

func TestASourceGetsNothingButWhatWasAgreed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		_, token := o.bearer(s)
		for _, path := range []string{"/api/sources", "/api/sources/" + s.ID, "/api/nowhere"} {
			status, code := o.callAt("GET", path, "", with(token))
			if status != 403 || code != "source.path" {
				t.Errorf("%s: %d %s", path, status, code)
			}
			if e := o.Last(); e.Outcome != ledger.Refused || e.Actor.ID != s.ID || e.Note["why"] != "source.path" {
				t.Errorf("%s: the account: %+v", path, e)
			}
		}
		if h := o.seen(s).Health; h.Refused != 3 {
			t.Errorf("%+v", h)
		}
	})
}
