package recipient_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/recipient"
)

func TestMoreThanWasApprovedIsNotSentAndIsAFinding(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		a, b, c := o.bring("甲"), o.bring("乙"), o.bring("丙")
		in := o.platform()
		in.Once, in.Daily, in.DailyMB = 2, 3, 1
		x := o.live(in)
		o.Clock.Advance(time.Second)
		refused := func(field string, l recipient.Leaving) {
			t.Helper()
			_, err := o.room.Send(o.as("yiwu"), l)
			if code(err) != "recipient.over-volume" || fault.From(err).Fields[0].Path != field {
				t.Errorf("%v", err)
			}
		}
		refused("items", leaving(x, "三份", a, b, c))
		o.mustSend(leaving(x, "两份", a, b))
		refused("items", leaving(x, "又两份", b, c))
		large := leaving(x, "一份", c)
		large.Bytes = 1<<20 + 1
		refused("bytes", large)
		o.mustSend(leaving(x, "一份", c))
		refused("items", leaving(x, "第四份", c))
		if found := o.findings(recipient.Open); len(found) != 1 || found[0].Why != "recipient.over-volume" || found[0].Times != 4 {
			t.Errorf("%+v", found)
		}
		o.Clock.Advance(24 * time.Hour)
		o.mustSend(leaving(x, "次日", c))
		for _, check := range o.room.Checks() {
			if check.ID != "recipient.volume" {
				continue
			}
			if f := check.Ask(t.Context()); f.Verdict != evidence.Met || f.Figure != "0 / 3" {
				t.Errorf("%+v", f)
			}
			o.Behind(`INSERT INTO recipient_sending (org, id, recipient, party, sequence, sender, channel, shape, purpose, basis, sealed_for, count, bytes, digest, sent)
				SELECT org, 'large', recipient, party, 9, sender, channel, shape, purpose, basis, sealed_for, 5, bytes, digest, sent FROM recipient_sending WHERE sequence = 3`)
			if f := check.Ask(t.Context()); f.Verdict != evidence.NotMet {
				t.Errorf("%+v", f)
			}
		}
		in.Daily = 1
		if _, err := o.room.Change(o.as("sys"), x.ID, x.Rev, in); code(err) != "recipient.input" || fault.From(err).Fields[0].Path != "daily" {
			t.Errorf("%v", err)
		}
	})
}
