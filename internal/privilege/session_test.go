package privilege_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/privilege"
)

func (o *office) running() privilege.Session {
	o.T.Helper()
	s, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{System: "his-db", Reason: "清理表空间", Minutes: 30})
	if err == nil {
		_, err = o.room.ApproveSession(o.as("night"), s.ID)
	}
	if err == nil {
		s, err = o.room.BeginSession(o.as("dba"), s.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) record(session string, place int, events string) error {
	o.T.Helper()
	_, err := o.room.Record(o.as("dba"), session, place, events)
	return err
}

func (o *office) sessionNow(id string) privilege.Session {
	o.T.Helper()
	s, err := o.room.ViewSession(o.as("auditor"), id)
	if err != nil {
		o.T.Fatal(err)
	}
	return s.Session
}

func TestASessionIsRecordedForTheAuditorAlone(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.running()
		if s.ApprovedBy != o.people["night"] || s.Elsewhere != "desk-night" || s.Terminal != "desk-dba" {
			t.Errorf("the second person on another terminal: %+v", s)
		}
		for i, events := range []string{
			`[0.1,"o","$ psql\r\n"]`,
			"",
			`[2,"o","ALTER USER x PASSWORD 'Hunter2!';\r\n"]` + "\n" + `[2.5,"o","export API_TOKEN=abcdef0123\r\n"]`,
		} {
			if i == 1 {
				if err := o.record(s.ID, 1, events); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := o.record(s.ID, i/2, events); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.record(s.ID, 0, `[0.1,"o","$ psql\r\n"]`); faulttest.Code(err) != "privilege.part-out-of-place" {
			t.Errorf("an old part: %v", err)
		}
		if err := o.record(s.ID, 1, `[2,"o","ALTER USER x PASSWORD 'Hunter2!';\r\n"]`+"\n"+`[2.5,"o","export API_TOKEN=abcdef0123\r\n"]`); err != nil {
			t.Errorf("the last part sent again: %v", err)
		}
		if err := o.record(s.ID, 1, `[2,"o","something else"]`); faulttest.Code(err) != "privilege.part-out-of-place" {
			t.Errorf("another part in its place: %v", err)
		}
		if err := o.record(s.ID, 5, `[3,"o","x"]`); faulttest.Code(err) != "privilege.part-out-of-place" {
			t.Errorf("a gap: %v", err)
		}
		if err := o.record(s.ID, 2, `["o"]`); faulttest.Fields(err) != "events" {
			t.Errorf("not an event: %v", err)
		}
		if _, err := o.room.EndSession(o.as("dba"), s.ID); err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"dba", "night", "safe", "head", "zhou", "chen"} {
			if _, err := o.room.Replay(o.as(who), s.ID); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s replays: %v", who, err)
			}
		}
		seen, err := o.room.Replay(o.as("auditor"), s.ID)
		if err != nil || !seen.Whole || len(seen.Events) != 3 || seen.Parts != 2 {
			t.Fatalf("%+v: %v", seen, err)
		}
		for _, e := range seen.Events {
			if strings.Contains(e.Text, "Hunter2") || strings.Contains(e.Text, "abcdef") {
				t.Errorf("a secret was kept: %s", e.Text)
			}
		}
		if o.Last().Verb != "privilege.replay" {
			t.Error("the replay is not in the ledger")
		}
	})
}

func TestARecordingThatWasTouchedIsNotWhole(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.running()
		for i, text := range []string{"a", "b", "c"} {
			if err := o.record(s.ID, i, `[1,"o","`+text+`"]`); err != nil {
				t.Fatal(err)
			}
		}
		if o.At.Engine == db.SQLite {
			o.Behind("DROP TRIGGER privilege_part_never_changes")
		}
		o.Behind("UPDATE privilege_part SET digest = (SELECT digest FROM privilege_part WHERE place = 0) WHERE place = 1")
		if seen, err := o.room.Replay(o.as("auditor"), s.ID); err != nil || seen.Whole {
			t.Errorf("whole: %v, %v", seen.Whole, err)
		}
	})
}

func TestASessionEndsWhenItsRecordingStopsOrItsTimeIsOver(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		silent, long := o.running(), o.running()
		o.Clock.Advance(time.Minute)
		for range 29 {
			if err := o.record(long.ID, 0, ""); err != nil {
				t.Fatal(err)
			}
			o.tick()
			o.Clock.Advance(time.Minute)
		}
		if s := o.sessionNow(silent.ID); s.State != privilege.Closed || s.EndReason != privilege.Silent {
			t.Errorf("silent for a minute: %+v", s)
		}
		if err := o.record(silent.ID, 0, `[1,"o","x"]`); faulttest.Code(err) != "privilege.session-over" {
			t.Errorf("recorded into a session that is over: %v", err)
		}
		if err := o.record(long.ID, 0, ""); faulttest.Code(err) != "privilege.session-over" {
			t.Errorf("after its time: %v", err)
		}
		if s := o.sessionNow(long.ID); s.State != privilege.Closed || s.EndReason != privilege.TimeOver {
			t.Errorf("after its time: %+v", s)
		}
	})
}

