package identity_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

func TestASessionEndsByItself(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		idle := g.at(wardPC)
		idle.signIn(e.name, e.password)
		g.Clock.Advance(identity.SessionIdle - time.Second)
		if !idle.live() {
			t.Error("ended before half an hour was over")
		}
		g.Clock.Advance(identity.SessionIdle)
		if idle.live() {
			t.Error("lives after half an hour without use")
		}

		busy := g.at(wardPC)
		busy.signIn(e.name, e.password)
		began := g.Clock.Now()
		for g.Clock.Now().Add(20 * time.Minute).Before(began.Add(identity.SessionLife)) {
			g.Clock.Advance(20 * time.Minute)
			if !busy.live() {
				t.Fatalf("ended after %s in use", g.Clock.Now().Sub(began))
			}
		}
		g.Clock.Advance(began.Add(identity.SessionLife).Sub(g.Clock.Now()) - time.Microsecond)
		if !busy.live() {
			t.Error("ended in its last moment")
		}
		g.Clock.Advance(time.Microsecond)
		if busy.live() {
			t.Error("lives after eight hours")
		}
	})
}

func TestUseIsWrittenDownOnceAMinute(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		began := g.Clock.Now()
		seenThen := func() int64 { return g.Count("identity_session WHERE ended IS NULL AND seen = " + micros(began)) }
		g.Clock.Advance(59 * time.Second)
		c.who()
		if seenThen() != 1 {
			t.Error("written within the minute")
		}
		g.Clock.Advance(time.Second + 2*time.Second)
		c.who()
		if seenThen() != 0 {
			t.Error("not written after a minute")
		}
	})
}

func TestSigningOutEverywhereEndsEverySessionAtOnce(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e, other := g.hire("chenyaqin", "attending"), g.hire("liqiang", "nurse")
		here, there, colleague := g.at(wardPC), g.at(homePC), g.at(wardPC)
		here.signIn(e.name, e.password)
		there.signIn(e.name, e.password)
		colleague.signIn(other.name, other.password)
		if !here.live() || !there.live() || !colleague.live() {
			t.Fatal("not signed in")
		}
		if ended := here.must(200, "DELETE", "/api/sessions", "").body["ended"]; ended != 2.0 {
			t.Errorf("%v sessions ended", ended)
		}
		if here.live() || there.live() || !colleague.live() {
			t.Errorf("here %t, there %t, colleague %t", here.live(), there.live(), colleague.live())
		}
		if last := g.Last(); last.Verb != "identity.sign-out-everywhere" || last.Objects[0].ID != e.account || last.Note["sessions"] != "2" {
			t.Errorf("the ledger tells %+v", last)
		}
		colleague.must(403, "DELETE", "/api/accounts/"+e.account+"/sessions", "")
	})
}

func TestADisabledAccountIsOutAtOnceAndStaysOut(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, chief := g.at(wardPC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		chief.signIn(admin.name, admin.password)
		chief.must(204, "POST", "/api/accounts/"+e.account+"/disable", "")
		if doctor.live() {
			t.Error("the session lives on")
		}
		if a := doctor.signIn(e.name, e.password); a.status != 403 || a.body["code"] != "identity.disabled" {
			t.Errorf("signing in: %d %v", a.status, a.body)
		}
		if a := chief.ask("POST", "/api/accounts/"+e.account+"/reset", ""); a.status != 409 {
			t.Errorf("resetting: %d %v", a.status, a.body)
		}
		if a := chief.ask("POST", "/api/accounts/"+admin.account+"/disable", ""); a.status != 403 {
			t.Errorf("disabling oneself: %d %v", a.status, a.body)
		}
	})
}

func TestAnAppointmentThatEndsTakesItsPowerWithinASession(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, chief := g.at(wardPC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		chief.signIn(admin.name, admin.password)
		if roles := doctor.who()["roles"].([]any); len(roles) != 1 {
			t.Fatalf("roles %v", roles)
		}
		chief.must(200, "POST", "/api/appointments/"+e.appointment+"/end", "")
		if roles := doctor.who()["roles"].([]any); len(roles) != 0 {
			t.Errorf("roles after the end: %v", roles)
		}
	})
}

func TestAnAppointmentCountsToItsLastMomentAndNotLonger(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.Clock.Advance(30*24*time.Hour - time.Second)
		c := g.at(wardPC)
		if a := c.signIn(e.name, e.password); a.status != 201 {
			t.Fatal(a.body)
		}
		if roles := c.who()["roles"].([]any); len(roles) != 1 {
			t.Errorf("in the last second: %v", roles)
		}
		g.Clock.Advance(time.Second)
		if roles := c.who()["roles"].([]any); len(roles) != 0 {
			t.Errorf("a second later: %v", roles)
		}
	})
}

func TestAForgedRowGivesNothingAndRaisesTheAlarm(t *testing.T) {
	for name, c := range map[string]struct {
		forge  string
		signIn int // what signing in anew is answered
	}{
		"a session moved to another person": {"UPDATE identity_session SET person = (SELECT MIN(p.id) FROM staff_person p WHERE p.id <> identity_session.person)", 201},
		"a session made longer":             {"UPDATE identity_session SET until = until + 1", 201},
		"an appointment raised":             {"UPDATE staff_appointment SET role = 'chief'", 503},
		"an account with another password":  {"UPDATE identity_account SET password = (SELECT MIN(a.password) FROM identity_account a WHERE a.id <> identity_account.id) WHERE name = 'chenyaqin'", 503},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, g *gate) {
				g.hire("aaa", "security-administrator")
				e := g.hire("chenyaqin", "nurse")
				victim := g.at(wardPC)
				victim.signIn(e.name, e.password)
				g.Behind(c.forge)
				g.Clock.Advance(5 * time.Second)
				if victim.live() {
					t.Error("a forged row was believed")
				}
				if g.alarmed() == 0 {
					t.Error("nobody was alarmed")
				}
				if a := g.at(wardPC).signIn(e.name, e.password); a.status != c.signIn {
					t.Errorf("signing in anew: %d %v", a.status, a.body)
				}
			})
		})
	}
}

func TestAPurposeIsStatedForASessionOrARequest(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, e.password)
		c.must(200, "GET", "/api/departments", "")
		if p := g.Last().Purpose; p != "care" {
			t.Errorf("by default %q", p)
		}
		c.purpose = "legal"
		c.must(200, "GET", "/api/departments", "")
		if p := g.Last().Purpose; p != "legal" {
			t.Errorf("by header %q", p)
		}
		c.purpose = "curiosity"
		if a := c.ask("GET", "/api/departments", ""); a.status != 422 || a.body["code"] != "identity.purpose" {
			t.Errorf("by a purpose nobody published: %d %v", a.status, a.body)
		}
		c.purpose = ""
		c.must(204, "POST", "/api/session/purpose", `{"purpose":"teaching"}`)
		if p := c.who()["purpose"]; p != "teaching" {
			t.Errorf("chosen: %v", p)
		}
		c.must(422, "POST", "/api/session/purpose", `{"purpose":"curiosity"}`)
	})
}

func TestWhatIsOldIsTidiedAway(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		c := g.at(wardPC)
		c.signIn(e.name, "guess")
		c.signIn(e.name, e.password)
		if err := g.room.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if !c.live() || g.Count("identity_attempt") == 0 {
			t.Error("tidied away what still counts")
		}
		g.Clock.Advance(31 * 24 * time.Hour)
		if err := g.room.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if s, a := g.Count("identity_session"), g.Count("identity_attempt"); s != 0 || a != 0 {
			t.Errorf("%d sessions and %d attempts remain", s, a)
		}
	})
}
