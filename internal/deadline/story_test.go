package deadline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/deadline"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/kit/calendar"
)

func TestWhatIsDueIsAskedForRemindedEscalatedAndMet(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("first-course", "admission-record")...)
		of, stay := o.stay("李四") // Monday, 08:00
		o.tick()
		due := o.seen(stay)
		if got := due["first-course"]; !got.At.Equal(cst(t, "2026-03-02 16:00")) || got.State != deadline.Open || got.Person != o.people["chen"] {
			t.Fatalf("%+v", got)
		}
		if got := due["admission-record"]; !got.At.Equal(cst(t, "2026-03-03 08:00")) {
			t.Fatalf("%+v", got)
		}
		if n := o.Count("duty_task WHERE kind = 'deadline.writing' AND state = 'open'"); n != 2 {
			t.Fatalf("%d tasks", n)
		}
		o.at("2026-03-02 12:30")
		o.tick()
		if n := o.Count("duty_step WHERE kind = 'reminded'"); n != 1 {
			t.Errorf("half of the time has passed and the author was reminded %d times", n)
		}
		o.at("2026-03-02 16:30")
		o.tick()
		if got := o.mine("chen", deadline.BoxOverdue); len(got) != 1 || got[0].Requirement != "first-course" || got[0].Overdue.IsZero() {
			t.Fatalf("overdue of the author: %+v", got)
		}
		if n := o.Count("duty_step WHERE kind = 'escalated' AND person = '" + o.people["wu"] + "'"); n != 1 {
			t.Errorf("it climbed to the superior %d times", n)
		}
		o.write(of, stay, "C0037", cst(t, "2026-03-02 09:00"), true)
		o.write(of, stay, "C0034", time.Time{}, false)
		o.tick()
		due = o.seen(stay)
		late := due["first-course"]
		if late.State != deadline.Met || !late.Late || !late.Backdated || late.LateBy(o.Clock.Now()) != 30*time.Minute {
			t.Errorf("%+v", late)
		}
		if !late.Told.Equal(cst(t, "2026-03-02 09:00")) || !late.Entered.Equal(cst(t, "2026-03-02 16:30")) || !late.EventAt.Equal(cst(t, "2026-03-02 08:00")) {
			t.Errorf("event, entry and what it tells are not apart: %+v", late)
		}
		if got := due["admission-record"]; got.State != deadline.Met || got.Late || got.Signed {
			t.Errorf("%+v", got)
		}
		if n := o.Count("duty_task WHERE kind = 'deadline.writing' AND state = 'open'"); n != 0 {
			t.Errorf("%d are still asked for", n)
		}
		if got := o.mine("chen", deadline.BoxUnexplained); len(got) != 1 || len(got[0].Reasons) != 0 {
			t.Fatalf("%+v", got)
		}
		if _, err := o.room.Explain(o.as("chen"), late.ID, "other", " "); faulttest.Fields(err) == "" {
			t.Errorf("another reason without words: %v", err)
		}
		if _, err := o.room.Explain(o.as("lin"), late.ID, "emergency", ""); faulttest.Code(err) != "act.refused" {
			t.Errorf("a colleague explains: %v", err)
		}
		if _, err := o.room.Explain(o.as("chen"), due["admission-record"].ID, "emergency", ""); faulttest.Code(err) != "deadline.not-late" {
			t.Errorf("what is in time is explained: %v", err)
		}
		if _, err := o.room.Explain(o.as("chen"), late.ID, "emergency", "抢救他人"); err != nil {
			t.Fatal(err)
		}
		if got := o.seen(stay)["first-course"]; !got.Late || !got.Explained || got.Reasons[0].Said != "抢救他人" {
			t.Errorf("%+v", got)
		}
		for _, check := range []string{"deadline.set-by-two", "deadline.followed", "deadline.three-times", "deadline.late-stays"} {
			if f := o.verdict(check); f.Verdict != evidence.Met {
				t.Errorf("%s: %+v", check, f)
			}
		}
	})
}

