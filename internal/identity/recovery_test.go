package identity_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/ledger"
)

func TestALostFactorIsTakenAwayByTwoWhoAreUnrelated(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		asker, second := g.hire("liuyang", "security-administrator"), g.hire("wangfang", "security-administrator")
		resetter, e := g.hire("zhaolei", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, first, other, third := g.at(wardPC), g.at(wardPC), g.at(homePC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		doctor.enrol()
		ctx := g.as(e, doctor.who()["session"].(string))
		signer, err := g.room.OpenSigner(ctx)
		if err != nil {
			t.Fatal(err)
		}
		old := signer.Key()
		first.signIn(asker.name, asker.password)
		other.signIn(second.name, second.password)
		third.signIn(resetter.name, resetter.password)
		told := g.told()

		doctor.must(403, "POST", "/api/accounts/"+e.account+"/recovery", `{"why":"lost"}`)
		first.must(404, "POST", "/api/accounts/"+second.account+"/recovery", `{"why":"lost"}`)
		third.must(200, "POST", "/api/accounts/"+e.account+"/reset", "")
		asked := first.must(201, "POST", "/api/accounts/"+e.account+"/recovery", `{"why":"lost"}`).body["id"].(string)
		if got := told(); got[e.person] != identity.ToldAsked.ID {
			t.Errorf("told: %v", got)
		}
		approve := "/api/identity/recoveries/" + asked + "/approve"
		for who, c := range map[string]*client{"whoever asked": first, "whoever reset the password": third} {
			if a := c.ask("POST", approve, ""); a.status != 403 {
				t.Errorf("%s: %d %v", who, a.status, a.body)
			}
			if last := g.Last(); last.Verb != "identity.approve-recovery" || last.Outcome != ledger.Refused {
				t.Errorf("the ledger tells %+v", last)
			}
		}
		if items := other.must(200, "GET", "/api/identity/recoveries", "").body["items"].([]any); len(items) != 1 {
			t.Errorf("waiting: %v", items)
		}
		other.must(204, "POST", approve, "")
		last := g.Last()
		if last.Note["factors"] != "1" || last.Note["key-ended"] != old || last.Objects[0].ID != e.account {
			t.Errorf("the ledger tells %+v", last)
		}
		if got := told(); got[e.person] != identity.ToldRecovered.ID {
			t.Errorf("told: %v", got)
		}
		if doctor.live() {
			t.Error("the session lives on")
		}
		other.must(404, "POST", approve, "")
		if n := g.Count("identity_factor WHERE state = 'live'"); n != 0 {
			t.Errorf("%d factors are left", n)
		}
		if n := g.Count("identity_recovery_code WHERE voided IS NULL"); n != 0 {
			t.Errorf("%d recovery codes are left", n)
		}
		g.verdict("identity.recoveries-by-two", "met")
		g.Behind("UPDATE identity_recovery SET decided_by = asked_by")
		g.verdict("identity.recoveries-by-two", "not-met")
	})
}

func TestTheSigningKeyIsAnotherAfterARecovery(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		asker, second, e := g.hire("liuyang", "security-administrator"), g.hire("wangfang", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, first, other := g.at(wardPC), g.at(wardPC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		phone, _ := doctor.enrol()
		before, err := g.room.OpenSigner(g.as(e, doctor.who()["session"].(string)))
		if err != nil {
			t.Fatal(err)
		}
		first.signIn(asker.name, asker.password)
		other.signIn(second.name, second.password)
		asked := first.must(201, "POST", "/api/accounts/"+e.account+"/recovery", `{"why":"stolen"}`).body["id"].(string)
		other.must(204, "POST", "/api/identity/recoveries/"+asked+"/approve", "")
		if a := doctor.signInWith(e.name, e.password, phone.code()); a.status != 201 || doctor.who()["strong"] != false {
			t.Errorf("by password alone: %d %v", a.status, a.body)
		}
		after, err := g.room.OpenSigner(g.as(e, doctor.who()["session"].(string)))
		if err != nil || after.Key() == before.Key() {
			t.Errorf("the key is %v, was %s: %v", after, before.Key(), err)
		}
	})
}

func TestARecoveryWaitsADayAndItsHolderMayStopIt(t *testing.T) {
	both(t, func(_ *testing.T, g *gate) {
		asker, second, e := g.hire("liuyang", "security-administrator"), g.hire("wangfang", "security-administrator"), g.hire("chenyaqin", "attending")
		doctor, first, other := g.at(wardPC), g.at(wardPC), g.at(homePC)
		doctor.signIn(e.name, e.password)
		doctor.enrol()
		ask := func() string {
			first.signIn(asker.name, asker.password)
			return first.must(201, "POST", "/api/accounts/"+e.account+"/recovery", `{"why":"lost"}`).body["id"].(string)
		}
		stopped := ask()
		doctor.must(204, "POST", "/api/identity/recoveries/"+stopped+"/decline", "")
		other.signIn(second.name, second.password)
		other.must(404, "POST", "/api/identity/recoveries/"+stopped+"/approve", "")
		late := ask()
		g.Clock.Advance(24 * time.Hour)
		other.signIn(second.name, second.password)
		other.must(404, "POST", "/api/identity/recoveries/"+late+"/approve", "")
	})
}
