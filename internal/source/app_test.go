package source_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/source"
)

func TestAProgramReadsForThePersonWhoAllowedIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.trends()
		seen, err := o.room.SeeApp(o.as("wang"), o.wanting())
		if err != nil || !seen.Chooses || len(seen.Scopes) != 2 || seen.Scopes[0].Words().ZH != "所选患者：检查检验结果" {
			t.Fatalf("%+v %v", seen, err)
		}
		if seen.Denied != redirect+"?error=access_denied&state=a+state" {
			t.Errorf("a no leads to %s", seen.Denied)
		}
		if _, err := o.room.Allow(o.as("wang"), o.wanting(), ""); faulttest.Code(err) != "source.input" {
			t.Errorf("without a patient: %v", err)
		}
		code := o.allowed(o.wanting())
		if e := o.Last(); e.Verb != "source.allow" || e.Actor.ID != o.people["wang"] || e.Note["scopes"] == "" || !slices.ContainsFunc(e.Objects, func(r ledger.Object) bool { return r.ID == "patient-1" }) {
			t.Errorf("the account of a yes: %+v", e)
		}
		got := o.given(redeeming(code))
		if got["patient"] != "patient-1" || got["token_type"] != "Bearer" || got["expires_in"] != 300.0 || got["scope"] != "launch/patient online_access patient/Observation.rs patient/Patient.r" {
			t.Errorf("%v", got)
		}
		if e := o.Last(); e.Verb != "source.token" || e.Actor.ID != s.ID || e.Note["allowance"] == "" {
			t.Errorf("the account of a token: %+v", e)
		}
		status, actor := o.reads(got["access_token"], "Observation")
		agreed, _ := actor["agreed"].(map[string]any)
		if status != http.StatusOK || actor["id"] != o.people["wang"] || actor["kind"] != "person" || actor["terminal"] != "app:"+s.ID || agreed["Patient"] != "patient-1" {
			t.Errorf("%d %v", status, actor)
		}
		o.mustRead("beyond its scope", got["access_token"], "DocumentReference", http.StatusForbidden)
		if e := o.Last(); e.Outcome != ledger.Refused || e.Actor.ID != s.ID || e.Note["why"] != "source.beyond-scope" {
			t.Errorf("the account of a refusal: %+v", e)
		}
		if status, said := o.callAt("GET", "/api/source/self", "", with(got["access_token"].(string))); status != http.StatusForbidden || said != "source.path" {
			t.Errorf("elsewhere than where programs read: %d %s", status, said)
		}
		again := o.given(renewing(got["refresh_token"].(string)))
		o.Clock.Advance(5*time.Minute - time.Second)
		o.mustRead("in its last second", again["access_token"], "Observation", http.StatusOK)
		o.Clock.Advance(time.Second)
		o.mustRead("beyond its time", again["access_token"], "Observation", http.StatusUnauthorized)
		if n := o.Count("source_token WHERE digest IS NULL"); n != 0 || strings.Contains(o.Log.String(), got["access_token"].(string)) {
			t.Error("more is kept than a digest")
		}
	})
}

func TestACodeIsGoodOnceAndForTheProgramThatAsked(t *testing.T) {
	both(t, func(_ *testing.T, o *office) {
		o.trends()
		without := func(form url.Values, name, value string) url.Values { form.Set(name, value); return form }
		code := o.allowed(o.wanting())
		o.denied("another address", without(redeeming(code), "redirect_uri", "https://app.example.org/other"), 400, "invalid_grant")
		o.denied("another verifier", without(redeeming(code), "code_verifier", verifier+"x"), 400, "invalid_grant")
		o.denied("the challenge as its verifier", without(redeeming(code), "code_verifier", challengeOf(verifier)), 400, "invalid_grant")
		o.denied("no verifier", without(redeeming(code), "code_verifier", ""), 400, "invalid_grant")
		o.denied("another program", without(redeeming(code), "client_id", "nobody"), 401, "invalid_client")
		o.denied("another way", without(redeeming(code), "grant_type", "password"), 400, "unsupported_grant_type")
		o.denied("another secret", redeeming(code[:len(code)-43]+base64.RawURLEncoding.EncodeToString(make([]byte, 32))), 400, "invalid_grant")
		got := o.given(redeeming(code))
		o.mustRead("fetched", got["access_token"], "Observation", 200)
		o.denied("a second time", redeeming(code), 400, "invalid_grant")
		if e := o.Last(); e.Note["ended"] != source.CodeReused || e.Note["in-vain"] != "source.grant" {
			o.T.Errorf("the account of a code that was shown twice: %+v", e)
		}
		o.mustRead("one of the two was a thief", got["access_token"], "Observation", 401)
		o.denied("nor is it renewed", renewing(got["refresh_token"].(string)), 400, "invalid_grant")

		late := o.allowed(o.wanting())
		o.Clock.Advance(time.Minute)
		o.denied("late", redeeming(late), 400, "invalid_grant")
	})
}

