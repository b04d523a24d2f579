package identity_test

import (
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

func micros(at time.Time) string { return strconv.FormatInt(at.UnixMicro(), 10) }

func TestChecksFindWhatWasPutThereBehindTheHouse(t *testing.T) {
	breaks := map[string]string{
		"identity.accounts-of-known-people":    "DELETE FROM staff_person",
		"identity.sessions-end":                "UPDATE identity_session SET until = until + 1000000",
		"identity.sessions-of-usable-accounts": "DELETE FROM identity_account",
	}
	inside := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}
	rules := easyRules()
	rules.Hours = []identity.Hours{{Role: "researcher", From: "07:00", To: "20:00"}}
	bothWith(t, identity.Options{Inside: inside, Rules: rules}, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.at(wardPC).signIn(e.name, e.password)
		for _, c := range g.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != "met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
		for _, c := range g.room.Checks() {
			if breaks[c.ID] == "" {
				continue
			}
			g.Behind(breaks[c.ID])
			if f := c.Ask(t.Context()); f.Verdict != "not-met" {
				t.Errorf("%s after %q: %+v", c.ID, breaks[c.ID], f)
			}
		}
	})
}

func TestAForgedAccountMakesACheckUnknownAndNeverMet(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		g.hire("chenyaqin", "attending")
		g.Behind("UPDATE identity_account SET name = 'nurse'")
		for _, c := range g.room.Checks() {
			if c.ID == "identity.no-post-accounts" {
				if f := c.Ask(t.Context()); f.Verdict != "unknown" {
					t.Errorf("%+v", f)
				}
			}
		}
	})
}

func TestChecksFindWhatHasBecomeTooOldOrTooMany(t *testing.T) {
	takingOver(t, func(_ *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.stay(e, 200)
		ward, home := g.at(wardPC), g.at(homePC)
		ward.signIn(e.name, e.password)
		g.Clock.Advance(time.Minute)
		home.signIn(e.name, e.password)
		for _, c := range []struct{ check, statement string }{
			{"identity.one-session-each", "UPDATE identity_session SET ended = NULL"},
			{"identity.strong-sessions", "UPDATE identity_session SET strong = 1"},
		} {
			g.verdict(c.check, "met")
			g.Behind(c.statement)
			g.verdict(c.check, "not-met")
		}
		g.verdict("identity.passwords-in-time", "met")
		g.Clock.Advance(98 * aDay)
		g.verdict("identity.passwords-in-time", "not-met")
		g.verdict("identity.dormant-accounts", "not-met")
		g.reconcile()
		g.verdict("identity.dormant-accounts", "met")
		g.verdict("identity.remote-sessions", "unknown")
	})
}