func TestASessionNeedsASecondPerson(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{System: "his-db", Reason: "清理", Minutes: 30})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.BeginSession(o.as("dba"), s.ID); faulttest.Code(err) != "privilege.out-of-order" {
			t.Errorf("alone: %v", err)
		}
		if _, err := o.room.ApproveSession(o.as("dba"), s.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by himself: %v", err)
		}
		o.remote["head"] = true
		if _, err := o.room.ApproveSession(o.as("head"), s.ID); err != nil {
			t.Errorf("from home: %v", err)
		}
		o.Clock.Advance(10 * time.Minute)
		if _, err := o.room.BeginSession(o.as("dba"), s.ID); faulttest.Code(err) != "privilege.lapsed" {
			t.Errorf("ten minutes after the approval: %v", err)
		}
		o.tick()
		if got := o.sessionNow(s.ID); got.State != privilege.Lapsed {
			t.Errorf("%+v", got)
		}
		if _, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{Minutes: 241}); faulttest.Fields(err) != "system reason minutes" {
			t.Errorf("%v", err)
		}
		if _, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{System: "x", Reason: "y", Minutes: 1, Change: "none"}); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("for a change that is not there: %v", err)
		}
	})
}

func TestAnUrgentSessionIsReviewed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{System: "his-db", Reason: "库停了", Minutes: 30, Urgent: true})
		if err == nil {
			_, err = o.room.BeginSession(o.as("dba"), s.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		if n := o.tasks(privilege.UrgentReview, s.ID); n != 2 {
			t.Errorf("%d are told", n)
		}
		if _, err := o.room.ReviewSession(o.as("safe"), s.ID, privilege.Proper); faulttest.Code(err) != "privilege.out-of-order" {
			t.Errorf("reviewed while it runs: %v", err)
		}
		if _, err := o.room.EndSession(o.as("safe"), s.ID); err != nil {
			t.Errorf("the security administrator cannot stop it: %v", err)
		}
		if _, err := o.room.ReviewSession(o.as("safe"), s.ID, "nice"); faulttest.Fields(err) != "verdict" {
			t.Errorf("%v", err)
		}
		done, err := o.room.ReviewSession(o.as("safe"), s.ID, privilege.Proper)
		if err != nil || done.Verdict != privilege.Proper || o.tasks(privilege.UrgentReview, s.ID) != 0 {
			t.Errorf("%+v: %v", done, err)
		}
	})
}

func TestAnUrgentSessionThatNeverBeganIsNotReviewed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s, err := o.room.AskSession(o.as("dba"), privilege.AskingSession{System: "his-db", Reason: "库停了", Minutes: 30, Urgent: true})
		if err != nil {
			t.Fatal(err)
		}
		o.Clock.Advance(10 * time.Minute)
		o.tick()
		if n := o.tasks(privilege.UrgentReview, s.ID); n != 0 || o.sessionNow(s.ID).State != privilege.Lapsed {
			t.Errorf("%d are still asked to review it", n)
		}
	})
}

func (o *office) bastion(person string, since time.Time) privilege.ReceivingRecording {
	return privilege.ReceivingRecording{
		Source: "bastion-1", System: "his-db", Account: "sysdba", Person: person, Terminal: "10.0.0." + person[:1], Since: since, Until: since.Add(10 * time.Minute),
		Digest: strings.Repeat("07", 32), Address: "bastion://42", Commands: []privilege.Command{{At: since, Text: "mysql -uroot -pHunter2 his"}},
	}
}

func TestABastionHandsOverUnderItsOwnCode(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.room.NamesSources(func(context.Context, db.Reader, string, string) (string, error) { return "bastion-7", nil })
		kept, err := o.room.Receive(o.as("bastion"), o.bastion("1zhao", o.Clock.Now().Add(-time.Hour)))
		if err != nil || kept.Source != "bastion-7" {
			t.Errorf("%+v: %v", kept, err)
		}
	})
}

func TestABastionReportsUsesOutsideAndAtOnce(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		e := o.filled()
		c := o.checkedOut(e.ID)
		if _, err := o.room.OpenHalf(o.as("dba"), c.ID); err != nil {
			t.Fatal(err)
		}
		since := o.Clock.Now()
		o.Clock.Advance(20 * time.Minute)
		kept, err := o.room.Receive(o.as("bastion"), o.bastion("1zhao", since.Add(time.Minute)))
		if err != nil {
			t.Fatal(err)
		}
		if found := o.findings(); len(found) != 0 {
			t.Fatalf("a use that a checkout covers: %+v", found)
		}
		if _, err := o.room.Receive(o.as("bastion"), o.bastion("2qian", since.Add(5*time.Minute))); err != nil {
			t.Fatal(err)
		}
		if found := o.findings(); len(found) != 1 || found[0].Kind != privilege.ConcurrentUse {
			t.Errorf("at once from two places: %+v", found)
		}
		if _, err := o.room.Receive(o.as("bastion"), o.bastion("1zhao", since.Add(-2*time.Hour))); err != nil {
			t.Fatal(err)
		}
		outside := 0
		for _, f := range o.findings() {
			if f.Kind == privilege.OutsideUse {
				outside++
			}
		}
		if outside != 1 {
			t.Errorf("%d uses outside a checkout", outside)
		}
		if _, err := o.room.ReplayRecording(o.as("dba"), kept.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("an administrator reads it: %v", err)
		}
		seen, err := o.room.ReplayRecording(o.as("auditor"), kept.ID)
		if err != nil || len(seen.Ran) != 1 || strings.Contains(seen.Ran[0].Text, "Hunter2") {
			t.Errorf("%+v: %v", seen.Ran, err)
		}
		bad := o.bastion("1zhao", since)
		bad.File = []byte("another file")
		if _, err := o.room.Receive(o.as("bastion"), bad); faulttest.Code(err) != "privilege.file-digest" {
			t.Errorf("a file that its digest does not fit: %v", err)
		}
		if l, err := o.room.ListRecordings(o.as("auditor"), web.Paging{}); err != nil || len(l.Items) != 3 {
			t.Errorf("%d recordings: %v", len(l.Items), err)
		}
	})
}
