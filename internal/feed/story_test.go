package feed_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/staff"
)

const patientHead = "病案号,姓名,性别,出生日期,身份证号,电话\n"

func TestAListOfPatientsIsTakenOnceAndChangesGoToAPerson(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(patientHead + "M1,李四,男,1960-03-02,,13900001111\nM2,王五,女,1971/4/5,,\n")
		if err != nil {
			t.Fatal(err)
		}
		o.leave("his-patients.csv", gb)
		in := patientsOf("his")
		tried, err := o.room.Try(o.as("sys"), in)
		if err != nil || tried.Tally.Fresh != 2 || len(tried.Samples) != 2 || o.Count("feed_row") != 0 || o.Count("patient_patient") != 0 {
			t.Fatalf("%+v: %v", tried, err)
		}
		if shown := tried.Samples[0].Values; shown["name"] != "李*" || strings.Contains(shown["birthDate"], "60") || shown["sex"] != "male" {
			t.Errorf("a dry run shows who somebody is: %v", shown)
		}
		o.mapped(in)
		run := o.runs("his-patients")
		o.mustCount(run, 2, 0, 0, 0, 0)
		if n := o.Count("patient_patient"); n != 2 || run.Theirs != run.Ours || run.Theirs == "" {
			t.Errorf("%d patients, %q %q", n, run.Theirs, run.Ours)
		}
		again := o.runs("his-patients")
		o.mustCount(again, 0, 0, 2, 0, 0)
		if again.Theirs != run.Theirs {
			t.Error("the same table has another digest")
		}
		o.leave("his-patients.csv", patientHead+"M2,王五,女,1971/4/5,,13900002222\nM1,李四,男,1961-03-02,,13900001111\n")
		changed := o.runs("his-patients")
		o.mustCount(changed, 0, 2, 0, 0, 0)
		if changed.Tally.Fields["birthDate"] != 1 || changed.Tally.Fields["phone"] != 1 || len(changed.Tally.Fields) != 2 {
			t.Errorf("%v", changed.Tally.Fields)
		}
		if n := o.Count("intake_review"); n != 1 {
			t.Errorf("%d reviews: another birth date is for a person", n)
		}
		o.leave("his-patients.csv", patientHead+"M1,李四,男,1961-03-02,,13900001111\n")
		gone := o.runs("his-patients")
		o.mustCount(gone, 0, 0, 1, 0, 1)
		if gone.Tally.Kept != 1 || o.Count("patient_patient") != 2 {
			t.Errorf("%+v", gone.Tally)
		}
		for _, c := range o.room.Checks() {
			if f := c.Ask(t.Context()); f.Verdict != "met" {
				t.Errorf("%s: %+v", c.ID, f)
			}
		}
	})
}

func TestTwoSourcesThatDisagreeOnABirthDateAreAskedAbout(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		for i, code := range []string{"his", "emr"} {
			o.live(code)
			o.leave(code+"-patients.csv", patientHead+fmt.Sprintf("%s-1,李四,男,196%d-03-02,110101196003020011,\n", code, i))
			o.mapped(patientsOf(code))
			o.mustCount(o.runs(code+"-patients"), 1, 0, 0, 0, 0)
		}
		if patients, reviews := o.Count("patient_patient"), o.Count("intake_review"); patients != 2 || reviews != 1 {
			t.Errorf("%d patients, %d reviews", patients, reviews)
		}
	})
}

func TestAVisitIsBegunMovedAndEndedAndGivesItsReaderNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		o.mapped(visitsOf("his"))
		const head = "病案号,姓名,就诊号,入院时间,出院时间,科室,床号,主治\n"
		o.leave("his-visits.csv", head+"M1,李四,V1,2026-03-01 08:00,,0301,12,N-chen\nM2,王五,V2,2026-03-01 09:00,,0301,13,N-sys\nM3,赵六,V3,2026-03-01 09:00,,0301,14,N-404\n")
		run := o.runs("his-visits")
		o.mustCount(run, 3, 0, 0, 0, 0)
		if got := o.findings(run); got != "M2/V2:own:attending M3/V3:not-here:attending" {
			t.Errorf("%s", got)
		}
		if encounters, relations := o.Count("patient_encounter"), o.Count("patient_relation"); encounters != 3 || relations != 1 {
			t.Errorf("%d encounters, %d relations", encounters, relations)
		}
		o.leave("his-visits.csv", head+"M1,李四,V1,2026-03-01 08:00,2026-03-02 07:00,0301,12,N-chen\nM2,王五,V2,2026-03-01 09:00,,0301,15,N-sys\nM3,赵六,V3,2026-03-01 09:00,,0301,14,N-404\n")
		o.mustCount(o.runs("his-visits"), 0, 2, 1, 0, 0)
		ended, moved := o.rows("SELECT COUNT(*) FROM patient_encounter WHERE until IS NOT NULL"), o.rows("SELECT COUNT(*) FROM patient_encounter WHERE bed = $1", "15")
		if ended != 1 || moved != 1 {
			t.Errorf("%d ended, %d moved", ended, moved)
		}
		o.leave("his-visits.csv", head+"M1,李四,V1,2026-03-01 08:00,,0301,12,N-chen\nM2,王五,V2,2026-03-01 09:00,,0301,15,N-sys\nM3,赵六,V3,2026-03-01 09:00,,0301,14,N-404\n")
		o.mustCount(o.runs("his-visits"), 0, 1, 2, 0, 0)
		if ended := o.rows("SELECT COUNT(*) FROM patient_encounter WHERE until IS NOT NULL"); ended != 0 {
			t.Errorf("%d ended: an end that was taken back", ended)
		}
	})
}

