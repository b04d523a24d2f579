package duty_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/kit/calendar"
)

func TestAssistanceIsAskedTakenAndAnswered(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Role: "dba", Department: h.departments["it"]}, Words: "请核对二月备份的口令"})
		for who, want := range map[string]int{"dba": 1, "dba2": 1, "sys": 0, "lin": 0, "safe": 0} {
			if got := h.todo(who); len(got) != want {
				t.Errorf("%s has %d tasks, want %d", who, len(got), want)
			}
		}
		if d := h.view("dba", task.ID); d.Words != "请核对二月备份的口令" || !slices.Equal(d.Actions, []string{"duty.take"}) || d.Title.ZH != "岗位协助" {
			t.Errorf("%q %v %v", d.Words, d.Actions, d.Title)
		}
		if _, err := h.room.Finish(h.as("dba"), task.ID, "好", ""); faulttest.Code(err) != "act.refused" {
			t.Errorf("finished without taking it: %v", err)
		}
		if _, err := h.room.Take(h.as("dba"), task.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Take(h.as("dba2"), task.ID); faulttest.Code(err) != "act.refused" {
			t.Errorf("a task was taken twice: %v", err)
		}
		if len(h.todo("dba2")) != 0 {
			t.Error("a task that somebody has still waits in the pool")
		}
		h.Clock.Advance(3 * time.Hour)
		if _, err := h.room.Finish(h.as("dba"), task.ID, "已核对，一致", "backup:2026-02"); err != nil {
			t.Fatal(err)
		}
		e := h.Last()
		if e.Verb != "duty.done" || e.Outcome != ledger.Done || e.Note["task"] != task.ID || len(e.Writes) != 2 {
			t.Errorf("%+v", e)
		}
		d := h.view("safe", task.ID)
		last := d.Steps[len(d.Steps)-1]
		if last.Kind != duty.StepDone || last.Words != "已核对，一致" || last.Proof != "backup:2026-02" || last.Actor != h.id("dba") || !last.At.Equal(h.Clock.Now()) {
			t.Errorf("%+v", last)
		}
		if _, err := h.room.Finish(h.as("dba"), task.ID, "", ""); faulttest.Code(err) != "duty.closed" {
			t.Errorf("finished twice: %v", err)
		}
		page, err := h.room.Inbox(h.as("dba"), duty.InboxFilter{Box: duty.BoxDone}, "", 0)
		mine, mineErr := h.room.Inbox(h.as("safe"), duty.InboxFilter{Box: duty.BoxMine}, "", 0)
		if err != nil || mineErr != nil || len(page.Items) != 1 || len(mine.Items) != 1 || mine.Items[0].Who.ZH != "dba" {
			t.Errorf("done %d, asked for %d: %v %v", len(page.Items), len(mine.Items), err, mineErr)
		}
		for _, e := range h.Entries() {
			entry, err := ledger.Encode(e)
			if text := string(entry.Bytes()); err != nil || strings.Contains(text, "备份") || strings.Contains(text, "一致") {
				t.Fatalf("the ledger says what was written: %s", text)
			}
		}
	})
}