// Working days over National Day 2026: 1 to 7 October are off, Saturday the 10th is worked.
func TestLimitsInWorkingDaysPassOverTheHolidayAndCountTheSwappedSaturday(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.at("2026-09-30 10:00")
		q := named("discharge-record")[0]
		q.Limit = "3wd"
		o.require(q, named("front-page")[0])
		_, stay := o.stay("李四")
		o.at("2026-09-30 15:00")
		if err := o.discharge(stay, time.Time{}); err != nil {
			t.Fatal(err)
		}
		o.tick()
		due := o.seenBy("zhi", stay)
		if got := due["discharge-record"].At; !got.Equal(cst(t, "2026-10-11 00:00")) { // 8, 9 and 10 October
			t.Errorf("three working days end at %s", got.In(calendar.Zone))
		}
		if got := due["front-page"].At; !got.Equal(cst(t, "2026-10-01 15:00")) {
			t.Errorf("24 hours of the clock end at %s", got.In(calendar.Zone))
		}
		o.at("2026-10-10 23:00")
		o.tick()
		if got := o.seenBy("zhi", stay)["discharge-record"]; got.IsOverdue(o.Clock.Now()) {
			t.Error("the swapped Saturday did not count")
		}
		o.at("2026-10-11 00:00")
		o.tick()
		if got := o.seenBy("zhi", stay)["discharge-record"]; !got.IsOverdue(o.Clock.Now()) {
			t.Error("it is not overdue at the end of the third working day")
		}
		if _, err := o.duty.SetCalendar(o.as("yiwu"), "year 2026 测试通知\noff 2026-10-01..2026-10-12 国庆节\n"); err != nil {
			t.Fatal(err)
		}
		o.tick()
		if got := o.seenBy("zhi", stay)["discharge-record"]; got.Overdue.IsZero() || !got.At.Equal(cst(t, "2026-10-16 00:00")) {
			t.Errorf("after the holiday was made longer: %+v", got)
		}
	})
}

func TestNotesAreDueMoreOftenTheMoreIllSomebodyIs(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("progress-note")...)
		of, stay := o.stay("李四")
		o.tick()
		if got := o.seen(stay)["progress-note"].At; !got.Equal(cst(t, "2026-03-06 00:00")) {
			t.Fatalf("the first is due %s", got)
		}
		o.at("2026-03-03 09:00")
		o.write(of, stay, "C0038", time.Time{}, true)
		o.tick()
		if got := o.seen(stay)["progress-note"]; got.State != deadline.Open || !got.At.Equal(cst(t, "2026-03-07 00:00")) {
			t.Fatalf("the next is due %s", got.At)
		}
		o.at("2026-03-03 10:00")
		if err := o.room.SetCondition(o.as("chen"), stay, "dying"); faulttest.Fields(err) == "" {
			t.Errorf("%v", err)
		}
		if err := o.room.SetCondition(o.as("chen"), stay, deadline.Critical); err != nil {
			t.Fatal(err)
		}
		o.tick()
		if got := o.seen(stay)["progress-note"]; !got.At.Equal(cst(t, "2026-03-05 00:00")) {
			t.Errorf("somebody critical is written about by %s", got.At)
		}
		if n := o.Count("duty_task WHERE state = 'open' AND kind = 'deadline.writing'"); n != 1 {
			t.Errorf("%d tasks", n)
		}
		o.at("2026-03-04 10:00")
		if err := o.discharge(stay, time.Time{}); err != nil {
			t.Fatal(err)
		}
		o.tick()
		if n := o.Count("duty_task WHERE state = 'open' AND kind = 'deadline.writing'"); n != 0 {
			t.Errorf("a note is due after the discharge: %d", n)
		}
	})
}

func TestAChangedLimitMovesWhatIsOpenAndNothingElse(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("first-course", "admission-record")...)
		of, first := o.stay("李四")
		o.at("2026-03-03 09:00")
		o.write(of, first, "C0034", time.Time{}, true) // an hour late
		o.tick()
		_, second := o.stay("王五")
		o.tick()
		longer := named("first-course", "admission-record")
		longer[1].Limit = "72h"
		effect, err := o.room.Preview(o.as("zhi"), longer)
		if err != nil || effect.Moved != 1 || effect.Encounters != 2 || len(effect.Changes) != 1 || effect.Changes[0].Fields[0] != "limit" {
			t.Errorf("preview %+v: %v", effect, err)
		}
		o.require(longer...)
		o.tick()
		if got := o.seen(second)["admission-record"]; !got.At.Equal(cst(t, "2026-03-06 09:00")) || got.Set != 2 {
			t.Errorf("%+v", got)
		}
		if n := o.Count("duty_step WHERE kind = 'reckoned-again'"); n != 1 {
			t.Errorf("%d deadlines moved", n)
		}
		if got := o.seen(first)["admission-record"]; !got.Late || got.Set != 1 {
			t.Errorf("what was late is not: %+v", got)
		}
		again := o.Count("deadline_due")
		o.tick()
		if n := o.Count("deadline_due"); n != again {
			t.Errorf("a second look made %d of %d", n, again)
		}
	})
}

