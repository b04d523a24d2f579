package identity_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

func TestAHouseIsFoundedAndItsFirstDoctorSignsIn(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		name, password, err := g.room.FirstAdministrator(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if a := g.at(wardPC).signIn(name, password); a.status != 403 || a.body["code"] != "identity.only-here" {
			t.Fatalf("the first administrator from elsewhere: %d %v", a.status, a.body)
		}
		admin := g.at(loopback)
		if a := admin.signIn(name, password); a.status != 201 {
			t.Fatalf("the first administrator: %d %v", a.status, a.body)
		}
		department := `{"code":"0301","nameZh":"心血管内科","kind":"clinical"}`
		if who := admin.who(); who["mustChange"] != true || len(who["roles"].([]any)) != 0 || len(who["menu"].([]any)) != 0 {
			t.Errorf("before the change: %v", who)
		}
		admin.must(403, "POST", "/api/departments", department)
		if a := admin.change(password, "a password nobody has seen"); a.status != 204 {
			t.Fatalf("changing: %d %v", a.status, a.body)
		}

		ward := admin.must(201, "POST", "/api/departments", department).body["id"].(string)
		chen := admin.must(201, "POST", "/api/persons", `{"number":"10023","nameZh":"陈雅琴","nameEn":"Chen Yaqin","category":"employee"}`).body["id"].(string)
		until := g.Clock.Now().Add(30 * 24 * time.Hour).Format(time.RFC3339)
		admin.must(201, "POST", "/api/persons/"+chen+"/appointments", `{"role":"attending","department":"`+ward+`","titleZh":"主治医师","titleEn":"Attending","until":"`+until+`"}`)
		made := admin.must(201, "POST", "/api/accounts", `{"person":"`+chen+`","name":"ChenYaqin"}`).body
		if made["account"].(map[string]any)["name"] != "chenyaqin" {
			t.Errorf("made: %v", made)
		}

		doctor := g.at(wardPC)
		initial := made["password"].(string)
		a := doctor.signIn(" CHENyaqin ", initial)
		if cookie := a.header.Get("Set-Cookie"); a.status != 201 || !strings.HasPrefix(cookie, "__Host-medward=") ||
			!strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "SameSite=Strict") ||
			!strings.Contains(cookie, "Path=/") || strings.Contains(cookie, "Domain") || a.body["token"] != nil {
			t.Fatalf("signing in: %d %v %q", a.status, a.body, cookie)
		}
		if a := doctor.change(initial, "Chen-yaqin-2026"); a.status != 422 || a.body["code"] != "identity.weak-password" {
			t.Errorf("a password with one's own name: %d %v", a.status, a.body)
		}
		if a := doctor.change(initial, "Quiet-river-2026"); a.status != 204 {
			t.Fatalf("changing: %d %v", a.status, a.body)
		}
		who := doctor.who()
		if who["person"] != chen || who["number"] != "10023" || who["purpose"] != "care" || who["mustChange"] != false || who["department"] != ward {
			t.Errorf("who: %v", who)
		}
		if post := who["posts"].([]any)[0].(map[string]any); post["department"].(map[string]any)["name"].(map[string]any)["zh"] != "心血管内科" ||
			post["role"].(map[string]any)["name"].(map[string]any)["zh"] != "主治医师" {
			t.Errorf("posts: %v", who["posts"])
		}
		if text, _ := json.Marshal(who["menu"]); string(text) != `["care","access"]` {
			t.Errorf("menu: %s", text)
		}
		doctor.must(403, "POST", "/api/departments", department)
		doctor.must(204, "DELETE", "/api/session", "")
		if doctor.live() {
			t.Error("still signed in after signing out")
		}

		var verbs []string
		for _, e := range g.Entries() {
			verbs = append(verbs, e.Verb+" "+e.Outcome)
		}
		want := []string{
			"staff.add-department done", "staff.add-person done", "staff.appoint done", "identity.create-account done",
			"identity.sign-in refused", "identity.sign-in done", "staff.add-department refused", "identity.change-password done",
			"staff.add-department done", "staff.add-person done", "staff.appoint done", "identity.create-account done",
			"identity.sign-in done", "identity.change-password done", "staff.add-department refused", "identity.sign-out done",
		}
		if !slices.Equal(verbs, want) {
			t.Errorf("the ledger tells\n%q, want\n%q", verbs, want)
		}
	})
}

