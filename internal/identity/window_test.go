package identity_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

func (g *gate) window(since, until time.Duration, person string) string {
	now := g.Clock.Now()
	body := `{"why":"incident","since":"` + now.Add(since).Format(time.RFC3339) + `","until":"` + now.Add(until).Format(time.RFC3339) + `"`
	if person != "" {
		body += `,"person":"` + person + `"`
	}
	return body + `}`
}

func TestARemoteDoctorIsBoundToHoursUnlessAWindowIsApproved(t *testing.T) {
	rules := easyRules()
	rules.Hours = []identity.Hours{
		{Role: "attending", From: "07:00", To: "12:00", Remote: true}, {Role: "attending", From: "13:00", To: "20:00", Remote: true},
	}
	inside := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	bothWith(t, identity.Options{Rules: rules, Inside: inside}, func(t *testing.T, g *gate) {
		e, admin, second := g.hire("chenyaqin", "attending"), g.hire("liuyang", "security-administrator"), g.hire("wangfang", "it-head")
		ward, home := g.at(wardPC), g.at(homePC)
		if a := home.signIn(e.name, e.password); a.status != 201 || len(home.who()["roles"].([]any)) != 1 {
			t.Fatalf("from home in the morning: %d %v", a.status, a.body)
		}
		g.Clock.Advance(5 * time.Hour) // 13:00 in China
		if a := home.signIn(e.name, e.password); a.status != 201 {
			t.Errorf("from home after lunch: %d %v", a.status, a.body)
		}
		g.Clock.Advance(7 * time.Hour) // 20:00
		if a := home.signIn(e.name, e.password); a.status != 403 || a.body["code"] != "identity.hours" {
			t.Errorf("from home at eight: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Outcome != "refused" || last.Why.Conditions[0] != "hours" {
			t.Errorf("the ledger tells %+v", last)
		}
		if a := ward.signIn(e.name, e.password); a.status != 201 || len(ward.who()["roles"].([]any)) != 1 {
			t.Errorf("from the ward at eight: %d %v", a.status, a.body)
		}
		taken := g.at(homePC)
		taken.token = ward.token
		if roles := taken.who()["roles"].([]any); len(roles) != 0 {
			t.Errorf("the ward's session at home: %v", roles)
		}
		if roles := ward.who()["roles"].([]any); len(roles) != 1 {
			t.Errorf("the ward's session at the ward: %v", roles)
		}
		g.verdict("identity.hours", "met")

		asked := ward.must(201, "POST", "/api/identity/windows", g.window(time.Hour, 3*time.Hour, "")).body["id"].(string)
		approve := "/api/identity/windows/" + asked + "/approve"
		ward.must(403, "POST", approve, "")
		safe, head := g.at(wardPC), g.at(wardPC)
		safe.signIn(admin.name, admin.password)
		head.signIn(second.name, second.password)
		head.purpose = "management"
		his := safe.must(201, "POST", "/api/identity/windows", g.window(time.Hour, 3*time.Hour, e.person)).body["id"].(string)
		safe.must(403, "POST", "/api/identity/windows/"+his+"/approve", "")
		head.must(204, "POST", "/api/identity/windows/"+his+"/decline", "")
		head.must(204, "POST", approve, "")
		head.must(404, "POST", approve, "")
		if items := safe.must(200, "GET", "/api/identity/windows", "").body["items"].([]any); len(items) != 2 {
			t.Errorf("windows: %v", items)
		}
		if a := home.signIn(e.name, e.password); a.body["code"] != "identity.hours" {
			t.Errorf("before the window: %d %v", a.status, a.body)
		}
		g.Clock.Advance(time.Hour)
		if a := home.signIn(e.name, e.password); a.status != 201 || len(home.who()["roles"].([]any)) != 1 {
			t.Errorf("in the window: %d %v", a.status, a.body)
		}
		g.Clock.Advance(2*time.Hour - time.Minute)
		home.signIn(e.name, e.password)
		g.Clock.Advance(time.Minute)
		if roles := home.who()["roles"].([]any); len(roles) != 0 {
			t.Errorf("after the window: %v", roles)
		}
		g.verdict("identity.windows-by-two", "met")
		g.Behind("UPDATE identity_window SET decided_by = person")
		g.verdict("identity.windows-by-two", "not-met")
		if a := ward.ask("POST", "/api/identity/windows", `{"why":"incident","since":"2026-03-02T00:00:00Z","until":"2026-12-02T00:00:00Z"}`); a.status != 401 && a.status != 422 {
			t.Errorf("a window of months: %d %v", a.status, a.body)
		}
	})
}

func TestHoursOfAPersonStandInThePlaceOfThoseOfHisRoles(t *testing.T) {
	rules := easyRules()
	inside := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	bothWith(t, identity.Options{Rules: rules, Inside: inside}, func(t *testing.T, g *gate) {
		e, admin := g.hire("chenyaqin", "researcher"), g.hire("liuyang", "security-administrator")
		safe := g.at(wardPC)
		safe.signIn(admin.name, admin.password)
		strict := *rules
		strict.Hours = []identity.Hours{
			{Role: "researcher", From: "07:00", To: "07:30"}, {Person: e.person, From: "07:00", To: "22:00", Remote: true},
		}
		safe.must(200, "PUT", "/api/identity/rules", text(t, map[string]any{"base": 0, "rules": strict}))
		if a := g.at(homePC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("from home: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(e.name, e.password); a.body["code"] != "identity.hours" {
			t.Errorf("from the ward: %d %v", a.status, a.body)
		}
		for _, wrong := range []identity.Hours{{From: "07:00", To: "20:00"}, {Role: "researcher", Person: "x", From: "07:00", To: "20:00"}, {Person: e.person, From: "07:00", To: "20:00"}} {
			strict.Hours = []identity.Hours{wrong}
			safe.must(422, "PUT", "/api/identity/rules", text(t, map[string]any{"base": 1, "rules": strict}))
		}
	})
}

func TestAHeadSignsForADepartmentWhenNothingWaits(t *testing.T) {
	takingOver(t, func(t *testing.T, g *gate) {
		e, head := g.hire("chenyaqin", "nurse"), g.hire("wangfang", "head-nurse")
		department := g.departmentOf(e)
		g.appointIn(department, head.person, "head-nurse", 300)
		for i := range 3 {
			g.Clock.Advance(time.Minute)
			g.at("192.0.2."+[]string{"20", "21"}[i%2]+":1").signIn(e.name, e.password)
		}
		g.at("192.0.2.21:1").signIn(e.name, e.password)
		chief, nurse := g.at(wardPC), g.at(wardPC)
		chief.signIn(head.name, head.password)
		sign := "/api/identity/departments/" + department + "/acknowledge"
		if a := chief.must(409, "POST", sign, ""); a.body["code"] != "identity.waiting" || !strings.Contains(a.body["detail"].(string), "1") {
			t.Errorf("while something waits: %v", a.body)
		}
		found := chief.must(200, "GET", "/api/identity/findings?department="+department, "").body["items"].([]any)[0].(map[string]any)["id"].(string)
		chief.must(204, "POST", "/api/identity/findings/"+found+"/dispose", `{"disposal":"instructed"}`)
		if made := chief.must(201, "POST", sign, "").body; made["disposed"] != 1.0 {
			t.Errorf("signed: %v", made)
		}
		nurse.signIn(e.name, e.password)
		nurse.must(403, "POST", sign, "")
		if items := chief.must(200, "GET", "/api/identity/departments/"+department+"/acknowledgements", "").body["items"].([]any); len(items) != 1 {
			t.Errorf("what was signed: %v", items)
		}
		g.verdict("identity.acknowledged", "met")
		g.Clock.Advance(93 * aDay)
		g.verdict("identity.acknowledged", "not-met")
	})
}