func TestARenewalIsGoodOnceAndNeverWidens(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.trends()
		first := o.given(redeeming(o.allowed(o.wanting())))
		wider := renewing(first["refresh_token"].(string))
		wider.Set("scope", "patient/Observation.rs patient/DocumentReference.rs")
		o.denied("wider", wider, 400, "invalid_scope")
		wider.Set("scope", "patient/*.rs")
		o.denied("all", wider, 400, "invalid_scope")
		wider.Set("scope", "patient/Patient.r")
		second := o.given(wider)
		o.mustRead("narrower", second["access_token"], "Patient", 200)
		o.mustRead("narrower", second["access_token"], "Observation", 403)
		o.denied("the old one", renewing(first["refresh_token"].(string)), 400, "invalid_grant")
		o.mustRead("somebody stole it", second["access_token"], "Patient", 401)
		o.denied("somebody stole it", renewing(second["refresh_token"].(string)), 400, "invalid_grant")

		in := o.wanting()
		in.Scope = "launch/patient patient/*.rs user/*.rs system/*.rs offline_access"
		seen, err := o.room.SeeApp(o.as("wang"), in)
		if err == nil {
			t.Errorf("kinds that were not registered: %+v", seen.Scopes)
		}
		in.Scope = "launch/patient patient/Observation.rs patient/DocumentReference.rs user/Observation.rs"
		if got := o.given(redeeming(o.allowed(in))); got["scope"] != "launch/patient patient/Observation.rs" || got["refresh_token"] != nil {
			t.Errorf("%v", got)
		}
	})
}

func TestWhatAProgramAsksMustBeRight(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.trends()
		for name, spoil := range map[string]func(in *source.Wanting){
			"client_id":      func(in *source.Wanting) { in.Client = "his" },
			"redirect_uri":   func(in *source.Wanting) { in.Redirect = redirect + "/" },
			"response_type":  func(in *source.Wanting) { in.Response = "token" },
			"code_challenge": func(in *source.Wanting) { in.Method = "plain" },
			"aud":            func(in *source.Wanting) { in.Audience = "https://elsewhere.example/fhir" },
			"state":          func(in *source.Wanting) { in.State = "" },
			"scope":          func(in *source.Wanting) { in.Scope = "patient/DocumentReference.rs" },
		} {
			in := o.wanting()
			spoil(&in)
			_, err := o.room.SeeApp(o.as("wang"), in)
			if fields := faulttest.Fields(err); faulttest.Code(err) != "source.app-request" || !strings.Contains(fields, name) {
				t.Errorf("%s: %v %v", name, err, fields)
			}
			if back, err := o.room.Allow(o.as("wang"), in, "patient-1"); err == nil {
				t.Errorf("%s: allowed, back to %s", name, back)
			}
		}
		in := o.wanting()
		in.Challenge, in.Method = "", ""
		if _, err := o.room.SeeApp(o.as("wang"), in); err == nil {
			t.Error("without a challenge")
		}
	})
}

func TestAProgramEndsWithItsSessionItsAgreementAndItsRegistration(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.trends()
		got := o.given(redeeming(o.allowed(o.wanting())))
		o.over["wang"] = true
		o.mustRead("signed out", got["access_token"], "Observation", 401)
		o.over["wang"] = false
		o.mustRead("signed in", got["access_token"], "Observation", 200)

		if _, err := o.room.Suspend(o.as("safe"), s.ID, "泄露"); err != nil {
			t.Fatal(err)
		}
		o.mustRead("suspended, at once", got["access_token"], "Observation", 403)
		o.denied("suspended", renewing(got["refresh_token"].(string)), 400, "unauthorized_client")
		seen := o.seen(s)
		if _, err := o.room.RegisterApp(o.as("sys"), s.ID, seen.Rev, source.Programming{Redirects: []string{redirect}, Scopes: []string{"launch/patient", "patient/Patient.r"}}); err != nil {
			t.Fatal(err)
		}
		if seen = o.seen(s); seen.State != source.Draft || seen.Agreement != "" {
			t.Errorf("narrowed without a new agreement: %+v", seen.Source)
		}
		_, err := o.room.Promise(o.as("li"), s.ID, source.Promising{Words: "只看患者", Since: o.Clock.Now(), Until: o.Clock.Now().Add(2 * time.Minute)})
		if err == nil {
			_, err = o.room.Approve(o.as("safe"), s.ID)
		}
		if err == nil {
			_, err = o.room.Begin(o.as("net"), s.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		o.mustRead("what is registered now", got["access_token"], "Patient", 200)
		o.mustRead("what was registered before", got["access_token"], "Observation", 403)
		o.Clock.Advance(2 * time.Minute)
		o.mustRead("the agreement is over", got["access_token"], "Patient", 403)
		if _, err := o.room.SeeApp(o.as("wang"), o.wanting()); faulttest.Code(err) != "source.app-request" {
			t.Errorf("asked after the end: %v", err)
		}
	})
}