func TestTheFirstPasswordIsGoodForADayAndOnce(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		name, password, err := g.room.FirstAdministrator(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := g.room.FirstAdministrator(t.Context()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second first administrator: %v", err)
		}
		g.Clock.Advance(24*time.Hour - time.Second)
		c := g.at(loopback)
		if a := c.signIn(name, password); a.status != 201 {
			t.Fatalf("within a day: %d %v", a.status, a.body)
		}
		g.Clock.Advance(time.Second)
		if a := g.at(loopback).signIn(name, password); a.status != 403 || a.body["code"] != "identity.password-over" {
			t.Errorf("after a day: %d %v", a.status, a.body)
		}
	})
}

func TestNothingSecretIsWrittenDown(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		admin := g.hire("liuyang", "security-administrator")
		c := g.at(wardPC)
		c.signIn(e.name, "a wrong guess 123")
		c.signIn("no-such-name", "another wrong guess")
		if a := c.signIn(e.name, e.password); a.status != 201 {
			t.Fatal(a.body)
		}
		c.change("not the old one", "Some-new-password-1")
		c.who()
		token := c.token
		bearer := g.at(wardPC).must(201, "POST", "/api/session", `{"name":"chenyaqin","password":"`+e.password+`","bearer":true}`).body["token"].(string)
		chief := g.at(wardPC)
		chief.signIn(admin.name, admin.password)
		reset := chief.must(200, "POST", "/api/accounts/"+e.account+"/reset", "").body["password"].(string)

		entries, err := json.Marshal(g.Entries())
		if err != nil {
			t.Fatal(err)
		}
		for what, secret := range map[string]string{
			"password": e.password, "guess": "a wrong guess 123", "second guess": "another wrong guess", "token": token,
			"bearer token": bearer, "new password": "Some-new-password-1", "reset password": reset,
		} {
			if strings.Contains(g.Log.String(), secret) {
				t.Errorf("the log holds the %s", what)
			}
			if strings.Contains(string(entries), secret) {
				t.Errorf("the ledger holds the %s", what)
			}
			for _, column := range []string{"identity_account WHERE password", "identity_session WHERE terminal", "identity_attempt WHERE subject"} {
				if n := g.Count(column + " = '" + secret + "'"); n != 0 {
					t.Errorf("the store holds the %s: %s", what, column)
				}
			}
		}
		if !strings.Contains(g.Log.String(), "identity.wrong") {
			t.Error("the log was not captured")
		}
	})
}

func TestAnAccountIsOfOnePersonAndOfNoPost(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin := g.hire("liuyang", "security-administrator")
		e, other := g.hire("chenyaqin", "attending"), g.employ("10077", "nurse")
		c := g.at(wardPC)
		c.signIn(admin.name, admin.password)
		for body, want := range map[string]string{
			`{"person":"` + e.person + `","name":"chen2nd"}`:         "identity.has-account",
			`{"person":"` + other.person + `","name":"chenyaqin"}`:   "identity.name-taken",
			`{"person":"` + other.person + `","name":"Nurse01"}`:     "identity.input",
			`{"person":"` + other.person + `","name":"a b"}`:         "identity.input",
			`{"person":"01KJNXGE00000000000000NONE","name":"ghost"}`: "staff.no-person",
			`{"person":"` + admin.person + `","name":"liu-two"}`:     "act.refused",
		} {
			if a := c.ask("POST", "/api/accounts", body); a.body["code"] != want {
				t.Errorf("%s: %d %v, want %s", body, a.status, a.body, want)
			}
		}
		if n := g.Count("identity_account"); n != 2 {
			t.Errorf("%d accounts", n)
		}
		listed := c.must(200, "GET", "/api/accounts?limit=1", "").body
		if items := listed["items"].([]any); len(items) != 1 || items[0].(map[string]any)["name"] != "chenyaqin" || listed["next"] == nil {
			t.Errorf("accounts: %v", listed)
		}
		rest := c.must(200, "GET", "/api/accounts?limit=1&cursor="+listed["next"].(string), "").body
		if items := rest["items"].([]any); len(items) != 1 || items[0].(map[string]any)["name"] != "liuyang" || rest["next"] != nil {
			t.Errorf("the next accounts: %v", rest)
		}
		if e := g.Last(); e.Verb != "identity.list-accounts" || e.Outcome != ledger.Done {
			t.Errorf("the ledger tells %+v", e)
		}
	})
}