// Over the National Day of 2026: 1 to 7 October are off, Saturday the 10th is worked.
func TestClocksStandStillOverAHolidayWeek(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-09-30 10:00")
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("lin")}})
		if !task.Deadline.Equal(cst(t, "2026-10-11 00:00")) || !task.Certain {
			t.Fatalf("three working days from 30 September end %s", task.Deadline.In(calendar.Zone))
		}
		for _, hour := range []string{"2026-10-01 08:00", "2026-10-03 09:00", "2026-10-07 23:59", "2026-10-08 08:00"} {
			h.at(hour)
			h.tick()
			if got := h.history(task.ID); !slices.Equal(got, []string{"opened"}) {
				t.Fatalf("at %s: %v", hour, got)
			}
		}
		if d := h.view("lin", task.ID); d.Left.Working != 24*time.Hour {
			t.Errorf("three working days of eight hours are left, got %s", d.Left.Working)
		}
		// 6 hours on 30 September and 24 more: half is 15, the third hour of 9 October.
		h.at("2026-10-09 08:59")
		h.tick()
		if len(h.history(task.ID)) != 1 {
			t.Error("reminded too early")
		}
		h.at("2026-10-09 09:01")
		h.tick()
		if got := h.history(task.ID); !slices.Equal(got, []string{"opened", "reminded"}) {
			t.Fatalf("at half of the time: %v", got)
		}
		e := h.Last()
		for _, e = range slices.Backward(h.Entries()) {
			if e.Verb == "duty.clock" {
				break
			}
		}
		if e.Actor.Kind != "job" || e.Purpose != "operation" || e.Note["task"] != task.ID {
			t.Errorf("who reminded: %+v", e)
		}
		h.at("2026-10-10 23:59")
		h.tick()
		if len(h.history(task.ID)) != 2 {
			t.Error("late before the end of the swapped Saturday")
		}
		h.at("2026-10-11 00:00")
		if d := h.view("lin", task.ID); !d.IsLate(h.Clock.Now()) {
			t.Error("not late before the clock was looked at")
		}
		h.tick()
		h.tick()
		if got := h.history(task.ID); !slices.Equal(got, []string{"opened", "reminded", "overdue", "escalated chen"}) {
			t.Fatalf("at the deadline: %v", got)
		}
		if !slices.Contains(h.todo("chen"), task.ID) || slices.Contains(h.todo("wu"), task.ID) {
			t.Error("it climbed to the head alone")
		}
		h.at("2026-10-13 23:59")
		h.tick()
		if len(h.history(task.ID)) != 4 {
			t.Error("climbed too early")
		}
		h.at("2026-10-14 00:00")
		h.tick()
		if got := h.history(task.ID); !slices.Equal(got[4:], []string{"escalated zhou"}) {
			t.Fatalf("two working days after: %v", got)
		}
		waits, err := h.room.CountWaiting(h.as("lin"))
		if err != nil || waits != (duty.Waits{Todo: 1, Late: 1}) {
			t.Errorf("%+v %v", waits, err)
		}
		if _, err := h.room.Take(h.as("chen"), task.ID); err != nil {
			t.Fatal(err)
		}
		done, err := h.room.Finish(h.as("chen"), task.ID, "代为完成", "")
		if err != nil || !done.Late {
			t.Errorf("done late, and no longer late: %+v %v", done, err)
		}
	})
}

func TestAClockThatWasNotKeptCatchesUpInOrder(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("lin")}})
		h.at("2026-04-01 08:00")
		h.tick()
		if got := h.history(task.ID); !slices.Equal(got, []string{"opened", "reminded", "overdue", "escalated chen", "escalated zhou"}) {
			t.Errorf("%v", got)
		}
		d := h.view("affairs", task.ID)
		for i, s := range d.Steps[1:] {
			if s.Due.IsZero() || s.Due.Before(d.Steps[i].Due) || s.Actor != "job" {
				t.Errorf("%+v", s)
			}
		}
	})
}

func TestOneProcessKeepsTheClocks(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		task := h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		h.tick()
		other, _ := h.another()
		h.Clock.Advance(time.Minute)
		h.room, other = other, h.room
		h.Clock.Advance(0)
		h.tick()
		h.Clock.Advance(25 * time.Hour)
		h.tick()
		if got := h.history(task.ID); !slices.Contains(got, "overdue") {
			t.Errorf("the second process does not take over: %v", got)
		}
		before := len(h.Entries())
		if err := other.Tick(t.Context()); err != nil || len(h.Entries()) != before {
			t.Errorf("two keep the clocks at once: %d entries more, %v", len(h.Entries())-before, err)
		}
	})
}

func TestNobodyStopsHisOwnClock(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		task := h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		_, err := h.room.Pause(h.as("lin"), task.ID, "等对方")
		h.refused(err, "duty.pause")
		_, err = h.room.Pause(h.as("gu"), task.ID, "等对方")
		h.refused(err, "duty.pause")
		h.at("2026-03-02 12:00")
		if _, err := h.room.Pause(h.as("chen"), task.ID, "等待厂商"); err != nil {
			t.Fatal(err)
		}
		h.at("2026-03-04 12:00")
		h.tick()
		if got := h.history(task.ID); !slices.Equal(got, []string{"opened", "paused"}) {
			t.Errorf("a stopped clock struck: %v", got)
		}
		if d := h.view("lin", task.ID); d.Left.Clock != 20*time.Hour || d.IsLate(h.Clock.Now()) {
			t.Errorf("20 hours are left while it stands: %s", d.Left.Clock)
		}
		if _, err := h.room.Pause(h.as("chen"), task.ID, "再次"); faulttest.Code(err) != "duty.paused" {
			t.Error(err)
		}
		resumed, err := h.room.Resume(h.as("chen"), task.ID)
		if err != nil || !resumed.Deadline.Equal(cst(t, "2026-03-05 08:00")) {
			t.Fatalf("%s %v", resumed.Deadline.In(calendar.Zone), err)
		}
		if _, err := h.room.Resume(h.as("chen"), task.ID); faulttest.Code(err) != "duty.running" {
			t.Error(err)
		}
		h.at("2026-03-05 08:00")
		h.tick()
		if got := h.history(task.ID); !slices.Contains(got, "overdue") {
			t.Errorf("%v", got)
		}
	})
}