func TestAProgramGivesUpWhatItWasAllowed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.trends()
		got := o.given(redeeming(o.allowed(o.wanting())))
		if status, _ := o.post("/oauth/revoke", url.Values{"token": {got["refresh_token"].(string)}, "client_id": {"viewer"}}); status != 200 {
			t.Errorf("%d", status)
		}
		o.mustRead("given up", got["access_token"], "Observation", 401)
		if status, _ := o.post("/oauth/revoke", url.Values{"token": {"nothing"}, "client_id": {"viewer"}}); status != 200 {
			t.Errorf("what is no token: %d", status)
		}
		got = o.given(redeeming(o.allowed(o.wanting())))
		for _, forged := range []string{"UPDATE source_allowance SET scopes = '[\"user/*.rs\"]'", "UPDATE source_token SET until = until + 1"} {
			o.Behind(forged)
			o.mustRead(forged, got["access_token"], "Observation", 503)
		}
		if len(o.alarmed) != 2 {
			t.Errorf("alarms: %v", o.alarmed)
		}
	})
}

func TestTokensThatAreOverAreForgotten(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.trends()
		o.given(redeeming(o.allowed(o.wanting())))
		o.Clock.Advance(8 * time.Hour)
		o.tick()
		if n := o.Count("source_token"); n != 2 {
			t.Errorf("%d tokens while somebody may show one a second time", n)
		}
		o.Clock.Advance(8*time.Hour + time.Second)
		o.tick()
		if n := o.Count("source_token"); n != 0 {
			t.Errorf("%d tokens are kept for ever", n)
		}
	})
}

