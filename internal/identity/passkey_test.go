package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

const theOrigin = "https://medward.example"

// token is an authenticator in software: one ES256 key for one page, written from
// the WebAuthn recommendation, with attestation none.
type token struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	user   string
	origin string
	count  uint32
}

func newToken(t *testing.T) *token {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &token{t: t, key: key, id: id, origin: theOrigin}
}

var b64url = base64.RawURLEncoding

func (k *token) clientData(kind, challenge string) []byte {
	return []byte(text(k.t, map[string]any{"type": kind, "challenge": challenge, "origin": k.origin, "crossOrigin": false}))
}

// data is the authenticator's word: which page, that its holder was there and was
// verified, and how often it has signed.
func (k *token) data(flags byte) []byte {
	page := sha256.Sum256([]byte("medward.example"))
	return binary.BigEndian.AppendUint32(append(page[:], flags), k.count)
}

const present, verified, attested = 0x01, 0x04, 0x40

func (k *token) register(options map[string]any) map[string]any {
	k.t.Helper()
	page := options["publicKey"].(map[string]any)
	user, err := b64url.DecodeString(page["user"].(map[string]any)["id"].(string))
	if err != nil {
		k.t.Fatal(err)
	}
	k.user = string(user)
	point, err := k.key.PublicKey.Bytes()
	if err != nil {
		k.t.Fatal(err)
	}
	data := append(k.data(present|verified|attested), make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id)))
	data = append(data, k.id...)
	data = append(data, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20) // COSE: EC2, ES256, P-256, x
	data = append(append(append(data, point[1:33]...), 0x22, 0x58, 0x20), point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return map[string]any{
		"id": b64url.EncodeToString(k.id), "rawId": b64url.EncodeToString(k.id), "type": "public-key",
		"response": map[string]any{
			"attestationObject": b64url.EncodeToString(append(object, data...)),
			"clientDataJSON":    b64url.EncodeToString(k.clientData("webauthn.create", page["challenge"].(string))),
		},
	}
}

func (k *token) sign(options map[string]any, flags byte) map[string]any {
	k.t.Helper()
	k.count++
	client := k.clientData("webauthn.get", options["publicKey"].(map[string]any)["challenge"].(string))
	data, digest := k.data(flags), sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), digest[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.key, sum[:])
	if err != nil {
		k.t.Fatal(err)
	}
	return map[string]any{
		"id": b64url.EncodeToString(k.id), "rawId": b64url.EncodeToString(k.id), "type": "public-key",
		"response": map[string]any{
			"authenticatorData": b64url.EncodeToString(data), "clientDataJSON": b64url.EncodeToString(client),
			"signature": b64url.EncodeToString(signature), "userHandle": b64url.EncodeToString([]byte(k.user)),
		},
	}
}

func (c *client) enrolPasskey(t *testing.T, k *token) {
	t.Helper()
	begun := c.must(201, "POST", "/api/identity/factors/passkeys", `{"label":"token"}`).body
	answered := k.register(begun["options"].(map[string]any))
	codes := c.must(200, "POST", "/api/identity/factors/passkeys/confirm", text(t, map[string]any{"ceremony": begun["ceremony"], "passkey": answered})).body
	if len(codes["recoveryCodes"].([]any)) != 10 {
		t.Errorf("recovery codes: %v", codes)
	}
}

func (c *client) passkey(t *testing.T, k *token, flags byte) map[string]any {
	t.Helper()
	begun := c.must(200, "POST", "/api/session/passkey/begin", "").body
	return map[string]any{"ceremony": begun["ceremony"], "passkey": k.sign(begun["options"].(map[string]any), flags)}
}

func withPasskeys(t *testing.T, fn func(t *testing.T, g *gate)) {
	t.Helper()
	rules := easyRules()
	rules.Factor.Origin, rules.Factor.Roles = theOrigin, []string{"security-administrator"}
	bothWith(t, identity.Options{Rules: rules}, fn)
}

func TestAPasskeyOpensAStrongSessionByItself(t *testing.T) {
	withPasskeys(t, func(t *testing.T, g *gate) {
		admin := g.hire("liuyang", "security-administrator")
		c, k := g.at(wardPC), newToken(t)
		c.signIn(admin.name, admin.password)
		c.must(403, "GET", "/api/accounts", "")
		c.enrolPasskey(t, k)
		c.must(200, "GET", "/api/accounts", "")
		c.must(204, "DELETE", "/api/session", "")

		if a := g.at(homePC).signIn(admin.name, admin.password); a.body["code"] != "identity.code-needed" {
			t.Errorf("by password alone: %d %v", a.status, a.body)
		}
		shown := c.passkey(t, k, present|verified)
		c.keep(c.must(201, "POST", "/api/session/passkey", text(t, shown)))
		if who := c.who(); who["means"] != "passkey" || who["strong"] != true || len(who["roles"].([]any)) != 1 {
			t.Errorf("who: %v", who)
		}
		if a := g.at(homePC).ask("POST", "/api/session/passkey", text(t, shown)); a.status != 401 || a.body["code"] != "identity.ceremony" {
			t.Errorf("the same answer again: %d %v", a.status, a.body)
		}
		g.Clock.Advance(identity.StepLife)
		c.must(403, "POST", "/api/identity/recovery-codes", "")
		c.must(200, "POST", "/api/identity/step-up", text(t, c.passkey(t, k, present|verified)))
		c.must(200, "POST", "/api/identity/recovery-codes", "")
	})
}

func TestAPasskeyThatIsNotTheRightOneIsRefused(t *testing.T) {
	withPasskeys(t, func(t *testing.T, g *gate) {
		e, other := g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		c, k := g.at(wardPC), newToken(t)
		c.signIn(e.name, e.password)
		c.enrolPasskey(t, k)
		try := func(what string, shown map[string]any) {
			if a := g.at(homePC).ask("POST", "/api/session/passkey", text(t, shown)); a.status != 401 || a.body["code"] != "identity.passkey" {
				t.Errorf("%s: %d %v", what, a.status, a.body)
			}
		}
		try("without its holder being verified", c.passkey(t, k, present))
		if last := g.Last(); last.Outcome != ledger.Refused || last.Why.Conditions[0] != "passkey" || last.Objects[0].ID != e.account {
			t.Errorf("the ledger tells %+v", last)
		}
		false1 := *k
		false1.origin = "https://medward.example.evil.test"
		try("from a false page", c.passkey(t, &false1, present|verified))
		forged := newToken(t)
		forged.id, forged.user, forged.count = k.id, k.user, 100
		try("with another key", c.passkey(t, forged, present|verified))
		foreign := *k
		foreign.user = other.account
		try("for somebody else", c.passkey(t, &foreign, present|verified))
		good := c.passkey(t, k, present|verified)
		g.at(wardPC).must(201, "POST", "/api/session/passkey", text(t, good))
		copied := *k
		copied.count -= 2
		try("from a copy that lags behind", c.passkey(t, &copied, present|verified))
		slow := c.passkey(t, k, present|verified)
		g.Clock.Advance(5 * time.Minute)
		if a := g.at(wardPC).ask("POST", "/api/session/passkey", text(t, slow)); a.body["code"] != "identity.ceremony" {
			t.Errorf("too slow: %d %v", a.status, a.body)
		}
	})
}

func TestWithoutAnOriginThereAreNoPasskeys(t *testing.T) {
	both(t, func(_ *testing.T, g *gate) {
		g.at(wardPC).must(404, "POST", "/api/session/passkey/begin", "")
	})
}