func TestMoreTimeIsGrantedByWhoAsked(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("lin")}})
		h.at("2026-03-06 08:00")
		h.tick()
		if _, err := h.room.GrantExtension(h.as("safe"), task.ID, true, time.Time{}, ""); faulttest.Code(err) != "duty.not-asked" {
			t.Errorf("granted what nobody asked for: %v", err)
		}
		if _, err := h.room.AskExtension(h.as("lin"), task.ID, cst(t, "2026-03-05 08:00"), "人手不足"); faulttest.Code(err) != "duty.input" {
			t.Errorf("asked for less time: %v", err)
		}
		until := cst(t, "2026-03-10 18:00")
		if _, err := h.room.AskExtension(h.as("lin"), task.ID, until, "人手不足"); err != nil {
			t.Fatal(err)
		}
		asked := h.todo("safe")
		if len(asked) != 1 {
			t.Fatalf("who asked for the task has %d to decide", len(asked))
		}
		if d := h.view("safe", asked[0]); d.Kind != "duty.extension" || d.Parent != task.ID {
			t.Errorf("%+v", d.Task)
		}
		if _, err := h.room.Finish(h.as("safe"), asked[0], "", ""); faulttest.Code(err) != "duty.decide-there" {
			t.Error(err)
		}
		_, err := h.room.GrantExtension(h.as("lin"), task.ID, true, time.Time{}, "")
		h.refused(err, "duty.grant-extension")
		if !slices.Contains(h.view("safe", task.ID).Actions, "duty.grant-extension") || slices.Contains(h.view("lin", task.ID).Actions, "duty.grant-extension") {
			t.Error("what is offered is not what is allowed")
		}
		granted, err := h.room.GrantExtension(h.as("safe"), task.ID, true, time.Time{}, "同意")
		if err != nil || !granted.Deadline.Equal(until) || granted.IsLate(h.Clock.Now()) {
			t.Fatalf("%+v %v", granted, err)
		}
		if len(h.todo("safe")) != 0 {
			t.Error("the request is still there")
		}
		h.at("2026-03-10 18:00")
		h.tick()
		want := []string{"opened", "reminded", "overdue", "escalated chen", "extension-asked", "extension-granted", "reminded", "overdue", "escalated chen"}
		if got := h.history(task.ID); !slices.Equal(got, want) {
			t.Errorf("%v", cmp.Diff(want, got))
		}
	})
}

func TestAJointTaskClosesWhenEveryDepartmentHasFinished(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		parties := []string{h.departments["cardiology"], h.departments["quality"], h.departments["it"]}
		if _, err := h.room.Ask(h.as("affairs"), duty.Request{Kind: "duty.joint", Words: "x", Parties: parties[:1]}); faulttest.Code(err) != "duty.input" {
			t.Errorf("a joint task of one department: %v", err)
		}
		task := h.ask("affairs", duty.Request{Kind: "duty.joint", Parties: parties, Words: "统一授权清单"})
		if task.Person != h.id("affairs") {
			t.Error("whoever asks leads it")
		}
		if _, err := h.room.Finish(h.as("affairs"), task.ID, "", ""); faulttest.Code(err) != "duty.unsigned" || fault.From(err).Values["count"] != "3" {
			t.Errorf("closed without the departments: %v", err)
		}
		for i, who := range []string{"lin", "qian", "dba"} {
			part := h.todo(who)
			if len(part) != 1 {
				t.Fatalf("%s has %d tasks", who, len(part))
			}
			if d := h.view(who, part[0]); d.Words != "统一授权清单" {
				t.Errorf("%s is not told what to do: %q", who, d.Words)
			}
			if _, err := h.room.Take(h.as(who), part[0]); err != nil {
				t.Fatal(err)
			}
			if _, err := h.room.Return(h.as(who), part[0], "不归我们"); faulttest.Code(err) != "duty.joint-part" {
				t.Error(err)
			}
			if d := h.view("affairs", task.ID); d.State != duty.Open {
				t.Fatalf("closed after %d of 3", i)
			}
			if _, err := h.room.Finish(h.as(who), part[0], "已完成", "file:1"); err != nil {
				t.Fatal(err)
			}
		}
		if d := h.view("affairs", task.ID); d.State != duty.Done || len(d.Parts) != 3 {
			t.Errorf("%s with %d parts", d.State, len(d.Parts))
		}
		cancelled := h.ask("affairs", duty.Request{Kind: "duty.joint", Parties: parties})
		if _, err := h.room.Cancel(h.as("affairs"), cancelled.ID, ""); err != nil || len(h.todo("qian")) != 0 {
			t.Errorf("the parts of a cancelled task stay: %v", err)
		}
	})
}