func TestOnlyTheRightAssertionIsBelieved(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.program(source.Programming{Scopes: []string{"system/Organization.rs", "system/Practitioner.rs"}})
		sign, k := o.newAsserter(s)
		const scope = "system/Organization.rs"
		good := o.signed(sign)
		got := o.given(asserting(good, scope))
		status, actor := o.reads(got["access_token"], "Organization")
		if status != 200 || actor["id"] != s.ID || actor["kind"] != "feed" || got["refresh_token"] != nil {
			t.Errorf("%d %v %v", status, actor, got)
		}
		o.mustRead("not asked for", got["access_token"], "Practitioner", 403)
		o.mustRead("of patients", got["access_token"], "Patient", 403)
		o.denied("the same assertion again", asserting(good, scope), 401, "invalid_client")
		o.denied("no assertion", url.Values{"grant_type": {"client_credentials"}, "client_id": {"viewer"}, "scope": {scope}}, 401, "invalid_client")
		o.denied("more than was registered", asserting(o.signed(o.anew(sign, func(*jwt.Claims) {})), "system/Location.rs"), 400, "invalid_scope")

		for name, spoil := range map[string]func(c *jwt.Claims){
			"another audience": func(c *jwt.Claims) { c.Audience = jwt.Audience{"https://elsewhere.example/oauth/token"} },
			"two audiences":    func(c *jwt.Claims) { c.Audience = append(c.Audience, "https://elsewhere.example") },
			"over":             func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(o.Clock.Now().Add(-2 * time.Minute)) },
			"for too long":     func(c *jwt.Claims) { c.Expiry = jwt.NewNumericDate(o.Clock.Now().Add(time.Hour)) },
			"without an end":   func(c *jwt.Claims) { c.Expiry = nil },
			"without an id":    func(c *jwt.Claims) { c.ID = "" },
			"another subject":  func(c *jwt.Claims) { c.Subject = "his" },
			"another issuer":   func(c *jwt.Claims) { c.Issuer, c.Subject = "his", "his" },
			"not yet":          func(c *jwt.Claims) { c.NotBefore = jwt.NewNumericDate(o.Clock.Now().Add(2 * time.Minute)) },
		} {
			o.denied(name, asserting(o.signed(o.anew(sign, spoil)), scope), 401, "invalid_client")
		}
		stranger, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		o.denied("another key", asserting(o.signed(asserter{stranger, jose.ES384, o.anew(sign, func(*jwt.Claims) {}).claims}), scope), 401, "invalid_client")
		o.denied("the public key as a secret", asserting(o.signed(asserter{[]byte(k.PublicKey), jose.HS384, o.anew(sign, func(*jwt.Claims) {}).claims}), scope), 401, "invalid_client")
		payload := strings.Split(o.signed(o.anew(sign, func(*jwt.Claims) {})), ".")[1]
		unsigned := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`)) + "." + payload + "."
		o.denied("unsigned", asserting(unsigned, scope), 401, "invalid_client")
		twice := asserting(o.signed(o.anew(sign, func(*jwt.Claims) {})), scope)
		twice.Add("scope", "system/Practitioner.rs")
		o.denied("said twice", twice, 400, "invalid_request")

		if _, err := o.room.EndKey(o.as("safe"), s.ID, k.ID); err != nil {
			t.Fatal(err)
		}
		o.mustRead("its key was ended", got["access_token"], "Organization", 401)
		o.denied("its key was ended", asserting(o.signed(o.anew(sign, func(*jwt.Claims) {})), scope), 401, "invalid_client")
	})
}

// anew is a asserter whose next assertion was not made before.
func (o *office) anew(s asserter, spoil func(c *jwt.Claims)) asserter {
	s.claims = o.claims()
	s.claims.ID = rand.Text()
	spoil(&s.claims)
	return s
}

func TestWhoHasAKeyShowsIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.trends()
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		o.issued(s, source.Issuing{Kind: source.ByJWT, Until: o.Clock.Now().AddDate(0, 6, 0), PublicKey: pemOf(o, key.Public())})
		code := o.allowed(o.wanting())
		o.denied("by its name alone", redeeming(code), 401, "invalid_client")
		form, sign := redeeming(code), asserter{key: key, algorithm: jose.RS384}
		form.Set("client_assertion_type", source.AssertionType)
		form.Set("client_assertion", o.signed(o.anew(sign, func(*jwt.Claims) {})))
		got := o.given(form)
		o.mustRead("by its key", got["access_token"], "Observation", 200)
		ask := func(token string) map[string]any {
			_, said := o.post("/oauth/introspect", url.Values{"token": {token}, "client_assertion_type": {source.AssertionType}, "client_assertion": {o.signed(o.anew(sign, func(*jwt.Claims) {}))}})
			return said
		}
		token := got["access_token"].(string)
		if said := ask(token); said["active"] != true || said["client_id"] != "viewer" || said["patient"] != "patient-1" || said["exp"] == nil || said["scope"] != got["scope"] {
			t.Errorf("%v", said)
		}
		if said := ask("mwa.nothing"); said["active"] != false || len(said) != 1 {
			t.Errorf("what is no token: %v", said)
		}
		o.over["wang"] = true
		if said := ask(token); said["active"] != false {
			t.Errorf("signed out: %v", said)
		}
	})
}

func TestNoProgramIsRegisteredToReadOfPatientsByItself(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.registered(o.viewer())
		for _, bad := range []source.Programming{
			{Scopes: []string{"system/*.rs"}}, {Scopes: []string{"system/Patient.r"}}, {Scopes: []string{"patient/Observation.rs"}}, {Scopes: []string{"patient/Observation.cruds"}, Redirects: []string{redirect}},
			{Scopes: []string{"patient/Observation.read"}, Redirects: []string{redirect}}, {Scopes: []string{"user/Patient.c"}, Redirects: []string{redirect}}, {Scopes: []string{"offline_access"}, Redirects: []string{redirect}},
			{Scopes: []string{"user/Patient.r"}, Redirects: []string{"http://app.example.org/back"}}, {Scopes: []string{"user/Patient.r"}, Redirects: []string{"https://app.example.org/*"}}, {},
		} {
			if _, err := o.room.RegisterApp(o.as("sys"), s.ID, s.Rev, bad); faulttest.Code(err) != "source.input" {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if _, err := o.room.RegisterApp(o.as("li"), s.ID, s.Rev, source.Programming{Scopes: []string{"system/*.c"}}); err == nil {
			t.Error("by its owner")
		}
	})
}
