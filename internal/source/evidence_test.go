package source_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/medward/medward/internal/source"
)

func (o *office) verdict(id string) string {
	o.T.Helper()
	for _, c := range o.room.Checks() {
		if c.ID == id {
			return string(c.Ask(o.T.Context()).Verdict)
		}
	}
	return "no such check"
}

func TestEveryCheckCanFail(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		_, token := o.bearer(s)
		o.mustCall("one", with(token), http.StatusOK, "")
		p := o.trends()
		o.hear(s, o.Clock.Now(), 0)
		o.tick()
		for _, c := range o.room.Checks() {
			if got := o.verdict(c.ID); got != "met" || len(c.Demands) == 0 {
				t.Errorf("%s in order: %s", c.ID, got)
			}
		}
		harm := func(id string, do func()) {
			t.Helper()
			do()
			if got := o.verdict(id); got != "not-met" {
				t.Errorf("%s after harm: %s", id, got)
			}
		}
		harm("source.success", func() {
			o.mustCall("elsewhere", func(r *http.Request) { with(token)(r); r.Header.Set("From-Address", "192.0.2.1") }, 403, "source.network")
		})
		harm("source.conform", func() { o.hear(s, o.Clock.Now(), 1) })
		harm("source.visible", func() {
			for range 30 {
				o.room.Heard(source.Heard{Org: s.Org, Source: s.ID, Arrived: o.Clock.Now(), Durable: o.Clock.Now().Add(6 * time.Second), Messages: 1, Conform: 1})
			}
		})
		harm("source.heard", func() { o.Clock.Advance(61 * time.Minute) })
		harm("source.apps-bounded", func() {
			o.given(redeeming(o.allowed(o.wanting())))
			o.Behind("UPDATE source_allowance SET session = ''")
		})
		harm("source.withdrawn-at-once", func() {
			o.Behind("UPDATE source_allowance SET ended = $1", o.Clock.Now().UnixMicro())
			o.Behind("INSERT INTO source_use (org, allowance, last, times) SELECT org, id, ended + 1, 1 FROM source_allowance")
		})
		harm("source.machines-read-nobody", func() {
			o.Last() // waits until everything can be searched
			o.Behind("UPDATE ledger_line SET verb = 'record.view' WHERE actor = $1 AND outcome = 'done'", p.ID)
		})
		harm("source.agreed", func() { o.Behind("UPDATE source_agreement SET decided_by = signed_by") })
		harm("source.keys-end", func() { o.Behind("UPDATE source_key SET until = until + 31622400000000") })
		harm("source.standard", func() { o.Behind("UPDATE source_source SET standard = ''") })
		harm("source.bounded", func() { o.Behind("UPDATE source_source SET networks = '[]'") })
		harm("source.stops-in-time", func() { o.Clock.Advance(400 * 24 * time.Hour) })
	})
}
