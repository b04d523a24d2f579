package identity_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

// authenticator is a telephone that shows codes, written from RFC 6238.
type authenticator struct {
	g      *gate
	secret []byte
	fast   time.Duration // by how much its clock is ahead
}

func (a authenticator) code() string {
	var counter [8]byte
	binary.BigEndian.PutUint64(counter[:], uint64(a.g.Clock.Now().Add(a.fast).Unix()/30))
	mac := hmac.New(sha1.New, a.secret)
	mac.Write(counter[:])
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:at+4])&0x7fffffff%1000000)
}

// enrol gives somebody who is signed in an authenticator and returns it with the
// recovery codes.
func (c *client) enrol() (authenticator, []string) {
	c.g.T.Helper()
	made := c.must(201, "POST", "/api/identity/factors/codes", `{"label":"phone"}`).body
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(made["secret"].(string))
	if err != nil || !strings.HasPrefix(made["uri"].(string), "otpauth://totp/Medward:") {
		c.g.T.Fatalf("%v: %v", made, err)
	}
	a := authenticator{g: c.g, secret: secret}
	answer := c.must(200, "POST", "/api/identity/factors/"+made["id"].(string)+"/confirm", `{"code":"`+a.code()+`"}`).body
	var codes []string
	for _, code := range answer["recoveryCodes"].([]any) {
		codes = append(codes, code.(string))
	}
	c.g.Clock.Advance(30 * time.Second)
	return a, codes
}

func (c *client) signInWith(name, password, code string) answer {
	c.g.T.Helper()
	a := c.ask("POST", "/api/session", `{"name":"`+name+`","password":"`+password+`","code":"`+code+`"}`)
	c.keep(a)
	return a
}

func strictly(t *testing.T, fn func(t *testing.T, g *gate)) {
	t.Helper()
	rules := identity.DefaultRules()
	bothWith(t, identity.Options{Rules: &rules, Inside: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}, fn)
}

func TestARoleThatNeedsAFactorGivesNothingWithoutOne(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		admin := g.hire("liuyang", "security-administrator")
		c := g.at(wardPC)
		c.signIn(admin.name, admin.password)
		who := c.who()
		if len(who["roles"].([]any)) != 0 || who["strong"] != false || len(who["waiting"].([]any)) != 1 {
			t.Errorf("before: %v", who)
		}
		c.must(403, "GET", "/api/accounts", "")
		g.verdict("identity.second-factors", "not-met")
		phone, codes := c.enrol()
		if len(codes) != 10 {
			t.Errorf("recovery codes: %v", codes)
		}
		g.verdict("identity.second-factors", "met")
		if who := c.who(); len(who["roles"].([]any)) != 1 || who["strong"] != true {
			t.Errorf("after: %v", who)
		}
		c.must(200, "GET", "/api/accounts", "")

		if a := c.signIn(admin.name, admin.password); a.status != 401 || a.body["code"] != "identity.code-needed" {
			t.Errorf("without a code: %d %v", a.status, a.body)
		}
		if a := c.signInWith(admin.name, admin.password, "000000"); a.status != 401 || a.body["code"] != "identity.code-wrong" {
			t.Errorf("a wrong code: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Outcome != ledger.Refused || last.Why.Conditions[0] != "code" || last.Objects[0].ID != admin.account {
			t.Errorf("the ledger tells %+v", last)
		}
		code := phone.code()
		if a := c.signInWith(admin.name, admin.password, code); a.status != 201 || c.who()["means"] != "password+code" {
			t.Errorf("with the code: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Note["means"] != "password+code" {
			t.Errorf("the ledger tells %+v", last)
		}
		if a := g.at(homePC).signInWith(admin.name, admin.password, code); a.body["code"] != "identity.code-used" {
			t.Errorf("the same code again: %d %v", a.status, a.body)
		}
		c.must(200, "GET", "/api/accounts", "")
	})
}

func TestACodeHoldsForClocksThatDifferByHalfAMinute(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		phone, _ := c.enrol()
		for fast, want := range map[time.Duration]int{-61 * time.Second: 401, -30 * time.Second: 201, 0: 201, 30 * time.Second: 201, 61 * time.Second: 401} {
			g.Clock.Advance(5 * time.Minute)
			phone.fast = fast
			if a := g.at(wardPC).signInWith(e.name, e.password, phone.code()); a.status != want {
				t.Errorf("%s off: %d %v", fast, a.status, a.body)
			}
		}
	})
}

