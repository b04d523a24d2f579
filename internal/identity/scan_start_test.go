package identity_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/medward/medward/internal/identity"
)

// waits asks for as many scans as cost nothing and more, and returns how long it is
// then told to wait.
func (c *client) waits(path string, most int) int {
	c.g.T.Helper()
	for range most {
		a := c.ask("POST", path+"/begin", `{}`)
		if a.status == 200 {
			continue
		}
		seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
		if a.body["code"] != "identity.wait" || err != nil {
			c.g.T.Fatalf("%s: %d %v %v", path, a.status, a.header, a.body)
		}
		return seconds
	}
	c.g.T.Fatalf("%s was begun %d times and nobody had to wait", path, most)
	return 0
}

func TestAFloodOfScansWaitsAndKeepsNobodyFromHisWork(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := openAdapter(t)
		roots, issue := newSM2Authority(t, g.Clock.Now())
		mine := issue("chenyaqin")
		admin, e := g.safe(), g.hire("chenyaqin", "attending")
		admin.setWay(identity.Scan, ca.settings(roots), "adapter-token")
		ward := g.at(wardPC)
		ward.signIn(e.name, e.password)
		asked, qr := ward.shows(scanBind)
		ca.scans(qr, mine)
		ward.must(201, "POST", scanBind, asked)

		flood := g.at(wardPC)
		seconds, shown := flood.waits(scanIn, 60), len(ca.texts)
		if seconds < 1 || seconds > 15 {
			t.Errorf("told to wait %d seconds", seconds)
		}
		for range 20 {
			flood.ask("POST", scanIn+"/begin", `{}`)
		}
		if len(ca.texts) != shown {
			t.Errorf("the authority was asked %d times more during the delay", len(ca.texts)-shown)
		}

		// At the same address a password opens at once, and elsewhere a scan begins.
		colleague := g.at(wardPC)
		if colleague.signIn(e.name, e.password); !colleague.live() {
			t.Error("a flood of scans keeps a password out")
		}
		g.at(homePC).shows(scanIn)

		// After the delay the telephone opens at the flooded address too.
		g.Clock.Advance(time.Duration(seconds) * time.Second)
		fresh := g.at(wardPC)
		asked, qr = fresh.shows(scanIn)
		ca.scans(qr, mine)
		fresh.keep(fresh.must(201, "POST", scanIn, asked))
		if !fresh.live() {
			t.Error("a scan after the delay opens nothing")
		}
	})
}

func TestBindingsOfOneAccountWaitAndThoseOfAnotherDoNot(t *testing.T) {
	both(t, func(t *testing.T, g *gate) {
		ca := openAdapter(t)
		roots, _ := newSM2Authority(t, g.Clock.Now())
		admin, e, other := g.safe(), g.hire("chenyaqin", "attending"), g.hire("liqiang", "resident")
		admin.setWay(identity.Scan, ca.settings(roots), "adapter-token")
		mine, his := g.at(wardPC), g.at(wardPC)
		mine.signIn(e.name, e.password)
		his.signIn(other.name, other.password)
		if seconds := mine.waits(scanBind, 12); seconds > 60 {
			t.Errorf("told to wait %d seconds", seconds)
		}
		his.shows(scanBind)
		if !mine.live() {
			t.Error("whoever must wait is signed out")
		}
	})
}
