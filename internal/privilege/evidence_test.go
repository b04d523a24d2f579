package privilege_test

import (
	"testing"
	"time"

	"github.com/medward/medward/internal/privilege"
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

// used has a change, a credential and two sessions behind it.
func (o *office) used() {
	o.T.Helper()
	c := o.approved(o.asking())
	o.Clock.Advance(90 * time.Minute)
	_, err := o.room.BeginChange(o.as("dba"), c.ID)
	if err == nil {
		_, err = o.room.CloseChange(o.as("dba"), c.ID, privilege.ClosingChange{Outcome: privilege.Nothing, Result: "核对后无需改动"})
	}
	if err == nil {
		_, err = o.room.OpenHalf(o.as("dba"), o.checkedOut(o.filled().ID).ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	s := o.running()
	if err := o.record(s.ID, 0, `[0,"o","$ "]`); err != nil {
		o.T.Fatal(err)
	}
	if _, err := o.room.EndSession(o.as("dba"), s.ID); err != nil {
		o.T.Fatal(err)
	}
	o.tick()
}

func TestEveryCheckCanFail(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.used()
		for _, c := range o.room.Checks() {
			if got := o.verdict(c.ID); got != "met" {
				t.Errorf("%s in order: %s", c.ID, got)
			}
		}
		for _, harm := range []struct {
			id string
			do func()
		}{
			{"privilege.changes-by-three", func() { o.Behind("UPDATE privilege_change SET approved_by = reviewed_by") }},
			{"privilege.changes-captured", func() { o.Behind("UPDATE privilege_change SET outcome = ''") }},
			{"privilege.credentials-by-two", func() { o.Behind("UPDATE privilege_checkout SET approved_by = asked_by") }},
			{"privilege.sessions-by-two", func() { o.Behind("UPDATE privilege_session SET approved_by = ''") }},
			{"privilege.sessions-recorded", func() { o.Behind("UPDATE privilege_session SET parts = 0") }},
			{"privilege.findings-explained", func() {
				o.Clock.Advance(5 * time.Minute)
				o.tick()
			}},
			{"privilege.rows-watched", func() { o.Clock.Advance(11 * time.Minute) }},
			{"privilege.credentials-changed", func() { o.Clock.Advance(26 * time.Hour) }},
		} {
			harm.do()
			if got := o.verdict(harm.id); got != "not-met" {
				t.Errorf("%s after harm: %s", harm.id, got)
			}
		}
	})
}