func TestAPauseHasAReasonAndAnEndAndIsNobodysOwn(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("discharge-record")...)
		_, stay := o.stay("李四")
		if err := o.discharge(stay, o.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		o.tick()
		due := o.seen(stay)["discharge-record"]
		ask := deadline.Pausing{Due: due.ID, Cause: "pathology", Words: "等待病理", Until: cst(t, "2026-03-04 08:00")}
		if _, err := o.room.Pause(o.as("chen"), ask); faulttest.Code(err) != "act.refused" {
			t.Errorf("the author paused his own: %v", err)
		}
		endless := ask
		endless.Until = time.Time{}
		if _, err := o.room.Pause(o.as("wu"), endless); !strings.Contains(faulttest.Fields(err), "until") {
			t.Errorf("a pause without an end: %v", err)
		}
		if _, err := o.room.Pause(o.as("wu"), ask); err != nil {
			t.Fatal(err)
		}
		o.at("2026-03-03 12:00")
		o.tick()
		if got := o.seen(stay)["discharge-record"]; got.IsOverdue(o.Clock.Now()) || got.Pauses[0].Said != "等待病理" {
			t.Errorf("%+v", got)
		}
		o.at("2026-03-04 08:00")
		o.tick()
		got := o.seen(stay)["discharge-record"]
		if !got.Paused.IsZero() || !got.At.Equal(cst(t, "2026-03-05 08:00")) {
			t.Errorf("it runs on until %s", got.At)
		}
		if n := o.Count("duty_task WHERE state = 'open' AND paused IS NULL AND kind = 'deadline.writing'"); n != 1 {
			t.Error("the task did not run on")
		}
	})
}

func TestNothingIsArchivedWhileAMandatoryDocumentIsMissing(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("admission-record", "discharge-record")...)
		of, stay := o.stay("李四")
		record := o.write(of, stay, "C0034", time.Time{}, true)
		if err := o.discharge(stay, o.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		o.tick()
		err := o.records.Archive(o.as("bing"), record)
		if faulttest.Code(err) != "deadline.missing" || !strings.Contains(faulttest.Fields(err), "missing.discharge-record") {
			t.Fatalf("%v", err)
		}
		if f := o.verdict("deadline.archived-complete"); f.Verdict != evidence.Met || f.Figure != "1 / 1" {
			t.Errorf("%+v", f)
		}
		o.write(of, stay, "C0049", time.Time{}, true)
		if err := o.records.Archive(o.as("bing"), record); err != nil {
			t.Errorf("complete, and not archived: %v", err)
		}
	})
}

func TestWhatASourceDoesNotSayIsShownAndADischargeBeforeTheAdmissionIsRefused(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("first-course", "admission-record")...)
		of, stay := o.stay("李四")
		o.tick()
		o.at("2026-03-02 10:00")
		o.report(of, stay, "C0037", "", time.Time{})
		if err := o.discharge(stay, cst(t, "2026-03-01 10:00")); !strings.Contains(faulttest.Fields(err), "until") {
			t.Errorf("a discharge before the admission: %v", err)
		}
		o.at("2026-03-04 10:00")
		o.report(of, stay, "C0034", o.people["lin"], cst(t, "2026-03-02 20:00"))
		o.tick()
		due := o.seen(stay)
		if got := due["first-course"]; got.State != deadline.Met || strings.Join(got.Gaps, " ") != "no-author signed-elsewhere no-time" || got.Person != o.people["chen"] {
			t.Errorf("%+v", got)
		}
		if got := due["admission-record"]; got.Late || !got.Backdated || got.Person != o.people["lin"] || !got.Received.Equal(o.Clock.Now()) {
			t.Errorf("it came two days after the time that it tells: %+v", got)
		}
	})
}

