package identity_test

import (
	"testing"

	"github.com/medward/medward/internal/identity"
)

func TestADemonstrationOffersItsPeopleByRole(t *testing.T) {
	bothWith(t, identity.Options{Demo: true}, func(t *testing.T, g *gate) {
		doctor := g.employ("10001", "attending")
		if _, err := g.room.CreateAccount(g.founder(), identity.NewAccount{Person: doctor.person, Name: "10001", ByChoice: true}); err != nil {
			t.Fatal(err)
		}
		items := g.at(wardPC).must(200, "GET", "/api/session/demo-people", "").body["items"].([]any)
		if len(items) != 1 {
			t.Fatalf("people: %v", items)
		}
		offered := items[0].(map[string]any)
		if offered["person"] != doctor.person || offered["roles"].([]any)[0].(map[string]any)["id"] != "attending" || offered["department"].(map[string]any)["zh"] != "科室" {
			t.Errorf("offered: %v", offered)
		}
		a := g.at(wardPC).must(201, "POST", "/api/session", `{"person":"`+doctor.person+`","bearer":true}`)
		c := g.at(wardPC)
		c.headers = map[string]string{"Authorization": "Bearer " + a.body["token"].(string)}
		if who := c.who(); who["person"] != doctor.person || who["demo"] != true || who["mustChange"] != false {
			t.Errorf("who: %v", who)
		}
		for _, password := range []string{"", "anything at all"} {
			if a := g.at(wardPC).signIn("10001", password); a.status != 401 {
				t.Errorf("by the password %q: %d %v", password, a.status, a.body)
			}
		}
	})
}

func TestARealStoreHasNoPeopleToChooseFrom(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		if a := g.at(loopback).ask("GET", "/api/session/demo-people", ""); a.status != 404 {
			t.Errorf("demo people: %d %v", a.status, a.body)
		}
		if a := g.at(loopback).ask("POST", "/api/session", `{"person":"`+e.person+`"}`); a.status != 404 || a.header.Get("Set-Cookie") != "" {
			t.Errorf("signing in as: %d %v", a.status, a.body)
		}
		other := g.employ("10002", "nurse")
		if _, err := g.room.CreateAccount(g.founder(), identity.NewAccount{Person: other.person, Name: "10002", ByChoice: true}); err == nil {
			t.Error("an account without a password in a real store")
		}
	})
}
