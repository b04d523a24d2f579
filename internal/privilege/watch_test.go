package privilege_test

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/privilege"
)

const forge = "UPDATE staff_appointment SET role = 'auditor' WHERE role = 'dba'"

func TestAChangeBehindTheHouseIsFoundWithinOneRound(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.tick()
		if found := o.findings(); len(found) != 0 {
			t.Fatalf("in an untouched house: %+v", found)
		}
		o.Behind(forge)
		o.Clock.Advance(4 * time.Minute)
		o.tick()
		if found := o.findings(); len(found) != 0 {
			t.Error("a round came before its time")
		}
		o.Clock.Advance(time.Minute)
		o.tick()
		found := o.findings()
		if len(found) != 1 || found[0].Change != "" || found[0].Kind != "row-altered" || found[0].Person != o.people["dba"] || !found[0].Suspended {
			t.Fatalf("%+v", found)
		}
		if len(o.suspended) != 1 || o.suspended[0] != o.people["dba"] {
			t.Errorf("stopped: %v", o.suspended)
		}
		if n := o.tasks(privilege.Incident, found[0].ID); n != 2 {
			t.Errorf("%d people are asked to see to it, not auditor and security administrator", n)
		}
		o.Clock.Advance(5 * time.Minute)
		o.tick()
		if again := o.findings(); len(again) != 1 {
			t.Errorf("the same row was found again: %+v", again)
		}
		if _, err := o.room.Dispose(o.as("auditor"), found[0].ID, privilege.Disposing{Disposal: "fine"}); faulttest.Fields(err) != "words disposal" {
			t.Errorf("disposed of without a word: %v", err)
		}
		if _, err := o.room.Dispose(o.as("auditor"), found[0].ID, privilege.Disposing{Disposal: privilege.Restored, Words: "已恢复并立案"}); err != nil {
			t.Error(err)
		}
		if n := o.tasks(privilege.Incident, found[0].ID); n != 0 {
			t.Errorf("%d tasks stay open", n)
		}
		o.Behind("UPDATE staff_appointment SET role = 'dba' WHERE role = 'auditor' AND person = '" + o.people["dba"] + "'")
		o.Clock.Advance(5 * time.Minute)
		o.tick()
		if back := o.findings(); back[0].Gone.IsZero() {
			t.Error("the row agrees again and nobody says so")
		}
	})
}

func TestAnOpenChangeExplainsWhatItNamed(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := o.approved(o.asking())
		o.Clock.Advance(90 * time.Minute)
		o.Behind(forge)
		o.tick()
		if found := o.findings(); len(found) != 1 || found[0].Change != c.ID {
			t.Fatalf("%+v", found)
		}
		o.Behind("UPDATE privilege_change SET title = 'x'")
		o.Clock.Advance(5 * time.Minute)
		o.tick()
		if found := o.findings(); len(found) != 2 || found[0].Table != "privilege_change" || found[0].Change != "" {
			t.Errorf("a table that the change does not name: %+v", found)
		}
	})
}

func TestAForgedExplanationExplainsNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		c := o.asked(o.asking())
		o.Behind("UPDATE privilege_change SET state = 'approved', since = 0 WHERE id = '" + c.ID + "'")
		o.Behind(forge)
		o.tick()
		found := o.findings()
		if len(found) != 2 || found[0].Change != "" || found[1].Change != "" {
			t.Errorf("%+v", found)
		}
		o.Behind("UPDATE privilege_finding SET change_id = '" + c.ID + "'")
		o.Clock.Advance(5 * time.Minute)
		o.tick()
		tables := map[string]int{}
		o.Behind("DELETE FROM privilege_finding WHERE change_id <> ''")
		for _, f := range o.findings() {
			tables[f.Table]++
		}
		if tables["privilege_finding"] < 2 {
			t.Errorf("findings that were touched are not found themselves: %v", tables)
		}
	})
}

func TestManyRowsAreOneFindingBeyondTheFirst(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for range 30 {
			o.asked(o.asking())
		}
		o.Behind("UPDATE privilege_change SET title = 'x'")
		o.tick()
		kinds := map[string]int{}
		for _, f := range o.findings() {
			kinds[f.Kind]++
		}
		if kinds["row-altered"] != 20 || kinds[privilege.ManyRows] != 1 {
			t.Errorf("%v", kinds)
		}
	})
}

func TestEverythingIsVerifiedOnceANight(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.tick()
		if err := o.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.Behind("UPDATE staff_person SET name_zh = 'x' WHERE number = 'N-chen'")
		o.Clock.Advance(10 * time.Hour)
		o.tick()
		if err := o.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := o.findings(); len(found) != 0 {
			t.Fatalf("before the night: %+v", found)
		}
		o.Clock.Advance(9 * time.Hour) // 03:00 in China
		o.tick()
		if err := o.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		found := o.findings()
		if len(found) != 1 || found[0].Table != "staff_person" {
			t.Errorf("%+v", found)
		}
		rounds, err := o.room.Rounds(o.as("auditor"))
		if err != nil || len(rounds) != 2 || rounds[1].Kind != privilege.Whole || rounds[1].Differences != 1 || rounds[1].Rows == 0 {
			t.Errorf("%+v: %v", rounds, err)
		}
	})
}

func TestWhatTheNightFoundFirstStillStopsTheAccount(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.tick()
		o.Behind(forge)
		if err := o.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if found := o.findings(); len(found) != 1 {
			t.Fatalf("the nightly verification: %+v", found)
		}
		o.Clock.Advance(5 * time.Minute)
		o.tick()
		found := o.findings()
		if len(found) != 1 || found[0].Person != o.people["dba"] || !found[0].Suspended {
			t.Fatalf("%+v", found)
		}
		if len(o.suspended) != 1 {
			t.Errorf("stopped: %v", o.suspended)
		}
		if n := o.tasks(privilege.Incident, found[0].ID); n != 2 {
			t.Errorf("%d tasks for one finding", n)
		}
	})
}

func TestListsGoOnToTheirEnd(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for range 7 {
			o.asked(o.asking())
			o.Clock.Advance(time.Second)
		}
		var ids []string
		for p := (web.Paging{Limit: 3}); ; {
			l, err := o.room.ListChanges(o.as("dba"), p)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range l.Items {
				ids = append(ids, c.ID)
			}
			if l.Names[o.people["dba"]].ZH != "dba" {
				t.Errorf("names: %v", l.Names)
			}
			if l.Next == "" {
				break
			}
			p.Cursor = l.Next
		}
		if len(ids) != 7 || strings.Compare(ids[0], ids[6]) <= 0 {
			t.Errorf("%v", ids)
		}
	})
}
