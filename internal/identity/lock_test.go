package identity_test

import (
	"testing"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

func TestALockedAccountIsOutUntilSomebodyUnlocksIt(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		admin, e := g.hire("liuyang", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, chief := g.at(wardPC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		chief.signIn(admin.name, admin.password)
		told := g.told()
		chief.must(422, "POST", "/api/accounts/"+e.account+"/lock", `{"why":"dislike"}`)
		doctor.must(403, "POST", "/api/accounts/"+admin.account+"/lock", `{"why":"inquiry"}`)
		chief.must(403, "POST", "/api/accounts/"+admin.account+"/lock", `{"why":"inquiry"}`)
		chief.must(204, "POST", "/api/accounts/"+e.account+"/lock", `{"why":"compromised"}`)
		if last := g.Last(); last.Verb != "identity.lock-account" || last.Note["why"] != "compromised" || last.Note["sessions"] != "1" {
			t.Errorf("the ledger tells %+v", last)
		}
		if doctor.live() {
			t.Error("the session lives on")
		}
		if a := doctor.signIn(e.name, e.password); a.status != 403 || a.body["code"] != "identity.account-locked" {
			t.Errorf("signing in: %d %v", a.status, a.body)
		}
		if got := told(); got[e.person] != identity.ToldLocked.ID {
			t.Errorf("told: %v", got)
		}
		initial := chief.must(200, "POST", "/api/accounts/"+e.account+"/unlock", "").body["password"].(string)
		chief.must(409, "POST", "/api/accounts/"+e.account+"/unlock", "")
		if a := doctor.signIn(e.name, e.password); a.status != 401 {
			t.Errorf("the old password: %d %v", a.status, a.body)
		}
		if a := doctor.signIn(e.name, initial); a.status != 201 || doctor.who()["change"] != "initial" {
			t.Errorf("the new one: %d %v", a.status, a.body)
		}
	})
}

func TestALeakedPasswordIsVoidAtOnce(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		here, there := g.at(wardPC), g.at(homePC)
		here.signIn(e.name, e.password)
		there.signIn(e.name, e.password)
		told := g.told()
		if a := there.ask("POST", "/api/identity/leak", `{"password":"a guess"}`); a.status != 422 {
			t.Errorf("who does not know the password: %d %v", a.status, a.body)
		}
		fresh := here.must(200, "POST", "/api/identity/leak", `{"password":"`+e.password+`"}`).body["password"].(string)
		if last := g.Last(); last.Verb != "identity.report-leak" || last.Outcome != ledger.Done || last.Note["sessions"] != "2" {
			t.Errorf("the ledger tells %+v", last)
		}
		if here.live() || there.live() {
			t.Error("a session lives on")
		}
		if a := there.signIn(e.name, e.password); a.status != 401 {
			t.Errorf("the leaked password: %d %v", a.status, a.body)
		}
		if a := here.signIn(e.name, fresh); a.status != 201 || here.who()["change"] != "initial" {
			t.Errorf("the new one: %d %v", a.status, a.body)
		}
		if a := here.change(fresh, e.password); a.status != 422 {
			t.Errorf("back to the leaked one: %d %v", a.status, a.body)
		}
		if got := told(); got[e.person] != identity.ToldLeak.ID {
			t.Errorf("told: %v", got)
		}
	})
}