func (o *office) rows(sql string, args ...any) (n int64) {
	o.T.Helper()
	err := o.Store.Read(o.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(o.T.Context(), sql, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return n
}

func TestDepartmentsAndPeopleAreAddedAndNeverChanged(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("hr")
		fields := columns("code=代码", "nameZh=名称")
		fields["kind"] = feed.Rule{Columns: []string{"类别"}, Codes: map[string]string{"临床": "clinical", "职能": "administrative"}}
		o.mapped(feed.Writing{Feed: "hr-departments", Source: "hr", Shape: feed.Departments, Mapping: feed.Mapping{Connection: "drop", Table: "dept*.csv", Fields: fields}})
		o.leave("dept-1.csv", "代码,名称,类别\n0301,心内一科,临床\n0302,呼吸内科,临床\n0900,医务科,行政\n")
		run := o.runs("hr-departments")
		o.mustCount(run, 2, 0, 0, 1, 0)
		if got := o.findings(run); got != "0301:differs:nameZh 0900:code:kind" {
			t.Errorf("%s", got)
		}
		_ = o.Store.Read(t.Context(), func(r db.Reader) error {
			if d, known, err := staff.FindDepartment(t.Context(), r, acttest.Org, "0301"); err != nil || !known || d.NameZH != "心血管内科" {
				t.Errorf("what was here was changed: %+v: %v", d, err)
			}
			return nil
		})
		people := columns("number=工号", "nameZh=姓名")
		people["category"] = feed.Rule{Constant: "employee"}
		o.mapped(feed.Writing{Feed: "hr-people", Source: "hr", Shape: feed.People, Mapping: feed.Mapping{Connection: "drop", Table: "people.csv", Fields: people}})
		o.leave("people.csv", "工号,姓名\nN-chen,陈医生\nX-1,新人\n")
		before, appointed := o.Count("staff_person"), o.Count("staff_appointment")
		run = o.runs("hr-people")
		o.mustCount(run, 2, 0, 0, 0, 0)
		if got := o.findings(run); got != "N-chen:differs:nameZh" || o.Count("staff_person") != before+1 || o.Count("staff_appointment") != appointed {
			t.Errorf("%s", got)
		}
	})
}

func TestARunThatCannotBeTrustedIsStoppedAndChangesNothing(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		s := o.live("his")
		o.mapped(patientsOf("his"))
		var rows strings.Builder
		for i := range 30 {
			fmt.Fprintf(&rows, "M%d,患者%d,男,1960-03-02,,\n", i, i)
		}
		o.leave("his-patients.csv", patientHead+rows.String())
		o.mustCount(o.runs("his-patients"), 30, 0, 0, 0, 0)
		stopped := func(why, text string) feed.Run {
			t.Helper()
			o.leave("his-patients.csv", text)
			run := o.runs("his-patients")
			if run.State != feed.Stopped || run.Why != why || o.Count("feed_row") != 30 || o.Count("patient_patient") != 30 {
				t.Errorf("%s: %+v", why, run)
			}
			return run
		}
		run := stopped(feed.WhyMissing, "病案号,姓名,性别,身份证号,电话\nM0,改,男,,\n")
		if fmt.Sprint(run.Missing) != "[出生日期]" {
			t.Errorf("%v", run.Missing)
		}
		if asked := o.asked(); asked != 1 {
			t.Errorf("%d tasks", asked)
		}
		stopped(feed.WhyShrunk, patientHead+"M0,患者0,男,1960-03-02,,\n")
		stopped(feed.WhyBroken, patientHead+strings.ReplaceAll(rows.String(), "1960-03-02", "2099-03-02"))
		if asked := o.asked(); asked != 1 {
			t.Errorf("%d tasks: it is asked once", asked)
		}
		o.leave("his-patients.csv", patientHead+rows.String()+"M30,\x00坏,男,1960-03-02,,\nM31,未来,男,2099-01-01,,\nM32,古人,男,1700-01-01,,\nM1,重复,男,1960-03-02,,\n,无号,男,1960-03-02,,\nM33,公式,男,昨天,,\n")
		run = o.runs("his-patients")
		o.mustCount(run, 0, 0, 30, 6, 0)
		if got := o.findings(run); got != ":broken:name M31:future:birthDate M32:past:birthDate M1:twice:number :missing:number M33:time:birthDate" {
			t.Errorf("%s", got)
		}
		if asked := o.asked(); asked != 0 {
			t.Errorf("%d tasks after a good run", asked)
		}
		o.leave("his-patients.csv", patientHead+"M0,患者0,男,1960-03-02,,\n")
		whole, err := o.room.BeginRun(o.as("sys"), "his-patients", true)
		if err != nil {
			t.Fatal(err)
		}
		o.mustCount(o.settled(whole), 0, 0, 1, 0, 29)
		o.Clock.Advance(time.Minute)
		waiting, err := o.room.BeginRun(o.as("sys"), "his-patients", false)
		if err == nil {
			_, err = o.sources.Suspend(o.as("safe"), s.ID, "停机")
		}
		if err != nil {
			t.Fatal(err)
		}
		if run := o.settled(waiting); run.State != feed.Stopped || run.Why != feed.WhyNotLive {
			t.Errorf("of a source that was suspended meanwhile: %+v", run)
		}
		if _, err := o.room.BeginRun(o.as("sys"), "his-patients", false); faulttest.Code(err) != "feed.source" {
			t.Errorf("%v", err)
		}
	})
}

