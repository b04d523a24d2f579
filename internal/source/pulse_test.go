package source_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/source"
)

func (o *office) hear(s source.Source, said time.Time, quarantined int) {
	o.room.Heard(source.Heard{Org: s.Org, Source: s.ID, Said: said, Arrived: o.Clock.Now(), Durable: o.Clock.Now().Add(20 * time.Millisecond), Messages: 1, Conform: 1 - quarantined, Quarantined: quarantined})
}

func TestTheHealthOfASourceIsWhatWasHeardOfIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		for range 9 {
			o.hear(s, o.Clock.Now().Add(-2*time.Second), 0)
		}
		o.tick()
		o.hear(s, o.Clock.Now().Add(-2*time.Second), 1)
		h := o.seen(s).Health
		if h.Received != 10 || h.Conform != 9 || h.Quarantined != 1 || h.VisibleMedian != 20 || h.LagMedian != 2020 || h.Drift != -2 || h.Adrift() || !h.Heard.Equal(o.Clock.Now()) {
			t.Errorf("%+v", h)
		}
		o.Clock.Advance(24 * time.Hour)
		for range 3 {
			o.hear(s, o.Clock.Now().Add(24*time.Hour), 0)
		}
		o.tick()
		seen := o.seen(s)
		if h = seen.Health; h.Drift != 86400 || !h.Adrift() || h.Received != 13 || len(seen.Days) != 2 || seen.Days[0].Received != 3 {
			t.Errorf("a clock a day ahead: %+v, %d days", h, len(seen.Days))
		}
	})
}

func TestASourceThatFallsSilentIsKnownToBe(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live()
		o.Clock.Advance(59 * time.Minute)
		o.tick()
		if o.tasks(source.Silence, s.ID) != 0 || o.seen(s).Silent {
			t.Error("silent before its time")
		}
		o.Clock.Advance(time.Minute)
		o.tick()
		o.tick()
		if o.tasks(source.Silence, s.ID) != 1 || !o.seen(s).Silent {
			t.Errorf("%d tasks", o.tasks(source.Silence, s.ID))
		}
		var about []duty.Task
		err := o.Store.Read(t.Context(), func(r db.Reader) (err error) {
			about, err = duty.OpenAbout(t.Context(), r, s.Org, source.Silence, s.ID)
			return err
		})
		if err != nil || about[0].Person != o.people["li"] {
			t.Errorf("%v %v", about, err)
		}
		o.hear(s, o.Clock.Now(), 0)
		o.tick()
		if o.tasks(source.Silence, s.ID) != 0 || o.seen(s).Silent {
			t.Error("still silent")
		}
		o.Clock.Advance(61 * time.Minute)
		o.tick()
		if _, err := o.room.Suspend(o.as("sys"), s.ID, "停机维护"); err != nil {
			t.Fatal(err)
		}
		if o.tasks(source.Silence, s.ID) != 0 {
			t.Error("a suspended source is waited for")
		}
	})
}
