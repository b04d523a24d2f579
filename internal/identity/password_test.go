package identity_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

const aDay = 24 * time.Hour

// stay keeps somebody's appointment from ending while a test moves the clock.
func (g *gate) stay(e employee, days int) {
	g.T.Helper()
	g.appoint(e.person, "attending", days)
}

func TestAnExpiredPasswordWarnsThenMustBeChangedAndNeverEndsAShift(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.stay(e, 200)
		c := g.at(wardPC)
		in := func(days int) map[string]any {
			g.Clock.Advance(time.Duration(days) * aDay)
			if a := c.signIn(e.name, e.password); a.status != 201 {
				t.Fatalf("%d %v", a.status, a.body)
			}
			return c.who()
		}
		if who := in(75); who["remind"] != nil {
			t.Errorf("reminded after 75 days: %v", who)
		}
		if who := in(1); who["remind"] != true || who["mustChange"] != false {
			t.Errorf("not reminded a fortnight before: %v", who)
		}
		if who := in(20); who["mustChange"] != false || len(who["roles"].([]any)) == 0 {
			t.Errorf("within the grace: %v", who)
		}
		g.Clock.Advance(aDay - time.Minute)
		working := g.at(homePC)
		working.signIn(e.name, e.password)
		g.Clock.Advance(2 * time.Minute)
		if who := working.who(); who["mustChange"] != false || len(who["roles"].([]any)) == 0 {
			t.Errorf("the shift was ended: %v", who)
		}
		if who := in(0); who["mustChange"] != true || who["change"] != "expired" || len(who["roles"].([]any)) != 0 {
			t.Errorf("after the grace: %v", who)
		}
		if a := c.change(e.password, "Quiet-river-2026"); a.status != 204 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		if who := c.who(); who["mustChange"] != false || len(who["roles"].([]any)) == 0 {
			t.Errorf("after the change: %v", who)
		}
	})
}

func TestAPasswordDoesNotComeBack(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		now := e.password
		g.Clock.Advance(time.Minute)
		for i := range 4 {
			next := fmt.Sprintf("Quiet-river-%d-%s", i, strings.Repeat("ox", i+1))
			if a := c.change(now, next); a.status != 204 {
				t.Fatalf("%d %v", a.status, a.body)
			}
			now = next
			g.Clock.Advance(time.Minute)
		}
		if a := c.change(now, e.password); a.status != 422 || a.body["code"] != "identity.weak-password" {
			t.Errorf("the fifth last: %d %v", a.status, a.body)
		}
		if a := c.change(now, "Another-lake-88"); a.status != 204 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		if a := c.change("Another-lake-88", e.password); a.status != 204 {
			t.Errorf("the sixth last: %d %v", a.status, a.body)
		}
	})
}

func TestStricterRulesForceAChangeAtTheNextSignIn(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		working, chief := g.at(wardPC), g.at(homePC)
		working.signIn(e.name, e.password)
		chief.signIn(admin.name, admin.password)
		rules := chief.must(200, "GET", "/api/identity/rules", "").body
		if rules["version"] != 0.0 {
			t.Errorf("before any was set: %v", rules)
		}
		set := func(base int, change func(p map[string]any)) answer {
			change(rules["rules"].(map[string]any)["password"].(map[string]any))
			return chief.ask("PUT", "/api/identity/rules", text(t, map[string]any{"base": base, "rules": rules["rules"]}))
		}
		if a := set(0, func(p map[string]any) { p["least"] = 4 }); a.status != 422 {
			t.Errorf("four characters: %d %v", a.status, a.body)
		}
		if a := set(0, func(p map[string]any) { p["least"], p["long"] = 24, 30 }); a.status != 200 || a.body["version"] != 1.0 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		if last := g.Last(); last.Verb != "identity.set-rules" || last.Note["version"] != "1" || last.Writes[0].Table != "identity_rules" {
			t.Errorf("the ledger tells %+v", last)
		}
		if a := set(0, func(map[string]any) {}); a.status != 409 {
			t.Errorf("on an old version: %d %v", a.status, a.body)
		}
		working.must(403, "PUT", "/api/identity/rules", text(t, map[string]any{"base": 1, "rules": rules["rules"]}))
		if who := working.who(); who["mustChange"] != false {
			t.Errorf("a session that runs was cut: %v", who)
		}
		g.verdict("identity.passwords-meet-rules", "not-met")
		working.signIn(e.name, e.password)
		if who := working.who(); who["change"] != "weak" || len(who["roles"].([]any)) != 0 {
			t.Errorf("at the next sign-in: %v", who)
		}
		for _, c := range []*client{working, chief} {
			if a := c.change(e.password, "A-quiet-river-flows-by-the-sea"); a.status != 204 {
				t.Fatalf("%d %v", a.status, a.body)
			}
		}
		g.verdict("identity.passwords-meet-rules", "met")
	})
}

func TestAPasswordThatBecameKnownMustBeChanged(t *testing.T) {
	bothWith(t, identity.Options{}, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		known := newGateOn(g, identity.Options{Breached: identity.BreachedOf(t, e.password, "Quiet-river-2026")})
		c.g = known
		if a := c.signIn(e.name, e.password); a.status != 201 || c.who()["change"] != "weak" {
			t.Errorf("%d %v", a.status, a.body)
		}
		if a := c.change(e.password, "Quiet-river-2026"); a.status != 422 {
			t.Errorf("a known one: %d %v", a.status, a.body)
		}
		if a := c.change(e.password, "Quiet-lake-2026"); a.status != 204 {
			t.Errorf("an unknown one: %d %v", a.status, a.body)
		}
	})
}