func TestIssuesHaveTheirHours(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-10-02 20:00") // a holiday: hours run
		general := h.ask("lin", duty.Request{Kind: "duty.issue", To: duty.To{Department: h.departments["it"]}})
		major := h.ask("lin", duty.Request{Kind: "duty.major-issue", To: duty.To{Person: h.id("dba")}})
		if !general.Deadline.Equal(cst(t, "2026-10-03 20:00")) || !major.Deadline.Equal(cst(t, "2026-10-04 20:00")) {
			t.Errorf("%s %s", general.Deadline, major.Deadline)
		}
		parts := h.view("lin", major.ID).Parts
		if len(parts) != 1 || parts[0].Kind != "duty.interim" || !parts[0].Deadline.Equal(cst(t, "2026-10-03 20:00")) || parts[0].Person != h.id("dba") {
			t.Fatalf("the interim report: %+v", parts)
		}
		for _, q := range []duty.Request{{Limit: "25h"}, {Limit: "2wd"}, {Deadline: cst(t, "2026-10-03 20:01")}, {Deadline: cst(t, "2026-10-02 19:00")}} {
			q.Kind, q.To, q.Words = "duty.issue", duty.To{Person: h.id("dba")}, "x"
			if _, err := h.room.Ask(h.as("lin"), q); faulttest.Code(err) != "duty.input" {
				t.Errorf("a 24-hour issue until %s %s: %v", q.Limit, q.Deadline, err)
			}
		}
		if short := h.ask("lin", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("dba")}, Limit: "4h"}); short.Limit != "4h" {
			t.Errorf("%+v", short)
		}
		if _, err := h.room.Finish(h.as("dba"), parts[0].ID, "进展", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Finish(h.as("dba"), major.ID, "已解决", ""); err != nil {
			t.Fatal(err)
		}
		for bad, q := range map[string]duty.Request{
			"duty.unknown-kind": {Kind: "duty.log-review", To: duty.To{Role: "dba"}, Words: "x"},
			"duty.no-one":       {Kind: "duty.issue", Words: "x"},
			"duty.input":        {Kind: "duty.issue", To: duty.To{Department: "nowhere"}, Words: "x"},
		} {
			if _, err := h.room.Ask(h.as("lin"), q); faulttest.Code(err) != bad {
				t.Errorf("want %s: %v", bad, err)
			}
		}
	})
}