func rulesText(t *testing.T) string {
	t.Helper()
	return text(t, map[string]any{"base": 0, "rules": identity.DefaultRules()})
}

func TestNobodyGetsNothing(t *testing.T) {
	bodies := map[string]string{
		"createAccount": `{"person":"p","name":"n-n-n"}`, "changePassword": `{"old":"a","chosen":"b"}`,
		"choosePurpose": `{"purpose":"care"}`, "setSignInRules": rulesText(t),
		"lockAccount": `{"why":"inquiry"}`, "reportLeak": `{"password":"a"}`,
		"unlockScreen": `{"password":"a"}`, "proveBrowser": `{"signature":"` + strings.Repeat("A", 86) + `=="}`,
		"askRecovery":  `{"why":"lost"}`,
		"enrolPasskey": `{}`, "confirmPasskey": `{"ceremony":"c","passkey":{}}`,
		"disposeAccountFinding": `{"disposal":"explained"}`,
		"addWay":                `{"kind":"sms","state":"open","nameZh":"x","settings":{}}`, "setWay": `{"kind":"sms","state":"open","nameZh":"x","settings":{}}`,
		"beginProviderLink": `{"way":"w"}`, "linkProvider": `{"state":"s","code":"c"}`, "linkSM2": `{"ceremony":"c","chain":["AA=="],"signature":"AA=="}`,
		"tryWay": `{"way":{"kind":"sms","state":"open","nameZh":"x","settings":{}}}`, "linkScan": `{"ceremony":"c"}`,
		"endLink": `{"why":"lost"}`, "askWindow": `{"why":"incident","since":"2026-03-02T00:00:00Z","until":"2026-03-03T00:00:00Z"}`,
		"stepUp": `{"password":"a"}`, "enrolCodes": `{}`, "beginFaceEnrolment": `{"agreed":1}`, "enrolFace": `{"ceremony":"c"}`, "confirmCodes": `{"code":"123456"}`,
	}
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		for _, op := range g.ops {
			if op.Tag != "identity" || slices.Contains([]string{"signIn", "listDemoPeople", "beginPasskey", "signInByPasskey", "listOfferedWays", "beginProvider",
				"signInByProvider", "leaveProvider", "signInByCertificate", "beginSM2", "signInBySM2", "sendCode", "beginScan", "lookScan", "signInByScan",
				"beginFace", "lookFace", "signInByFace"}, op.ID) {
				continue
			}
			for what, c := range map[string]*client{
				"nobody":  g.at(wardPC),
				"a guess": {g: g, from: wardPC, token: strings.Repeat("A", 43)},
				"noise":   {g: g, from: wardPC, token: "../../etc"},
			} {
				a := c.ask(op.Method, strings.ReplaceAll(op.Path, "{id}", e.account), bodies[op.ID])
				if a.status != 401 || a.body["code"] != "act.nobody" {
					t.Errorf("%s as %s: %d %v", op.ID, what, a.status, a.body)
				}
			}
		}
		if err := g.Door.FlushNobodies(t.Context(), acttest.Org); err != nil {
			t.Fatal(err)
		}
		if last := g.Last(); last.Outcome != ledger.Refused || last.Actor.Kind != "anonymous" || last.N < 3 {
			t.Errorf("the ledger tells %+v", last)
		}
	})
}
