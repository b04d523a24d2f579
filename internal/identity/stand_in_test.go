package identity_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

func TestADemonstrationKnowsFacesByAStandInThatSaysSo(t *testing.T) {
	bothWith(t, identity.Options{Demo: true}, func(t *testing.T, g *gate) {
		e := g.hire("chenyaqin", "attending")
		g.hire("zhouning", "nurse")
		if _, err := g.room.SetWay(g.founder(), identity.StandInWay()); err != nil {
			t.Fatal(err)
		}
		ward := g.at(wardPC)
		ward.keep(ward.must(201, "POST", "/api/session", `{"person":"`+e.person+`"}`))
		begun := ward.must(200, "POST", faceBind+"/begin", `{"agreed":1}`)
		ward.keep(begun)
		asked := `{"ceremony":"` + begun.body["ceremony"].(string) + `"}`
		if state := ward.must(200, "POST", faceIn+"/look", asked).body["state"]; state != "waiting" {
			t.Errorf("before anybody stood there: %v", state)
		}
		g.Clock.Advance(5 * time.Second)
		if live := ward.must(201, "POST", faceBind, asked).body["live"]; live != float64(960) {
			t.Errorf("seen living to %v", live)
		}
		for _, tried := range []struct {
			name   string
			status int
		}{{"chenyaqin", 201}, {"zhouning", 401}} {
			fresh := g.at(wardPC)
			look := fresh.must(200, "POST", faceIn+"/begin", `{"name":"`+tried.name+`"}`)
			fresh.keep(look)
			g.Clock.Advance(5 * time.Second)
			if a := fresh.ask("POST", faceIn, `{"ceremony":"`+look.body["ceremony"].(string)+`"}`); a.status != tried.status {
				t.Errorf("%s: %d %v", tried.name, a.status, a.body)
			}
		}
		g.verdict("identity.faces-agreed", "met")
	})
}