func TestAMissedPeriodStaysMissed(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-08-20 09:00")
		_, err := h.room.SetRule(h.as("lin"), duty.NewRule{Kind: "duty.log-review", Recurrence: calendar.EveryMonth, Role: "quality"})
		h.refused(err, "duty.set-rule")
		rule, err := h.room.SetRule(h.as("qian"), duty.NewRule{Kind: "duty.log-review", Recurrence: calendar.EveryMonth, Role: "quality", Departments: []string{h.departments["quality"]}})
		if err != nil {
			t.Fatal(err)
		}
		h.tick()
		august := h.todo("qian")
		if len(august) != 1 || !h.view("qian", august[0]).Deadline.Equal(cst(t, "2026-09-01 00:00")) {
			t.Fatalf("August: %v", august)
		}
		h.at("2026-11-05 09:00") // nobody kept the clocks for two months
		h.tick()
		got := func() []string {
			found := h.periods("qian", rule.ID)
			var all []string
			for _, p := range found {
				all = append(all, p.Name+" missed:"+map[bool]string{true: "no", false: "yes"}[p.Missed.IsZero()]+" done:"+map[bool]string{true: "no", false: "yes"}[p.Done.IsZero()])
			}
			return all
		}
		want := []string{"2026-11 missed:no done:no", "2026-10 missed:yes done:no", "2026-09 missed:yes done:no", "2026-08 missed:yes done:no"}
		if !slices.Equal(got(), want) {
			t.Fatalf("%v", cmp.Diff(want, got()))
		}
		if got := h.history(august[0]); !slices.Contains(got, "missed") || !slices.Contains(got, "overdue") {
			t.Errorf("%v", got)
		}
		for _, task := range h.todo("qian") {
			if _, err := h.room.Take(h.as("qian"), task); err != nil {
				t.Fatal(err)
			}
			if _, err := h.room.Finish(h.as("qian"), task, "结论", ""); err != nil {
				t.Fatal(err)
			}
		}
		h.tick()
		want = []string{"2026-11 missed:no done:yes", "2026-10 missed:yes done:yes", "2026-09 missed:yes done:yes", "2026-08 missed:yes done:yes"}
		if !slices.Equal(got(), want) {
			t.Errorf("%v", cmp.Diff(want, got()))
		}
		if err := h.room.EndRule(h.as("qian"), rule.ID); err != nil {
			t.Fatal(err)
		}
		h.at("2027-02-01 09:00")
		h.tick()
		if len(got()) != 4 {
			t.Error("an ended duty recurs")
		}
	})
}

func TestDailyDutiesPassOverDaysOff(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-09-30 07:00")
		rule, err := h.room.SetRule(h.as("safe"), duty.NewRule{Kind: "duty.sampling", Recurrence: calendar.EveryDay, Role: "dba"})
		if err != nil {
			t.Fatal(err)
		}
		h.at("2026-10-12 07:00")
		h.tick()
		var names []string
		for _, p := range h.periods("safe", rule.ID) {
			names = append(names, p.Name)
		}
		if want := []string{"2026-10-12", "2026-10-10", "2026-10-09", "2026-10-08", "2026-09-30"}; !slices.Equal(names, want) {
			t.Errorf("%v", names)
		}
	})
}