func TestARecoveryCodeStandsInOnce(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		phone, codes := c.enrol()
		if a := c.signInWith(e.name, e.password, strings.ToUpper(codes[3])); a.status != 201 || c.who()["means"] != "password+recovery-code" {
			t.Fatalf("%d %v", a.status, a.body)
		}
		if a := g.at(homePC).signInWith(e.name, e.password, codes[3]); a.status != 401 {
			t.Errorf("the same again: %d %v", a.status, a.body)
		}
		if left := c.must(200, "GET", "/api/identity/factors", "").body["codesLeft"]; left != 9.0 {
			t.Errorf("%v are left", left)
		}
		fresh := c.must(200, "POST", "/api/identity/recovery-codes", "").body["recoveryCodes"].([]any)
		if a := g.at(wardPC).signInWith(e.name, e.password, codes[4]); a.status != 401 {
			t.Errorf("one of the old: %d %v", a.status, a.body)
		}
		g.Clock.Advance(time.Minute)
		if a := g.at(wardPC).signInWith(e.name, e.password, fresh[0].(string)); a.status != 201 {
			t.Errorf("one of the new: %d %v", a.status, a.body)
		}
		for _, secret := range append(codes, phone.code()) {
			if strings.Contains(g.Log.String(), secret) || g.Count("identity_recovery_code WHERE digest = '"+secret+"'") != 0 {
				t.Error("a code is written down")
			}
		}
	})
}

func TestMarkedActsNeedAFreshProof(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		g.Clock.Advance(identity.StepLife)
		a := c.must(403, "POST", "/api/identity/factors/codes", `{}`)
		refusal := a.body["extra"].(map[string]any)
		if refusal["way"] != "step-up" {
			t.Errorf("the refusal: %v", refusal)
		}
		c.must(200, "GET", "/api/departments", "")
		if a := c.ask("POST", "/api/identity/step-up", `{"password":"a guess"}`); a.status != 422 {
			t.Errorf("a guess: %d %v", a.status, a.body)
		}
		c.must(200, "POST", "/api/identity/step-up", `{"password":"`+e.password+`"}`)
		if last := g.Last(); last.Verb != "identity.step-up" || last.Outcome != ledger.Done {
			t.Errorf("the ledger tells %+v", last)
		}
		phone, _ := c.enrol()
		g.Clock.Advance(identity.StepLife)
		if a := c.ask("POST", "/api/identity/step-up", `{"password":"`+e.password+`"}`); a.body["code"] != "identity.code-needed" {
			t.Errorf("by password, who has a factor: %d %v", a.status, a.body)
		}
		id := c.must(200, "GET", "/api/identity/factors", "").body["items"].([]any)[0].(map[string]any)["id"].(string)
		c.must(403, "DELETE", "/api/identity/factors/"+id, "")
		c.must(200, "POST", "/api/identity/step-up", `{"code":"`+phone.code()+`"}`)
		other := g.hire("liqiang", "nurse")
		nurse := g.at(wardPC)
		nurse.signIn(other.name, other.password)
		nurse.must(403, "DELETE", "/api/identity/factors/"+id, "")
		c.must(204, "DELETE", "/api/identity/factors/"+id, "")
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("without the factor again: %d %v", a.status, a.body)
		}
	})
}

func TestFromOutsideASecondFactorIsNeeded(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		home := g.at(homePC)
		if a := home.signIn(e.name, e.password); a.status != 201 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		a := home.must(403, "GET", "/api/departments", "")
		if conditions := fmt.Sprint(a.body["extra"]); !strings.Contains(conditions, "factors.remote") {
			t.Errorf("the refusal: %v", a.body)
		}
		phone, _ := home.enrol()
		home.must(200, "GET", "/api/departments", "")
		g.Clock.Advance(time.Minute)
		again := g.at(homePC)
		again.signInWith(e.name, e.password, phone.code())
		again.must(200, "GET", "/api/departments", "")
		g.verdict("identity.remote-sessions", "met")
	})
}

func TestAnEnrolmentWaitsAQuarterOfAnHour(t *testing.T) {
	strictly(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		made := c.must(201, "POST", "/api/identity/factors/codes", `{}`).body
		path := "/api/identity/factors/" + made["id"].(string) + "/confirm"
		if a := c.ask("POST", path, `{"code":"000000"}`); a.body["code"] != "identity.code-wrong" {
			t.Errorf("a wrong code: %v", a.body)
		}
		g.Clock.Advance(15 * time.Minute)
		c.must(404, "POST", path, `{"code":"123456"}`)
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("an enrolment that was never confirmed is asked for: %d %v", a.status, a.body)
		}
	})
}
