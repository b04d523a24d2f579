package source_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/source"
)

const launchAddress = "https://app.example.org/launch?from=here"

// begun is a program that is begun from a patient and asks who the person is.
func (o *office) begun() source.Source {
	o.T.Helper()
	return o.program(source.Programming{
		Redirects: []string{redirect}, Origins: []string{"https://app.example.org"}, Launch: launchAddress,
		Scopes: []string{"launch", "openid", "fhirUser", "online_access", "patient/Observation.rs"},
	})
}

func TestAPersonSeesWhatHeAllowedAndTakesItBack(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.trends()
		got := o.given(redeeming(o.allowed(o.wanting())))
		o.mustRead("once", got["access_token"], "Observation", 200)
		o.Clock.Advance(time.Minute)
		o.mustRead("twice", got["access_token"], "Observation", 200)
		status, mine := o.ask("wang", "GET", "/api/me/allowed", "")
		items, _ := mine["items"].([]any)
		if status != 200 || len(items) != 1 {
			t.Fatalf("%d %v", status, mine)
		}
		one := items[0].(map[string]any)
		if one["live"] != true || one["times"] != 2.0 || one["last"] == nil || one["patient"] != "patient-1" || len(one["scopes"].([]any)) != 2 || one["name"].(map[string]any)["zh"] != "检验趋势" {
			t.Errorf("%v", one)
		}
		o.tick()
		o.mustRead("after it was written down", got["access_token"], "Observation", 200)
		if l, err := o.room.MyAllowed(o.as("wang"), web.Paging{}); err != nil || l.Items[0].Use.Times != 3 {
			t.Errorf("%+v %v", l, err)
		}
		if _, others := o.ask("li", "GET", "/api/me/allowed", ""); len(others["items"].([]any)) != 0 {
			t.Errorf("what somebody else allowed: %v", others)
		}
		id := one["id"].(string)
		if err := o.room.Withdraw(o.as("li"), id); !errors.Is(err, act.ErrRefused) {
			t.Errorf("somebody else takes it back: %v", err)
		}
		if status, said := o.ask("wang", "POST", "/api/apps/allowed/"+id+"/withdraw", "{}"); status != 204 {
			t.Fatalf("%d %v", status, said)
		}
		o.mustRead("withdrawn", got["access_token"], "Observation", 401)
		o.denied("withdrawn", renewing(got["refresh_token"].(string)), 400, "invalid_grant")
		if err := o.room.Withdraw(o.as("wang"), id); faulttest.Code(err) != "source.allowance-over" {
			t.Errorf("twice: %v", err)
		}
		if l, err := o.room.MyAllowed(o.as("wang"), web.Paging{}); err != nil || l.Items[0].Live || l.Items[0].Why != source.Withdrawn {
			t.Errorf("%+v %v", l, err)
		}

		again := o.given(redeeming(o.allowed(o.wanting())))
		seen, err := o.room.AllowedTo(o.as("safe"), s.ID, web.Paging{Limit: 1})
		if err != nil || len(seen.Items) != 1 || seen.Next == "" || seen.Items[0].Patient != "" || seen.Items[0].Person != o.people["wang"] {
			t.Errorf("by program: %+v %v", seen, err)
		}
		for _, who := range []string{"wang", "sys"} {
			if _, err := o.room.AllowedTo(o.as(who), s.ID, web.Paging{}); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s sees what others allowed: %v", who, err)
			}
		}
		if n, err := o.room.WithdrawAll(o.as("safe"), s.ID); err != nil || n != 1 {
			t.Errorf("%d %v", n, err)
		}
		o.mustRead("taken away", again["access_token"], "Observation", 401)
		if l, err := o.room.MyAllowed(o.as("wang"), web.Paging{}); err != nil || l.Items[0].Why != source.TakenAway {
			t.Errorf("%+v %v", l, err)
		}
	})
}