func TestTheRecordsOfficeSignsEachWorkingDayWhatItSaw(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("discharge-record")...)
		if _, err := o.duty.SetRule(o.as("yiwu"), duty.NewRule{Kind: deadline.DayCheck.ID, Recurrence: calendar.EveryDay, Role: "records-clerk"}); err != nil {
			t.Fatal(err)
		}
		of, stay := o.stay("李四")
		if err := o.discharge(stay, o.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		o.tick()
		today, err := o.room.Today(o.as("bing"))
		if err != nil || today.Missing != 1 || today.Incomplete != 1 || today.Discharged != 1 || today.Done || len(today.List.Items) != 1 {
			t.Fatalf("%+v: %v", today, err)
		}
		o.write(of, stay, "C0049", time.Time{}, false)
		o.tick()
		if _, err := o.room.SignDay(o.as("bing"), today.Digest, ""); faulttest.Code(err) != "deadline.moved" {
			t.Errorf("what has changed since is signed: %v", err)
		}
		if today, err = o.room.Today(o.as("bing")); err != nil || today.Missing != 0 || today.Unsigned != 1 {
			t.Fatalf("%+v: %v", today, err)
		}
		o.signDay(t)
		if _, err := o.room.SignDay(o.as("bing"), today.Digest, ""); faulttest.Code(err) != "deadline.day-signed" {
			t.Errorf("signed twice: %v", err)
		}
		o.at("2026-03-04 09:00") // the Tuesday passed unsigned
		o.tick()
		o.signDay(t)
		periods, err := o.duty.Periods(o.as("yiwu"), "", true, "", 0)
		if err != nil || len(periods.Items) != 1 || periods.Items[0].Missed.IsZero() || periods.Items[0].Done.IsZero() {
			t.Errorf("the missed day: %+v %v", periods.Items, err)
		}
		if f := o.verdict("deadline.days-signed"); f.Verdict != evidence.NotMet || f.Figure != "1 / 2" {
			t.Errorf("%+v", f)
		}
	})
}

// signDay signs the list as it stands.
func (o *ward) signDay(t *testing.T) {
	t.Helper()
	today, err := o.room.Today(o.as("bing"))
	if err == nil {
		_, err = o.room.SignDay(o.as("bing"), today.Digest, "已催补")
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestADepartmentSeesItsOwnAndTheFiguresAddUp(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		o.require(named("first-course", "admission-record")...)
		of, stay := o.stay("李四")
		o.write(of, stay, "C0037", time.Time{}, true)
		o.at("2026-03-04 10:00")
		o.tick()
		l, err := o.room.List(o.as("wu"), deadline.Filter{Box: deadline.BoxOverdue, Department: o.department}, web.Paging{})
		if err != nil || len(l.Items) != 1 || l.Items[0].Requirement != "admission-record" {
			t.Fatalf("%+v %v", l, err)
		}
		if _, err := o.room.List(o.as("wu"), deadline.Filter{}, web.Paging{}); faulttest.Code(err) != "act.refused" {
			t.Errorf("a head sees the house: %v", err)
		}
		if _, err := o.room.List(o.as("zhi"), deadline.Filter{Month: "2026-3"}, web.Paging{}); !strings.Contains(faulttest.Fields(err), "month") {
			t.Errorf("%v", err)
		}
		f, err := o.room.Figures(o.as("zhi"), 2026, "")
		if err != nil || len(f.Rows) != 2 || f.Rows[0].Missing != 1 || f.Rows[0].Requirement != "admission-record" || f.Rows[1].OnTime != 1 || f.Rows[1].Month != 3 {
			t.Errorf("%+v %v", f.Rows, err)
		}
	})
}

func TestASetIsApprovedByAnotherAndNotForThePast(t *testing.T) {
	both(t, func(t *testing.T, o *ward) {
		bad := named("admission-record", "admission-record")
		bad[0].Kinds, bad[0].Limit = []string{"C9999"}, "24"
		_, err := o.room.Propose(o.as("zhi"), deadline.Proposal{Requirements: bad, Why: "x1"})
		for _, field := range []string{"requirements[0].kinds", "requirements[0].limit", "requirements[1].key"} {
			if !strings.Contains(faulttest.Fields(err), field) {
				t.Errorf("%s is not named: %v", field, faulttest.Fields(err))
			}
		}
		s, err := o.room.Propose(o.as("yiwu"), deadline.Proposal{Requirements: deadline.Starter(), Why: "首次启用", Since: o.Clock.Now().AddDate(0, 0, -30)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.Settle(o.as("yiwu"), s.ID, true, ""); faulttest.Code(err) != "act.refused" {
			t.Errorf("its proposer approved it: %v", err)
		}
		if _, err := o.room.Settle(acttest.For(o.as("yiwu"), "management"), s.ID, false, ""); err == nil {
			t.Error("rejected by its proposer, without a word")
		}
	})
}