func (o *office) asked() int {
	o.T.Helper()
	var all []duty.Task
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		all, err = duty.OpenAbout(o.T.Context(), r, acttest.Org, feed.Halted, "his-patients")
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return len(all)
}

func TestNothingIsTakenByAMappingThatOnePersonHasSeen(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		o.leave("his-patients.csv", patientHead+"M1,李四,男,1960-03-02,,\n")
		v, err := o.room.SetMapping(o.as("head"), patientsOf("his"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.room.BeginRun(o.as("sys"), v.Feed, false); faulttest.Code(err) != "feed.unapproved" {
			t.Errorf("%v", err)
		}
		for _, who := range []string{"head", "sys", "chen", "auditor"} {
			if _, err := o.room.Approve(o.as(who), v.Feed, v.Rev); !errors.Is(err, act.ErrRefused) {
				t.Errorf("by %s: %v", who, err)
			}
		}
		if _, err := o.room.Approve(o.as("safe"), v.Feed, 7); faulttest.Code(err) != "feed.moved" {
			t.Errorf("%v", err)
		}
		if _, err := o.room.Approve(o.as("safe"), v.Feed, v.Rev); err != nil {
			t.Fatal(err)
		}
		next := patientsOf("his")
		next.Mapping.Fields["name"] = feed.Rule{Constant: "某人"}
		if _, err := o.room.SetMapping(o.as("sys"), next); err != nil {
			t.Fatal(err)
		}
		run := o.runs(v.Feed)
		o.mustCount(run, 1, 0, 0, 0, 0)
		if run.Rev != v.Rev {
			t.Errorf("read by version %d", run.Rev)
		}
		l, err := o.room.Feeds(o.as("auditor"), web.Paging{})
		if err != nil || len(l.Items) != 1 || l.Items[0].Rev != 2 || l.Items[0].InForce != 1 || !l.Items[0].Live {
			t.Errorf("%+v: %v", l, err)
		}
		if _, err := o.room.Findings(o.as("auditor"), run.ID, web.Paging{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("what rows are called is for those who run systems: %v", err)
		}
		o.Behind("UPDATE feed_mapping SET approved = made, approved_by = $1 WHERE rev = 2", "x")
		if _, err := o.room.BeginRun(o.as("sys"), v.Feed, false); err == nil {
			t.Error("an approval that was written behind the house counts")
		}
	})
}

func TestAFeedIsReadByTheClockUntilItsAgreementEnds(t *testing.T) {
	both(t, func(t *testing.T, o *office) {
		o.live("his")
		in := patientsOf("his")
		in.Mapping.EveryMinutes = 30
		o.mapped(in)
		o.leave("his-patients.csv", patientHead+"M1,李四,男,1960-03-02,,\n")
		tick := func(later time.Duration) int64 {
			t.Helper()
			o.Clock.Advance(later)
			if err := errors.Join(o.room.Tick(t.Context()), o.jobs.Settle(t.Context())); err != nil {
				t.Fatal(err)
			}
			return o.Count("feed_run")
		}
		for i, step := range []struct {
			later time.Duration
			want  int64
		}{{time.Minute, 1}, {10 * time.Minute, 1}, {25 * time.Minute, 2}, {366 * 24 * time.Hour, 2}} {
			if n := tick(step.later); n != step.want {
				t.Errorf("step %d: %d runs, not %d", i, n, step.want)
			}
		}
		for _, c := range o.room.Checks() {
			if f := c.Ask(t.Context()); c.ID == "feed.timely" && f.Verdict != "not-met" {
				t.Errorf("%+v", f)
			}
		}
	})
}