func TestAProgramIsBegunWithThePatientWhoIsOpen(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.begun()
		choices, err := o.room.Programs(o.as("wang"))
		if err != nil || len(choices) != 1 || choices[0].ID != s.ID {
			t.Fatalf("%+v %v", choices, err)
		}
		begin := func(who string) string {
			t.Helper()
			address, err := o.room.BeginApp(o.as(who), source.Beginning{Source: s.ID, Patient: "patient-7", Encounter: "encounter-3", FHIR: house + "/fhir"})
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(address)
			if err != nil || !strings.HasPrefix(address, "https://app.example.org/launch?") || u.Query().Get("iss") != house+"/fhir" || u.Query().Get("from") != "here" {
				t.Fatalf("%s %v", address, err)
			}
			return u.Query().Get("launch")
		}
		in := o.wanting()
		in.Scope, in.Nonce = "launch openid fhirUser online_access patient/Observation.rs", "once only"
		for name, launch := range map[string]string{"none": "", "made up": "mwl.01JZZZZZZZZZZZZZZZZZZZZZZZ.x", "somebody else's": begin("li")} {
			in.Launch = launch
			if _, err := o.room.Allow(o.as("wang"), in, "patient-1"); faulttest.Code(err) != "source.app-request" {
				t.Errorf("%s: %v", name, err)
			}
		}
		in.Launch = begin("wang")
		seen, err := o.room.SeeApp(o.as("wang"), in)
		if err != nil || seen.Chooses || seen.Patient != "patient-7" || !seen.TellsWho {
			t.Errorf("%+v %v", seen, err)
		}
		got := o.given(redeeming(o.allowed(in)))
		if got["patient"] != "patient-7" || got["encounter"] != "encounter-3" {
			t.Errorf("%v", got)
		}
		if _, err := o.room.Allow(o.as("wang"), in, ""); faulttest.Code(err) != "source.app-request" {
			t.Errorf("a launch is good once: %v", err)
		}
		who := o.identityIn(got["id_token"])
		if who.Subject != o.people["wang"] || who.Issuer != house || len(who.Audience) != 1 || who.Audience[0] != "viewer" || who.Nonce != "once only" || who.FHIRUser != house+"/fhir/Practitioner/"+o.people["wang"] {
			t.Errorf("%+v", who)
		}
		if again := o.given(renewing(got["refresh_token"].(string))); again["id_token"] != nil {
			t.Errorf("a renewal tells who somebody is anew: %v", again)
		}
		in.Launch = begin("wang")
		o.Clock.Advance(5 * time.Minute)
		if _, err := o.room.Allow(o.as("wang"), in, ""); faulttest.Code(err) != "source.app-request" {
			t.Errorf("late: %v", err)
		}
	})
}

type identity struct {
	jwt.Claims
	Nonce    string `json:"nonce"`
	FHIRUser string `json:"fhirUser"`
}

// identityIn reads an ID token by the keys that the house publishes.
func (o *office) identityIn(token any) (said identity) {
	o.T.Helper()
	w := httptest.NewRecorder()
	o.http.ServeHTTP(w, httptest.NewRequestWithContext(o.T.Context(), http.MethodGet, source.KeysPath, nil))
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal(w.Body.Bytes(), &keys); err != nil || len(keys.Keys) == 0 {
		o.T.Fatalf("%s %v", w.Body, err)
	}
	text, _ := token.(string)
	signed, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	if err == nil {
		err = signed.Claims(keys, &said)
	}
	if err == nil {
		err = said.ValidateWithLeeway(jwt.Expected{Time: o.Clock.Now()}, 0)
	}
	if err != nil {
		o.T.Fatalf("%s: %v", text, err)
	}
	return said
}

func TestKeysOfIDTokensChangeAndTheOldAreBelievedForAWhile(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.program(source.Programming{Redirects: []string{redirect}, Scopes: []string{"openid"}})
		in := o.wanting()
		in.Scope = "openid"
		first := o.given(redeeming(o.allowed(in)))
		o.identityIn(first["id_token"])
		o.Clock.Advance(46 * 24 * time.Hour)
		o.identityIn(o.given(redeeming(o.allowed(in)))["id_token"])
		if n := o.Count("source_signer"); n != 2 {
			t.Errorf("%d keys", n)
		}
		o.mustRead("who somebody is opens nothing", first["access_token"], "Patient", 401)
	})
}

func TestOnlyPagesOfAnOriginThatIsRegisteredCall(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.begun()
		if !o.room.Welcomes(o.T.Context(), "https://app.example.org") {
			t.Error("its own origin")
		}
		for _, origin := range []string{"", "null", "https://app.example.org.evil.example", "http://app.example.org", "https://APP.example.org", "https://app.example.org/"} {
			if o.room.Welcomes(o.T.Context(), origin) {
				t.Errorf("%q is welcome", origin)
			}
		}
		in := o.wanting()
		in.Scope = "openid"
		token := o.given(redeeming(o.allowed(in)))["access_token"].(string)
		from := func(origin string) int {
			status, _ := o.callAt("GET", "/fhir/Observation", "", func(r *http.Request) { with(token)(r); r.Header.Set("Origin", origin) })
			return status
		}
		if got := from("https://elsewhere.example"); got != http.StatusForbidden {
			t.Errorf("the page of another program: %d", got)
		}
		if _, err := o.room.Suspend(o.as("safe"), s.ID, "泄露"); err != nil {
			t.Fatal(err)
		}
		if o.room.Welcomes(o.T.Context(), "https://app.example.org") {
			t.Error("welcome while it is suspended")
		}
	})
}

func TestWhatIsRegisteredOfAProgramThatRunsInBrowsersMustBeRight(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.registered(o.viewer())
		for name, in := range map[string]source.Programming{
			"an origin with a path":    {Redirects: []string{redirect}, Scopes: []string{"openid"}, Origins: []string{"https://app.example.org/a"}},
			"any origin":               {Redirects: []string{redirect}, Scopes: []string{"openid"}, Origins: []string{"*"}},
			"a launch without a scope": {Redirects: []string{redirect}, Scopes: []string{"openid"}, Launch: launchAddress},
			"a scope without a launch": {Redirects: []string{redirect}, Scopes: []string{"launch", "patient/Observation.rs"}},
			"fhirUser alone":           {Redirects: []string{redirect}, Scopes: []string{"fhirUser"}},
		} {
			if _, err := o.room.RegisterApp(o.as("sys"), s.ID, s.Rev, in); faulttest.Code(err) != "source.input" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
