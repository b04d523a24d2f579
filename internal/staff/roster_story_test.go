package staff_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

const rosterHead = "工号,姓名,拼音,类别,科室代码,手机,状态\n"

func TestARosterIsPreviewedAndThenTakenIn(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		o.department("0302", "呼吸内科")
		chen, li, wang, sun := o.person("10001", "陈雅琴", "Chen Yaqin"), o.person("10002", "李强", "Li Qiang"), o.person("10003", "王芳", "Wang Fang"), o.person("10004", "孙立", "Sun Li")
		for _, p := range []staff.Person{chen, li, wang, sun} {
			o.appoint(p, ward, "nurse", 100)
		}
		file := []byte(rosterHead +
			"10001,陈雅芹,,本院职工,0301,,在职\n" +
			"10002,李强,Li Qiang,本院职工,0301,,离职\n" +
			"10003,王芳,Wang Fang,本院职工,0302,,在职\n" +
			"10009,赵敏,Zhao Min,本院职工,0302,13900009999,在职\n" +
			"10010,早已离开,,本院职工,,,离职\n")
		personnel := acttest.For(o.Person("hr", []string{"hr"}, 1, "personnel"), "management")
		people := o.Count("staff_person")
		plan, err := o.room.PreviewRoster(personnel, file)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Adds) != 1 || len(plan.Changes) != 1 || len(plan.Leavers) != 1 || len(plan.Faults) != 0 || len(plan.Missing) != 1 || plan.Missing[0].ID != sun.ID || len(plan.Moved) != 1 || plan.Moved[0].Person.ID != wang.ID {
			t.Errorf("the plan is %+v", plan)
		}
		if n := o.Count("staff_person"); n != people || o.Count("staff_departure") != 0 || o.Count("staff_roster") != 0 {
			t.Errorf("the preview wrote something")
		}
		if _, err := o.room.ApplyRoster(personnel, append(file, "10011,又一人,,本院职工,,,在职\n"...), plan.Digest); fault.KindOf(err) != fault.Conflict {
			t.Errorf("another file was taken in under the digest: %v", err)
		}
		taken, err := o.room.ApplyRoster(personnel, file, plan.Digest)
		if err != nil || taken.Done != 3 || taken.Finished.IsZero() {
			t.Fatalf("%+v, %v", taken, err)
		}
		o.mustHold(li, "after leaving")
		o.mustHold(chen, "after the change of a name", "nurse")
		found, err := o.room.ListPeople(o.admin, staff.PeopleFilter{Text: "1000"}, "", 10, 10)
		if err != nil || found.Count != 5 || found.Items[0].NameZH != "陈雅芹" || found.Items[4].NameZH != "赵敏" {
			t.Errorf("%+v, %v", found, err)
		}
		if again, err := o.room.PreviewRoster(personnel, file); err != nil || len(again.Adds)+len(again.Changes)+len(again.Leavers) != 0 {
			t.Errorf("after taking it in there is left %+v, %v", again, err)
		}

		report, err := o.room.Reconcile(personnel)
		if err != nil {
			t.Fatal(err)
		}
		told := map[staff.MismatchKind]string{}
		for _, m := range report.Mismatches {
			told[m.Kind] += m.Number
		}
		if told[staff.NotInRoster] != "10004" || told[staff.ElsewhereRoster] != "10003" || told[staff.NothingToDo] != "10009" || len(told) != 3 {
			t.Errorf("the report tells %v", told)
		}
	})
}

func TestARosterWithAFaultChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		file := []byte(rosterHead + "10001,陈雅琴,,本院职工,,,在职\n10002,李强,,朋友,,,在职\n10003,王芳,,本院职工,9999,,在职\n")
		plan, err := o.room.PreviewRoster(o.admin, file)
		if err != nil || len(plan.Faults) != 2 {
			t.Fatalf("%+v, %v", plan.Faults, err)
		}
		if _, err := o.room.ApplyRoster(o.admin, file, plan.Digest); fault.KindOf(err) != fault.Invalid {
			t.Errorf("taken in: %v", err)
		}
		if n := o.Count("staff_person"); n != 0 {
			t.Errorf("%d people", n)
		}
		for _, role := range []string{"chief", "science-education", "auditor", "system-administrator"} {
			who := acttest.For(o.Person("somebody", nil, 5, role), "management")
			if _, err := o.room.PreviewRoster(who, file); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s previewed it: %v", role, err)
			}
		}
	})
}

func TestALongRosterIsTakenInByStages(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		var b strings.Builder
		b.WriteString(rosterHead)
		for i := range 250 {
			fmt.Fprintf(&b, "%05d,某人,,本院职工,,139%08d,在职\n", i, i)
		}
		plan, err := o.room.PreviewRoster(o.admin, []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		taken, err := o.room.ApplyRoster(o.admin, []byte(b.String()), plan.Digest)
		if err != nil || taken.Added != 250 || taken.Done != taken.Total {
			t.Fatalf("%+v, %v", taken, err)
		}
		most := 0
		for _, e := range o.Entries() {
			if e.Verb == "staff.apply-roster" {
				most = max(most, len(e.Writes))
			}
		}
		if most > act.MaxRows || most < 100 {
			t.Errorf("the largest stage wrote %d rows", most)
		}
		if found, err := o.room.Rosters(o.admin, 5); err != nil || len(found) != 1 || found[0].Done != 250 {
			t.Errorf("%+v, %v", found, err)
		}
	})
}

func TestReconciliationNamesWhoeverIsHereWithoutWhatHeNeeds(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		teacher, guest := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Visiting, "V001", "马莉")
		o.appoint(teacher, ward, "attending", 300)
		o.stay(staff.NewStay{Person: guest.ID, Kind: staff.Guest, Department: ward.ID, Sponsor: teacher.ID, Until: o.Clock.Now().Add(100 * day)})
		if _, err := o.room.RequireLicence(o.admin, staff.Requirement{Role: "attending", Kind: staff.PhysicianLicence}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.Leave(o.admin, staff.NewDeparture{Person: teacher.ID, Kind: staff.Resigned, At: o.Clock.Now().Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		kinds := func() map[staff.MismatchKind]bool {
			report, err := o.room.Reconcile(o.admin)
			if err != nil {
				t.Fatal(err)
			}
			if report.Stays[staff.Guest] != 1 {
				t.Errorf("stays %v", report.Stays)
			}
			told := map[staff.MismatchKind]bool{}
			for _, m := range report.Mismatches {
				told[m.Kind] = true
			}
			return told
		}
		if got := kinds(); !got[staff.NoTraining] || !got[staff.NoLicence] || len(got) != 2 {
			t.Errorf("now: %v", got)
		}
		o.Clock.Advance(5 * day)
		if got := kinds(); !got[staff.SponsorGone] || !got[staff.NotTakenBack] || got[staff.NoLicence] || got[staff.LeftHolding] {
			t.Errorf("after the sponsor has left: %v", got)
		}
	})
}