func TestAFlowGoesFromHandToHand(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		flow, err := h.room.SetFlow(h.as("affairs"), duty.Flow{NameZH: "跨科会商", Steps: []duty.FlowTask{
			{NameZH: "质控核实", Role: "quality", Limit: "24h"}, {NameZH: "信息处理", Department: h.departments["it"], Limit: "2wd"}, {NameZH: "确认", Limit: "1wd"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		begun, err := h.room.Begin(h.as("lin"), flow.ID, "病区网络中断")
		if err != nil {
			t.Fatal(err)
		}
		if next, err := h.room.SetFlow(h.as("affairs"), duty.Flow{ID: flow.ID, NameZH: "跨科会商", Steps: []duty.FlowTask{{NameZH: "另一种", Role: "quality", Limit: "1h"}}}); err != nil || next.Version != 2 {
			t.Fatalf("%+v %v", next, err)
		}
		for _, who := range []string{"qian", "sys", "lin"} {
			waiting := h.todo(who)
			if len(waiting) != 1 {
				t.Fatalf("%s has %d tasks", who, len(waiting))
			}
			if d := h.view(who, waiting[0]); d.Words != "病区网络中断" || !strings.HasPrefix(d.Title.ZH, "跨科会商 · ") {
				t.Errorf("%q %s", d.Words, d.Title.ZH)
			}
			if _, err := h.room.Take(h.as(who), waiting[0]); err != nil && who != "lin" {
				t.Fatal(err)
			}
			if _, err := h.room.Finish(h.as(who), waiting[0], "完成", ""); err != nil {
				t.Fatal(err)
			}
		}
		if d := h.view("affairs", begun.ID); len(d.Parts) != 2 || d.Parts[1].State != duty.Done || d.Parts[1].Title.ZH != "跨科会商 · 确认" {
			t.Errorf("it kept to the version that it was begun with: %+v", d.Parts)
		}
		if _, err := h.room.SetFlow(h.as("affairs"), duty.Flow{NameZH: "x", Steps: []duty.FlowTask{{NameZH: "y", Limit: "soon"}}}); faulttest.Code(err) != "duty.input" {
			t.Error(err)
		}
	})
}

func TestARosterSaysWhoStandsInAndWhoAnswers(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		task := h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		now := h.Clock.Now()
		put := func(as string, n duty.NewTurn) error {
			n.Since = now
			_, err := h.room.PutOnRoster(h.as(as), n)
			return err
		}
		if err := put("chen", duty.NewTurn{Kind: duty.Cover, Dept: h.departments["cardiology"], Person: h.id("wu"), InsteadOf: h.id("gu"), Until: now.Add(day)}); faulttest.Code(err) != "duty.input" {
			t.Errorf("a department gave away the patients of another: %v", err)
		}
		if err := put("chen", duty.NewTurn{Kind: duty.Cover, Dept: h.departments["cardiology"], Person: h.id("wu"), InsteadOf: h.id("lin"), Until: now.Add(day)}); err != nil {
			t.Fatal(err)
		}
		h.refused(put("gu", duty.NewTurn{Kind: duty.Shift, Dept: h.departments["cardiology"], Person: h.id("wu"), Until: now.Add(day)}), "duty.set-roster")
		h.refused(put("chen", duty.NewTurn{Kind: duty.Administrator, Person: h.id("chen"), Until: now.Add(day)}), "duty.set-roster")
		if err := put("affairs", duty.NewTurn{Kind: duty.Administrator, Person: h.id("gu"), Until: now.Add(8 * day)}); faulttest.Code(err) != "duty.input" {
			t.Errorf("on duty for more than a week: %v", err)
		}
		if err := put("affairs", duty.NewTurn{Kind: duty.Administrator, Person: h.id("gu"), Until: now.Add(day)}); err != nil {
			t.Fatal(err)
		}
		everybody := webtest.EveryPage(t, func(cursor string) (web.Page[duty.Turn], error) {
			return h.room.Roster(h.as("chen"), duty.RosterFilter{From: now, To: now.Add(day)}, cursor, 1)
		})
		if len(everybody) != 2 {
			t.Errorf("the roster: %+v", everybody)
		}
		if !slices.Contains(h.todo("wu"), task.ID) {
			t.Error("who stands in is not told")
		}
		if _, err := h.room.Pause(h.as("gu"), task.ID, "总值班决定"); err != nil {
			t.Errorf("the administrator on duty: %v", err)
		}
		if _, err := h.room.Take(h.as("wu"), task.ID); err != nil {
			t.Fatal(err)
		}
		h.read(func(r db.Reader) error {
			on, err := duty.AdministratorsOnDuty(t.Context(), r, acttest.Org, now)
			later, laterErr := duty.AdministratorsOnDuty(t.Context(), r, acttest.Org, now.Add(day))
			if !slices.Equal(on, []string{h.id("gu")}) || len(later) != 0 {
				t.Errorf("%v, then %v", on, later)
			}
			return cmp2(err, laterErr)
		})
		h.Clock.Advance(day)
		_, err := h.room.Resume(h.as("gu"), task.ID)
		h.refused(err, "duty.resume")
		second := h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		if slices.Contains(h.todo("wu"), second.ID) {
			t.Error("a cover that has ended still covers")
		}
		if err := put("affairs", duty.NewTurn{Kind: duty.HeadOf, Dept: h.departments["it"], Person: h.id("sys"), Until: h.Clock.Now().Add(30 * day)}); err != nil {
			t.Fatal(err)
		}
		third := h.ask("lin", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("dba")}})
		h.Clock.Advance(day)
		h.tick()
		if got := h.history(third.ID); !slices.Contains(got, "escalated sys") {
			t.Errorf("%v", got)
		}
	})
}

const day = 24 * time.Hour

func cmp2(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestANewNoticeMovesOpenDeadlines(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-12-30 09:00")
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("lin")}})
		hours := h.ask("safe", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("lin")}})
		if task.Certain || !task.Deadline.Equal(cst(t, "2027-01-05 00:00")) {
			t.Fatalf("without the notice for 2027: %v %s", task.Certain, task.Deadline.In(calendar.Zone))
		}
		text := "year 2027 test notice\noff 2027-01-01..2027-01-03 元旦\n"
		_, err := h.room.SetCalendar(h.as("lin"), text)
		h.refused(err, "duty.set-calendar")
		_, err = h.room.SetCalendar(h.as("affairs"), text+"off 2027-01-03 元旦\nwork soon\n")
		if f := fault.From(err); f.Code.Name != "duty.input" || len(f.Fields) != 2 || !strings.Contains(f.Fields[0].Problem.ZH, "第 3 行") {
			t.Errorf("%+v", f)
		}
		if _, err := h.room.SetCalendar(h.as("affairs"), text); err != nil {
			t.Fatal(err)
		}
		h.tick()
		if d := h.view("lin", task.ID); !d.Deadline.Equal(cst(t, "2027-01-06 00:00")) || !d.Certain {
			t.Errorf("%s %v", d.Deadline.In(calendar.Zone), d.Certain)
		}
		if got := h.history(task.ID); !slices.Equal(got, []string{"opened", "reckoned-again"}) {
			t.Errorf("%v", got)
		}
		if got := h.history(hours.ID); !slices.Equal(got, []string{"opened"}) {
			t.Errorf("hours do not care: %v", got)
		}
	})
}

