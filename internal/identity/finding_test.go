package identity_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

func (g *gate) reconcile() {
	g.T.Helper()
	if err := g.room.Reconcile(g.T.Context()); err != nil {
		g.T.Fatal(err)
	}
}

func TestAnAccountThatWandersIsFoundAndItsHeadDisposesOfIt(t *testing.T) {
	takingOver(t, func(t *testing.T, g *gate) {
		e, stranger := g.hire("chenyaqin", "nurse"), g.hire("liqiang", "head-nurse")
		head := g.hire("wangfang", "head-nurse")
		department := g.departmentOf(e)
		g.appointIn(department, head.person, "head-nurse", 30)
		for i := range 3 {
			g.Clock.Advance(time.Minute)
			g.at(fmt.Sprintf("192.0.2.%d:1", 20+i%2)).signIn(e.name, e.password)
		}
		g.verdict("identity.shared-accounts", "not-met")
		chief, other, herself := g.at(wardPC), g.at(wardPC), g.at(wardPC)
		chief.signIn(head.name, head.password)
		other.signIn(stranger.name, stranger.password)
		list := "/api/identity/findings?department=" + department
		other.must(403, "GET", list, "")
		items := chief.must(200, "GET", list, "").body["items"].([]any)
		if len(items) != 1 || items[0].(map[string]any)["kind"] != "shared" || items[0].(map[string]any)["person"] != e.person {
			t.Fatalf("findings: %v", items)
		}
		dispose := "/api/identity/findings/" + items[0].(map[string]any)["id"].(string) + "/dispose"
		other.must(403, "POST", dispose, `{"disposal":"explained"}`)
		herself.signIn(e.name, e.password)
		herself.must(403, "POST", dispose, `{"disposal":"explained"}`)
		chief.must(422, "POST", dispose, `{"disposal":"forgotten"}`)
		chief.must(204, "POST", dispose, `{"disposal":"instructed"}`)
		if last := g.Last(); last.Verb != "identity.dispose-finding" || last.Note["disposal"] != "instructed" {
			t.Errorf("the ledger tells %+v", last)
		}
		chief.must(404, "POST", dispose, `{"disposal":"instructed"}`)
		g.verdict("identity.shared-accounts", "met")
	})
}

func TestOneWhoWorksInTwoPlacesIsNotSuspected(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "nurse")
		for range 6 {
			g.Clock.Advance(40 * time.Minute)
			g.at(wardPC).signIn(e.name, e.password)
			g.Clock.Advance(40 * time.Minute)
			g.at(homePC).signIn(e.name, e.password)
		}
		if n := g.Count("identity_finding"); n != 0 {
			t.Errorf("%d findings", n)
		}
	})
}

func TestAccountsAreReconciledDaily(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, gone, unused := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		g.appoint(admin.person, "security-administrator", 300)
		g.appoint(unused.person, "nurse", 300)
		g.reconcile()
		if n := g.Count("identity_finding"); n != 0 {
			t.Errorf("%d findings on the first day", n)
		}
		g.Clock.Advance(31 * aDay)
		g.reconcile()
		if a := g.at(wardPC).signIn(gone.name, gone.password); a.body["code"] != "identity.account-locked" {
			t.Errorf("who has left: %d %v", a.status, a.body)
		}
		if n := g.Count("identity_finding WHERE kind = 'no-post'"); n != 1 {
			t.Errorf("%d findings of people without a post", n)
		}
		g.verdict("identity.accounts-of-posts", "met")
		g.Clock.Advance(57 * aDay)
		c := g.at(wardPC)
		c.signIn(admin.name, admin.password)
		g.Clock.Advance(2 * aDay)
		g.reconcile()
		g.reconcile()
		c.signIn(admin.name, admin.password)
		var dormant []string
		for _, item := range c.must(200, "GET", "/api/identity/findings", "").body["items"].([]any) {
			if f := item.(map[string]any); f["kind"] == "dormant" {
				dormant = append(dormant, f["person"].(string))
			}
		}
		if len(dormant) != 1 || dormant[0] != unused.person {
			t.Errorf("dormant: %v", dormant)
		}
		if a := g.at(wardPC).signIn(unused.name, unused.password); a.status != 201 {
			t.Errorf("a dormant account is found and not shut: %d %v", a.status, a.body)
		}
		g.verdict("identity.dormant-accounts", "met")
		if g.Last().Actor.Kind == "job" {
			t.Error("the job has the last word")
		}
	})
}

func TestARoleBoundToHoursCountsWithinThem(t *testing.T) {
	rules := easyRules()
	rules.Hours = []identity.Hours{{Role: "researcher", From: "07:00", To: "20:00"}}
	bothWith(t, identity.Options{Rules: rules}, func(t *testing.T, g *gate) {
		e, doctor := g.hire("chenyaqin", "researcher"), g.hire("liqiang", "attending")
		g.Clock.Advance(11*time.Hour + 50*time.Minute) // 19:50 in China
		c := g.at(wardPC)
		if a := c.signIn(e.name, e.password); a.status != 201 || len(c.who()["roles"].([]any)) != 1 {
			t.Fatalf("in the evening: %d %v", a.status, a.body)
		}
		g.Clock.Advance(10 * time.Minute)
		if roles := c.who()["roles"].([]any); len(roles) != 0 {
			t.Errorf("at eight: %v", roles)
		}
		if a := g.at(wardPC).signIn(e.name, e.password); a.body["code"] != "identity.hours" {
			t.Errorf("at night: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(doctor.name, doctor.password); a.status != 201 {
			t.Errorf("a doctor at night: %d %v", a.status, a.body)
		}
	})
}

func TestRolesOfCareAreNeverBoundToHours(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin := g.hire("liuyang", "security-administrator")
		c := g.at(wardPC)
		c.signIn(admin.name, admin.password)
		rules := identity.DefaultRules()
		for hours, want := range map[identity.Hours]int{
			{Role: "nurse", From: "07:00", To: "20:00"}:      422,
			{Role: "researcher", From: "20:00", To: "07:00"}: 422,
			{Role: "researcher", From: "7", To: "20:00"}:     422,
		} {
			rules.Hours = []identity.Hours{hours}
			c.must(want, "PUT", "/api/identity/rules", text(t, map[string]any{"base": 0, "rules": rules}))
		}
	})
}
