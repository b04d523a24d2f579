package identity_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/ledger"
)

func TestAWrongNameAndAWrongPasswordLookAlikeAndCostTheSame(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		attempt := func(name string) (answer, int64) {
			before := g.room.HashesComputed()
			a := g.at(wardPC).signIn(name, "not the password")
			return a, g.room.HashesComputed() - before
		}
		known, knownWork := attempt(e.name)
		entry := g.Last()
		unknown, unknownWork := attempt("nobody-of-this-name")

		if knownWork != 1 || unknownWork != 1 {
			t.Errorf("hashes computed: %d for a name that is known, %d for one that is not", knownWork, unknownWork)
		}
		delete(known.body, "trace")
		delete(unknown.body, "trace")
		if known.status != 401 || fmt.Sprint(known.body) != fmt.Sprint(unknown.body) || unknown.status != 401 {
			t.Errorf("known: %d %v\nunknown: %d %v", known.status, known.body, unknown.status, unknown.body)
		}
		if entry.Verb != "identity.sign-in" || entry.Outcome != ledger.Refused || entry.Objects[0].ID != e.account ||
			entry.Actor.Kind != "anonymous" || entry.Actor.IP != "192.0.2.10" || entry.Why.Conditions[0] != "password" {
			t.Errorf("the ledger tells %+v", entry)
		}
		if err := g.Door.FlushNobodies(t.Context(), acttest.Org); err != nil {
			t.Fatal(err)
		}
		if last := g.Last(); last.Verb != "identity.sign-in" || last.Outcome != ledger.Refused || last.N != 1 || len(last.Objects) != 0 {
			t.Errorf("of the unknown name the ledger tells %+v", last)
		}
	})
}

func TestGuessingIsSlowedAndNobodyIsLockedOut(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		for range 3 {
			if a := g.at(wardPC).signIn(e.name, "guess"); a.status != 401 {
				t.Fatalf("%d %v", a.status, a.body)
			}
		}
		before := g.room.HashesComputed()
		a := g.at(wardPC).signIn(e.name, e.password)
		seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
		if a.status != 429 || err != nil || seconds != 2 || a.body["extra"].(map[string]any)["seconds"] != 2.0 {
			t.Errorf("during the delay: %d %v %v", a.status, a.header, a.body)
		}
		if work := g.room.HashesComputed() - before; work != 0 {
			t.Errorf("%d hashes during the delay", work)
		}
		if a := g.at(homePC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("from another address: %d %v", a.status, a.body)
		}
		g.Clock.Advance(2 * time.Second)
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("after the delay: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(e.name, "slip"); a.status != 401 {
			t.Errorf("a slip after a success: %d %v", a.status, a.body)
		}
	})
}

func TestAFloodFromElsewhereDoesNotKeepPeopleFromTheirWard(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
			t.Fatal(a.body)
		}
		for i := range 12 {
			g.at(fmt.Sprintf("203.0.113.%d:1", i)).signIn(e.name, "guess")
		}
		if a := g.at(homePC).signIn(e.name, e.password); a.status != 429 {
			t.Errorf("from a place never used: %d %v", a.status, a.body)
		}
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("from the ward: %d %v", a.status, a.body)
		}
		g.Clock.Advance(time.Minute)
		if a := g.at(homePC).signIn(e.name, e.password); a.status != 201 {
			t.Errorf("from the new place a minute later: %d %v", a.status, a.body)
		}
	})
}

func TestWhoHoldsNoPostDoesNotComeIn(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.Clock.Advance(30 * 24 * time.Hour)
		if a := g.at(wardPC).signIn(e.name, e.password); a.status != 403 || a.body["code"] != "identity.no-post" {
			t.Errorf("%d %v", a.status, a.body)
		}
		if last := g.Last(); last.Outcome != ledger.Refused || last.Objects[0].ID != e.account || last.Why.Conditions[0] != "appointment" {
			t.Errorf("the ledger tells %+v", last)
		}
	})
}

func TestACommandLineHoldsATokenInsteadOfACookie(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		a := g.at(wardPC).must(201, "POST", "/api/session", `{"name":"chenyaqin","password":"`+e.password+`","bearer":true}`)
		if a.header.Get("Set-Cookie") != "" {
			t.Errorf("a cookie as well: %v", a.header)
		}
		c := g.at(wardPC)
		c.headers = map[string]string{"Authorization": "Bearer " + a.body["token"].(string)}
		if who := c.who(); who["person"] != e.person {
			t.Errorf("who: %v", who)
		}
	})
}

func TestAPasswordThatWasResetGivesOnlyTheRightToChangeIt(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		working := g.at(wardPC)
		working.signIn(e.name, e.password)
		c := g.at(homePC)
		c.signIn(admin.name, admin.password)
		reset := c.must(200, "POST", "/api/accounts/"+e.account+"/reset", "").body["password"].(string)
		if last := g.Last(); last.Verb != "identity.reset-password" || last.Note["sessions"] != "1" || last.Writes[0].Table != "identity_account" {
			t.Errorf("the ledger tells %+v", last)
		}
		if working.live() {
			t.Error("the old session lives on")
		}
		if a := working.signIn(e.name, e.password); a.status != 401 {
			t.Errorf("the old password: %d %v", a.status, a.body)
		}
		if a := working.signIn(e.name, reset); a.status != 201 {
			t.Fatalf("the new password: %d %v", a.status, a.body)
		}
		if who := working.who(); who["mustChange"] != true || len(who["roles"].([]any)) != 0 {
			t.Errorf("who: %v", who)
		}
		if a := working.change(reset, reset); a.status != 422 {
			t.Errorf("the same again: %d %v", a.status, a.body)
		}
		if a := working.change(reset, "Quiet-river-2026"); a.status != 204 {
			t.Fatalf("changing: %d %v", a.status, a.body)
		}
		if who := working.who(); who["mustChange"] != false || len(who["roles"].([]any)) != 1 {
			t.Errorf("who: %v", who)
		}
		g.Clock.Advance(72 * time.Hour)
		if a := g.at(wardPC).signIn(e.name, "Quiet-river-2026"); a.status != 201 {
			t.Errorf("one's own password days later: %d %v", a.status, a.body)
		}
		if a := c.ask("POST", "/api/accounts/"+admin.account+"/reset", ""); a.status != 401 {
			t.Errorf("after three days idle: %d %v", a.status, a.body)
		}
	})
}

func TestTheOldPasswordIsNeededForANewOne(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		here, there := g.at(wardPC), g.at(homePC)
		here.signIn(e.name, e.password)
		there.signIn(e.name, e.password)
		if a := here.change("a guess", "Quiet-river-2026"); a.status != 422 || a.body["code"] != "identity.old-wrong" {
			t.Errorf("a guess: %d %v", a.status, a.body)
		}
		if last := g.Last(); last.Verb != "identity.change-password" || last.Outcome != ledger.Refused || last.Actor.ID != e.person || last.Objects[0].ID != e.account {
			t.Errorf("the ledger tells %+v", last)
		}
		if !here.live() || !there.live() {
			t.Error("a guess ended a session")
		}
		if a := here.change(e.password, "Quiet-river-2026"); a.status != 204 {
			t.Fatalf("%d %v", a.status, a.body)
		}
		if !here.live() || there.live() {
			t.Error("after the change this session must live and the others must not")
		}
		if a := there.signIn(e.name, e.password); a.status != 401 {
			t.Errorf("the old password: %d %v", a.status, a.body)
		}
	})
}