var checkup = duty.Define(duty.Kind{
	ID: "staff.checkup", Name: fault.Text{ZH: "核对", EN: "Check-up"}, Limit: calendar.Limit{N: 5, Unit: calendar.WorkingDays}, Escalate: duty.Usual(),
})

func TestOtherRoomsJoinTheirActs(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.at("2026-03-02 08:00")
		var opened duty.Task
		h.in(func(ctx context.Context, w *act.Work) (err error) {
			opened, err = h.room.OpenIn(ctx, w, duty.Opening{Kind: checkup, To: duty.To{Person: h.id("lin")}, Subject: "thing", Patient: "patient-1"})
			return err
		})
		if e := h.Last(); e.Verb != "staff.add-department" || e.Note["task"] != opened.ID || len(e.Writes) != 2 {
			t.Errorf("%+v", e)
		}
		h.in(func(ctx context.Context, w *act.Work) error { return h.room.PauseIn(ctx, w, checkup, "thing") })
		h.at("2026-03-04 08:00")
		h.in(func(ctx context.Context, w *act.Work) error { return h.room.ResumeIn(ctx, w, checkup, "thing") })
		d := h.view("lin", opened.ID)
		if !d.Deadline.Equal(cst(t, "2026-03-12 00:00")) {
			t.Errorf("paused from Monday to Wednesday 08:00, which begins on Tuesday: %s", d.Deadline.In(calendar.Zone))
		}
		e := h.Last()
		if !slices.ContainsFunc(e.Objects, func(o ledger.Object) bool { return o.Patient == "patient-1" }) || e.Verb != "duty.view" {
			t.Errorf("the account does not name the patient: %+v", e)
		}
		page, err := h.room.Inbox(h.as("lin"), duty.InboxFilter{Box: duty.BoxTodo, Kind: "staff.checkup"}, "", 0)
		if err != nil || len(page.Items) != 1 || page.Items[0].Title.ZH != "核对" {
			t.Errorf("%+v %v", page, err)
		}
		h.in(func(ctx context.Context, w *act.Work) error { return h.room.DoneIn(ctx, w, checkup, "thing") })
		h.in(func(ctx context.Context, w *act.Work) error { return h.room.CancelIn(ctx, w, checkup, "thing") })
		if d := h.view("lin", opened.ID); d.State != duty.Done {
			t.Errorf("%s", d.State)
		}
		h.tick()
		h.at("2026-05-01 00:00")
		h.tick()
		if got := h.history(opened.ID); got[len(got)-1] != "done" {
			t.Errorf("a closed task has a clock: %v", got)
		}
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Person: h.id("dba")}})
		_, err := h.room.View(h.as("lin"), task.ID)
		h.refused(err, "duty.view")
		for _, verb := range []func(context.Context) error{
			func(ctx context.Context) error { _, err := h.room.Take(ctx, task.ID); return err },
			func(ctx context.Context) error { _, err := h.room.Finish(ctx, task.ID, "x", ""); return err },
			func(ctx context.Context) error { _, err := h.room.Return(ctx, task.ID, "x"); return err },
			func(ctx context.Context) error { _, err := h.room.Delegate(ctx, task.ID, h.id("wu"), ""); return err },
			func(ctx context.Context) error { _, err := h.room.Cancel(ctx, task.ID, ""); return err },
		} {
			if err := verb(h.as("lin")); faulttest.Code(err) != "act.refused" {
				t.Errorf("a stranger: %v", err)
			}
			if err := verb(t.Context()); faulttest.Code(err) != "act.nobody" {
				t.Errorf("nobody: %v", err)
			}
		}
		if _, err := h.room.View(h.as("lin"), "01J0000000000000000000000X"); faulttest.Code(err) != "act.refused" || h.Last().Note["found"] != "no" {
			t.Error(err)
		}
		list := func(who string) int {
			page, err := h.room.List(h.as(who), duty.ListFilter{Open: true}, "", 0)
			if err != nil {
				t.Fatal(err)
			}
			return len(page.Items)
		}
		if list("lin") != 0 || list("affairs") != 1 || list("dba") != 1 || list("gu") != 0 {
			t.Error("a list shows what a task would not")
		}
		h.Behind("UPDATE duty_task SET person = " + "'" + h.id("lin") + "'")
		if _, err := h.room.View(h.as("lin"), task.ID); faulttest.Code(err) != "act.undecided" || len(h.Alarms()) == 0 {
			t.Errorf("a forged task: %v, alarms %v", err, h.Alarms())
		}
		if _, err := h.room.Finish(h.as("lin"), task.ID, "x", ""); faulttest.Code(err) != "act.undecided" {
			t.Errorf("working on a forged task: %v", err)
		}
		if _, err := h.room.Inbox(h.as("lin"), duty.InboxFilter{}, "", 0); faulttest.Code(err) != "act.undecided" || h.alarms.Load() == 0 {
			t.Errorf("listing a forged task: %v, %d alarms", err, h.alarms.Load())
		}
	})
}

