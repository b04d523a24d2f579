package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

// takingOver is a house in which one person has one session.
func takingOver(t *testing.T, fn func(t *testing.T, g *gate)) {
	t.Helper()
	rules := easyRules()
	rules.Session.Concurrent = identity.TakeOver
	bothWith(t, identity.Options{Rules: rules}, fn)
}

func TestASecondSignInTakesTheFirstOverAndSaysSo(t *testing.T) {
	takingOver(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		ward, home := g.at(wardPC), g.at(homePC)
		ward.signIn(e.name, e.password)
		home.signIn(e.name, e.password)
		if last := g.Last(); last.Note["taken-over"] != "1" {
			t.Errorf("the ledger tells %+v", last)
		}
		a := ward.ask("GET", "/api/session", "")
		if a.status != 401 || a.body["code"] != "identity.taken-over" || a.body["extra"].(map[string]any)["ip"] != "198.51.100.7" {
			t.Errorf("the old terminal: %d %v", a.status, a.body)
		}
		ward.must(401, "GET", "/api/departments", "")
		if !home.live() {
			t.Error("the new terminal is out")
		}
		g.verdict("identity.one-session-each", "met")
	})
}

func TestAForgedSessionDoesNotKeepItsPersonOut(t *testing.T) {
	takingOver(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		ward := g.at(wardPC)
		ward.signIn(e.name, e.password)
		g.Behind("UPDATE identity_session SET until = until + 1")
		if a := g.at(homePC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("%d %v", a.status, a.body)
		}
		if g.alarmed() == 0 {
			t.Error("nobody was alarmed")
		}
	})
}

func TestALockedScreenIsOpenedByItsPersonOnly(t *testing.T) {
	takingOver(t, func(t *testing.T, g *gate) {
		e, other := g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		session := c.who()["session"]
		c.must(204, "POST", "/api/identity/lock", "")
		c.must(401, "GET", "/api/departments", "")
		if a := c.ask("GET", "/api/session", ""); a.status != 401 || a.body["code"] != "identity.locked" {
			t.Errorf("while locked: %d %v", a.status, a.body)
		}
		if a := c.ask("POST", "/api/identity/unlock", `{"password":"a guess"}`); a.status != 422 {
			t.Errorf("a guess: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Verb != "identity.unlock-session" || last.Outcome != ledger.Refused {
			t.Errorf("the ledger tells %+v", last)
		}
		c.must(200, "POST", "/api/identity/unlock", `{"password":"`+e.password+`"}`)
		if who := c.who(); who["session"] != session {
			t.Errorf("another session: %v", who)
		}
		c.must(409, "POST", "/api/identity/unlock", `{"password":"`+e.password+`"}`)

		c.must(204, "POST", "/api/identity/lock", "")
		first := c.token
		if a := c.signIn(other.name, other.password); a.status != 201 || c.who()["person"] != other.person {
			t.Errorf("somebody else at the same screen: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Note["switched-from"] != session {
			t.Errorf("the ledger tells %+v", last)
		}
		left := &client{g: g, from: wardPC, token: first}
		if a := left.ask("POST", "/api/identity/unlock", `{"password":"`+e.password+`"}`); a.status != 401 {
			t.Errorf("the session that was left: %d %v", a.status, a.body)
		}
	})
}

func TestSessionsAreSeenAndEndedOneByOne(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		ward, home, chief := g.at(wardPC), g.at(homePC), g.at(wardPC)
		ward.signIn(e.name, e.password)
		home.signIn(e.name, e.password)
		chief.signIn(admin.name, admin.password)
		items := home.must(200, "GET", "/api/identity/sessions", "").body["items"].([]any)
		if len(items) != 2 {
			t.Fatalf("sessions: %v", items)
		}
		for _, item := range items {
			s := item.(map[string]any)
			if s["this"] == (s["ip"] == "192.0.2.10") || s["means"] != "password" {
				t.Errorf("session: %v", s)
			}
			if s["this"] == false {
				home.must(204, "DELETE", "/api/identity/sessions/"+s["id"].(string), "")
				home.must(404, "DELETE", "/api/identity/sessions/"+s["id"].(string), "")
			}
		}
		if ward.live() || !home.live() {
			t.Error("the wrong session was ended")
		}
		own := chief.who()["session"].(string)
		home.must(403, "DELETE", "/api/identity/sessions/"+own, "")
		home.must(403, "GET", "/api/accounts/"+admin.account+"/sessions", "")
		seen := chief.must(200, "GET", "/api/accounts/"+e.account+"/sessions", "").body["items"].([]any)
		chief.must(204, "DELETE", "/api/identity/sessions/"+seen[0].(map[string]any)["id"].(string), "")
		if home.live() {
			t.Error("lives on")
		}
	})
}

