package staff_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/staff"
)

// asked keeps what people were asked to do. An act may run again, so it counts by
// subject.
type asked map[string]staff.Task

func (a asked) Open(_ context.Context, _ *act.Work, t staff.Task) error {
	a[string(t.Kind)+" "+t.Subject] = t
	return nil
}

func (a asked) Done(_ context.Context, _ *act.Work, kind staff.TaskKind, subject string) error {
	delete(a, string(kind)+" "+subject)
	return nil
}

func (a asked) of(kind staff.TaskKind) []staff.Task {
	var found []staff.Task
	for _, t := range a {
		if t.Kind == kind {
			found = append(found, t)
		}
	}
	return found
}

func TestPeopleAreRemindedOnceAndInTime(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		tasks := asked{}
		o.room.Tie(tasks, nil)
		ward, chen := o.department("0301", "心血管内科"), o.person("10001", "陈雅琴", "Chen Yaqin")
		o.appoint(chen, ward, "attending", 1000)
		remind := func() {
			t.Helper()
			if err := o.room.Remind(t.Context(), acttest.Org); err != nil {
				t.Fatal(err)
			}
		}
		now := o.Clock.Now()
		if _, err := o.room.AddQualification(o.admin, staff.NewQualification{Person: chen.ID, Kind: staff.PhysicianLicence, Number: "1", Since: now.Add(-day), Until: now.Add(60 * day)}); err != nil {
			t.Fatal(err)
		}
		u := o.publish(0, nil)
		signed, err := o.room.SignUndertaking(o.self(chen, "attending"), u.ID)
		if err != nil {
			t.Fatal(err)
		}
		remind() // with the report of the day
		if len(tasks) != 0 {
			t.Errorf("too early: %v", tasks)
		}
		before := len(o.Entries())
		remind()
		if after := len(o.Entries()); after != before {
			t.Errorf("nothing to do left %d entries", after-before)
		}
		o.Clock.Advance(30 * day)
		remind()
		remind()
		if found := tasks.of(staff.RenewQualification); len(found) != 1 || found[0].Person != chen.ID || !found[0].Deadline.Equal(now.Add(60*day)) {
			t.Errorf("the licence: %+v", found)
		}
		o.at(signed.Until.Add(-10 * day))
		remind()
		if found := tasks.of(staff.RenewUndertaking); len(found) != 1 || found[0].Person != chen.ID {
			t.Errorf("the undertaking: %+v", found)
		}
		if _, err := o.room.SignUndertaking(o.self(chen, "attending"), u.ID); err != nil {
			t.Fatal(err)
		}
		if found := tasks.of(staff.RenewUndertaking); len(found) != 0 {
			t.Errorf("signed, and still asked: %+v", found)
		}
	})
}

func TestTheReportOfADayIsKeptOnceAndSaysWhatDoesNotFit(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.appoint(o.person("10001", "陈雅琴", "Chen Yaqin"), o.department("0301", "心血管内科"), "attending", 30)
		o.person("10002", "李强", "Li Qiang")
		for _, wait := range []time.Duration{0, time.Hour, 16 * time.Hour} {
			o.Clock.Advance(wait)
			if err := o.room.Remind(t.Context(), acttest.Org); err != nil {
				t.Fatal(err)
			}
		}
		found, err := o.room.Reports(o.admin, 10)
		if err != nil || len(found) != 2 || found[0].Day != "2026-03-03" || found[1].Day != "2026-03-02" {
			t.Fatalf("%+v, %v", found, err)
		}
		o.mustBe("today", map[string]string{"staff.report-of-the-day": "met"})
		o.Clock.Advance(27 * time.Hour)
		o.mustBe("when no report came", map[string]string{"staff.report-of-the-day": "not-met"})
		if found[0].Governed != 1 || found[0].Mismatches[staff.NothingToDo] != 1 || len(found[0].Mismatches) != 1 {
			t.Errorf("%+v", found[0])
		}
	})
}

func TestAGuestWhoseDayHasComeLeavesAnExitList(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		tasks := asked{}
		o.room.Tie(tasks, nil)
		ward := o.department("0301", "心血管内科")
		teacher, guest := o.person("10001", "陈雅琴", "Chen Yaqin"), o.of(staff.Visiting, "V001", "马莉")
		o.appoint(teacher, ward, "chief", 300)
		o.trained(guest, 300*day)
		o.stay(staff.NewStay{Person: guest.ID, Kind: staff.Guest, Department: ward.ID, Sponsor: teacher.ID, Until: o.Clock.Now().Add(100 * day)})
		for _, wait := range []time.Duration{0, 100 * day, time.Minute} {
			o.Clock.Advance(wait)
			if err := o.room.Remind(t.Context(), acttest.Org); err != nil {
				t.Fatal(err)
			}
		}
		lines, cleared, err := o.room.LinesOf(o.admin, guest.ID)
		if err != nil || cleared || len(lines) != 5 {
			t.Fatalf("%d lines, cleared %t, %v", len(lines), cleared, err)
		}
		found := tasks.of(staff.TakeBack)
		if len(found) != 5 || !slices.ContainsFunc(found, func(task staff.Task) bool { return task.Department == ward.ID }) {
			t.Errorf("asked: %+v", found)
		}
		owner := o.Person("owner", []string{"it"}, 1, "it-head")
		for _, l := range lines {
			if l.Role == "it-head" {
				if _, err := o.room.SignLine(owner, l.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		if found := tasks.of(staff.TakeBack); len(found) != 4 {
			t.Errorf("after one was signed: %d", len(found))
		}
	})
}

func TestWhatRestsWithinATrainingIsTakenUpAgainWithinIt(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		ward := o.department("0301", "心血管内科")
		teacher, pupil := o.person("10001", "陈雅琴", "Chen Yaqin"), o.person("10002", "林晓", "Lin Xiao")
		o.appoint(teacher, ward, "chief", 1000)
		o.trained(pupil, 900*day)
		begin := o.Clock.Now()
		training := o.stay(staff.NewStay{Person: pupil.ID, Kind: staff.Training, Department: ward.ID, Sponsor: teacher.ID, Until: begin.Add(300 * day)})
		leave := o.stay(staff.NewStay{Person: pupil.ID, Kind: staff.LongLeave, Department: ward.ID, Since: begin.Add(10 * day), Until: begin.Add(40 * day), Programme: begin.Add(60 * day)})
		if _, err := o.room.MoveStay(o.admin, training.ID, begin.Add(100*day), time.Time{}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.MoveStay(o.admin, leave.ID, begin.Add(50*day), time.Time{}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			after int
			roles []string
		}{{9, []string{"resident"}}, {10, nil}, {49, nil}, {50, []string{"resident"}}, {99, []string{"resident"}}, {100, nil}} {
			o.at(begin.Add(time.Duration(c.after) * day))
			o.mustHold(pupil, fmt.Sprint("on day ", c.after), c.roles...)
		}
	})
}