func TestEveryCheckAnswers(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		find := func(id string) string {
			for _, c := range h.room.Checks() {
				f, err := c.Run(t.Context())
				if err != nil {
					t.Fatalf("%s: %v", c.ID, err)
				}
				if c.ID == id {
					return string(f.Verdict)
				}
			}
			return "none"
		}
		h.at("2026-03-02 08:00")
		task := h.ask("lin", duty.Request{Kind: "duty.issue", To: duty.To{Person: h.id("dba")}})
		if find("duty.issues-24h") != "met" || find("duty.flows-documented") != "not-met" || find("duty.calendar-announced") != "met" || find("duty.history-whole") != "met" {
			t.Error("at first")
		}
		h.Clock.Advance(day + 6*time.Minute)
		if find("duty.issues-24h") != "not-met" || find("duty.clocks-strike") != "not-met" {
			t.Error("late, and no clock struck")
		}
		h.tick()
		if find("duty.clocks-strike") != "met" {
			t.Error("the clock has struck")
		}
		if _, err := h.room.Finish(h.as("dba"), task.ID, "", ""); err != nil {
			t.Fatal(err)
		}
		if find("duty.issues-24h") != "not-met" {
			t.Error("closing late makes it good")
		}
		h.at("2026-12-15 08:00")
		if find("duty.calendar-announced") != "not-met" {
			t.Error("2027 is not announced")
		}
	})
}

func TestOfManyWhoTakeATaskOneHasIt(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		task := h.ask("safe", duty.Request{Kind: "duty.assistance", To: duty.To{Department: h.departments["it"]}})
		var wg sync.WaitGroup
		var took atomic.Int64
		for _, who := range []string{"dba", "dba2", "sys"} {
			ctx := h.as(who)
			wg.Go(func() {
				if _, err := h.room.Take(ctx, task.ID); err == nil {
					took.Add(1)
				} else if faulttest.Code(err) != "act.refused" {
					t.Errorf("%s: %v", who, err)
				}
			})
		}
		wg.Wait()
		if d := h.view("affairs", task.ID); took.Load() != 1 || len(d.Steps) != 2 || d.Steps[1].Person != d.Person {
			t.Errorf("%d took it; %+v", took.Load(), d.Steps)
		}
	})
}

func TestWordsAboutAPatientLieUnderHisKey(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		subject, err := h.Vault.NewSubject(acttest.Org, "patient-1")
		if err != nil {
			t.Fatal(err)
		}
		h.in(func(ctx context.Context, w *act.Work) error { return subject.Save(ctx, w) })
		task := h.openAboutPatient()
		if _, err := h.room.Finish(h.as("lin"), task.ID, "李四已复查", ""); err != nil {
			t.Fatal(err)
		}
		if d := h.view("lin", task.ID); d.Steps[1].Words != "李四已复查" {
			t.Errorf("%+v", d.Steps)
		}
		h.in(func(ctx context.Context, w *act.Work) error {
			return h.Vault.DestroySubject(ctx, w, acttest.Org, "patient-1")
		})
		if d := h.view("lin", task.ID); d.Steps[1].Words != "" || d.State != duty.Done {
			t.Errorf("words about an erased patient: %+v", d.Steps)
		}
	})
}