// browser keeps a key that never leaves it.
type browser struct {
	*client
	key *ecdsa.PrivateKey
}

func (g *gate) browse(t *testing.T, e employee) browser {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b := browser{g.at(wardPC), key}
	a := b.must(201, "POST", "/api/session", text(t, map[string]any{"name": e.name, "password": e.password, "browserKey": point}))
	b.keep(a)
	return b
}

// prove answers a challenge with a key.
func prove(t *testing.T, c *client, key *ecdsa.PrivateKey) answer {
	t.Helper()
	given := c.must(200, "POST", "/api/identity/challenge", "").body
	challenge, err := base64.StdEncoding.DecodeString(given["challenge"].(string))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(identity.ProofText(given["session"].(string), challenge))
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return c.ask("POST", "/api/identity/proof", text(t, map[string]any{"signature": signature}))
}

func TestACopiedCookieIsWorthNothing(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		b := g.browse(t, e)
		if !b.live() {
			t.Fatal("not signed in")
		}
		thief := &client{g: g, from: homePC, token: b.token}
		if a := thief.ask("GET", "/api/session", ""); a.status != 401 || a.body["code"] != "identity.prove" {
			t.Errorf("the cookie elsewhere: %d %v", a.status, a.body)
		}
		thief.must(401, "GET", "/api/departments", "")
		other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if a := prove(t, thief, other); a.status != 401 || a.body["code"] != "identity.proof" {
			t.Errorf("with a key of his own: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Verb != "identity.prove" || last.Outcome != ledger.Refused || last.Objects[0].ID != e.account || last.Why.Conditions[0] != "browser" {
			t.Errorf("the ledger tells %+v", last)
		}
		if !b.live() {
			t.Error("the browser was shut out by a thief")
		}
		g.Clock.Advance(10 * time.Minute)
		b.must(401, "GET", "/api/departments", "")
		if a := prove(t, b.client, b.key); a.status != 204 || !b.live() {
			t.Errorf("after ten minutes: %d %v", a.status, a.body)
		}
		b.from = homePC
		if b.live() {
			t.Error("from another address without a proof")
		}
		if a := prove(t, b.client, b.key); a.status != 204 || !b.live() {
			t.Errorf("carried to another room: %d %v", a.status, a.body)
		}
	})
}

func TestAChallengeIsGoodForAMinuteAndOnce(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		b := g.browse(t, e)
		given := b.must(200, "POST", "/api/identity/challenge", "").body
		challenge, err := base64.StdEncoding.DecodeString(given["challenge"].(string))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(identity.ProofText(given["session"].(string), challenge))
		r, s, err := ecdsa.Sign(rand.Reader, b.key, sum[:])
		if err != nil {
			t.Fatal(err)
		}
		signature := make([]byte, 64)
		r.FillBytes(signature[:32])
		s.FillBytes(signature[32:])
		body := text(t, map[string]any{"signature": signature})
		g.Clock.Advance(time.Minute)
		b.must(401, "POST", "/api/identity/proof", body)
		if a := prove(t, b.client, b.key); a.status != 204 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		b.must(401, "POST", "/api/identity/proof", body)
	})
}

func TestAKeyThatIsNoneIsRefused(t *testing.T) {
	rules := easyRules()
	rules.Session.NeedKey = true
	bothWith(t, identity.Options{Rules: rules}, func(t *testing.T, g *gate) {
		e := g.hireFresh("chenyaqin", "attending")
		for _, key := range [][]byte{nil, {4, 1, 2}, make([]byte, 65)} {
			g.at(wardPC).must(422, "POST", "/api/session", text(t, map[string]any{"name": e.name, "password": e.password, "browserKey": key}))
		}
		if !g.browse(t, e).live() {
			t.Error("not let in with a key")
		}
	})
}
