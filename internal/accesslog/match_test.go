package accesslog_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/staff"
)

func (h *hospital) listed(verdict string) []accesslog.Shown {
	h.T.Helper()
	l, err := h.room.Events(h.as("auditor"), verdict, "", web.Paging{})
	if err != nil {
		h.T.Fatal(err)
	}
	return l.Items
}

func TestEveryLineIsJudgedByWhatHeldAtItsTime(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		run := h.take(lines(
			line(1, 5, "a-chen", "MR-1", "查看"), line(2, 6, "a-chen", "MR-1", "打印"), // his patient
			line(3, 7, "a-far", "MR-1", "查看"),    // lies elsewhere, treated by others
			line(4, 8, "ghost", "MR-1", "查看"),    // an account of nobody
			line(5, 9, "a-chen", "MR-9", "查看"),   // a patient whom nobody knows
			line(6, 10, "a-mei", "", "登录"),       // signs in
			line(7, -90, "a-chen", "MR-1", "查看"), // before anything tied him
		))
		want := accesslog.Tally{Events: 7, Explained: 3, Unexplained: 2, UnknownPerson: 1, UnknownPatient: 1}
		if run.Tally != want {
			t.Fatalf("%+v", run.Tally)
		}
		for _, e := range h.listed(accesslog.Unexplained) {
			if e.Patient != h.li || len(e.Unmet) == 0 || e.Said.Patient != "MR-1" || len(e.Said.Documents) != 1 {
				t.Errorf("%+v", e)
			}
		}
		explained := h.listed(accesslog.Explained)
		if len(explained) != 2 {
			t.Fatalf("%d rows", len(explained))
		}
		treated := explained[1]
		if treated.Views != 1 || treated.Prints != 1 || treated.Tie != "care" || treated.Person != h.people["chen"] || treated.Line != 2 {
			t.Errorf("%+v", treated)
		}
	})
}

func TestASecondRunAddsNothing(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		log := lines(line(1, 5, "a-chen", "MR-1", "查看"), line(2, 6, "a-far", "MR-1", "查看"))
		h.take(log)
		rows := h.Count("accesslog_event")
		again := h.take(log)
		if again.Tally.Duplicates != 2 || again.Tally.Events != 0 || h.Count("accesslog_event") != rows || h.Count("accesslog_question") != 1 {
			t.Errorf("%+v; %d events, %d questions", again.Tally, h.Count("accesslog_event"), h.Count("accesslog_question"))
		}
		altered := h.take(strings.Replace(log, "a-far", "a-lead", 1))
		_, refused, _, err := h.room.ViewRun(h.as("sys"), altered.ID)
		if err != nil || len(refused) != 1 || refused[0].Rule != "log.id-reused" || refused[0].Lines[0] != 3 || altered.Tally.Duplicates != 1 {
			t.Errorf("the same id with other words: %+v %+v %v", altered.Tally, refused, err)
		}
	})
}

func TestBadLinesAreSetAsideWithTheirNumbers(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		run := h.take(lines(line(1, 5, "a-chen", "MR-1", "查看"), "kaputt,张三的隐私\n", "\n", line(2, 6, "a-chen", "MR-1", "起飞")), line(3, 7, "a-chen", "MR-1", "查看")+"nochmal")
		if run.Tally.Refused != 3 || run.Tally.Events != 2 || run.Lines != 7 {
			t.Fatalf("%+v of %d lines", run.Tally, run.Lines)
		}
		_, refused, _, err := h.room.ViewRun(h.as("sys"), run.ID)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, r := range refused {
			said[fmt.Sprint(r.Lines)] = r.Rule
		}
		if said["[3]"] != "log.time" || said["[5]"] != "log.action" || said["[7]"] != "log.time" {
			t.Errorf("%v", said)
		}
		if _, err := h.room.OpenRefused(h.as("sys"), run.ID, 0, "log.time", "time"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the line was opened to who runs systems: %v", err)
		}
		shown, err := h.room.OpenRefused(h.as("auditor"), run.ID, 0, "log.time", "time")
		if err != nil || len(shown) != 1 || shown[0].Line != 3 || !strings.Contains(shown[0].Content, "kaputt") {
			t.Errorf("%+v %v", shown, err)
		}
		for _, entry := range h.Entries() {
			if strings.Contains(fmt.Sprint(entry), "张三") {
				t.Error("a line reached the account")
			}
		}
	})
}

func TestAPartOutOfPlaceSaysWhichIsDue(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if _, err := h.room.Begin(h.as("sys"), "his", time.Time{}); faulttest.Code(err) != "accesslog.unmapped" {
			t.Errorf("without a mapping: %v", err)
		}
		h.mapped()
		if _, err := h.room.Begin(h.as("sys"), "old", time.Time{}); faulttest.Code(err) != "accesslog.source" {
			t.Errorf("from a source that is not live: %v", err)
		}
		if _, err := h.room.Begin(h.as("chen"), "his", time.Time{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("by a doctor: %v", err)
		}
		run, err := h.room.Begin(h.as("sys"), "his", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Finish(h.as("sys"), run.ID); faulttest.Code(err) != "accesslog.not-receiving" {
			t.Errorf("an empty run was finished: %v", err)
		}
		if _, err := h.room.Receive(h.as("sys"), run.ID, 0, []byte(header)); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Receive(h.as("sys"), run.ID, 0, []byte(header)); faulttest.Code(err) != "accesslog.part-out-of-place" || !strings.Contains(err.Error(), "1") {
			t.Errorf("twice: %v", err)
		}
		if _, err := h.room.Receive(h.as("sys"), run.ID, 1, []byte(" \n")); faulttest.Code(err) != "accesslog.part" {
			t.Errorf("nothing: %v", err)
		}
		if _, err := h.room.Receive(h.as("sys"), "nowhere", 0, []byte("x")); !errors.Is(err, act.ErrAbsent) {
			t.Errorf("nowhere: %v", err)
		}
	})
}

func TestALeaverIsRedWhateverTiedHim(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.roles["personnel"] = "personnel"
		h.hire("personnel", "personnel", h.wards["it"])
		if _, err := h.staff.Leave(acttest.For(h.Person(h.people["personnel"], nil, 1, "personnel"), "operation"), staff.NewDeparture{Person: h.people["chen"], Kind: staff.Resigned, At: h.Clock.Now().Add(30 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(2 * time.Hour)
		run := h.take(lines(line(1, 5, "a-chen", "MR-1", "查看"), line(2, 45, "a-chen", "MR-1", "查看")))
		if run.Tally.Explained != 1 || run.Tally.AfterLeaving != 1 {
			t.Errorf("%+v", run.Tally)
		}
	})
}

func TestAShiftExplainsAlsoAfterItIsOver(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.roles["headnurse"] = "head-nurse"
		h.hire("headnurse", "head-nurse", h.wards["ward-3"])
		h.roles["float"] = "nurse"
		h.hire("float", "nurse", h.wards["it"])
		h.accounts["a-float"] = h.people["float"]
		ctx := acttest.For(h.Person(h.people["headnurse"], []string{h.wards["ward-3"]}, 3, "head-nurse"), "care")
		if _, err := h.duty.PutOnRoster(ctx, duty.NewTurn{Kind: duty.Shift, Dept: h.wards["ward-3"], Person: h.people["float"], Since: h.Clock.Now().Add(10 * time.Minute), Until: h.Clock.Now().Add(40 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(3 * time.Hour)
		if err := h.discharge(h.li); err != nil {
			t.Fatal(err)
		}
		run := h.take(lines(line(1, 5, "a-float", "MR-1", "查看"), line(2, 20, "a-float", "MR-1", "查看"), line(3, 50, "a-float", "MR-1", "查看")))
		if run.Tally.Explained != 1 || run.Tally.Unexplained != 2 {
			t.Errorf("%+v", run.Tally)
		}
	})
}

// discharge lets a patient go home.
func (h *hospital) discharge(id string) error {
	return h.Door.Desk("patient").Do(h.feed(), "patient.discharge", func(ctx context.Context, w *act.Work) error {
		known, err := h.patients.Find(ctx, w, acttest.Org, id)
		if err != nil {
			return err
		}
		return h.patients.DischargeIn(ctx, w, known.Encounters[0].ID, w.Now())
	})
}

func TestMatchingGoesOnWhereItWasBrokenOff(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(24 * time.Hour)
		var all []string
		for i := range 900 {
			all = append(all, line(i+1, i, "a-far", "MR-1", "查看"))
		}
		run, err := h.room.Begin(h.as("sys"), "his", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Receive(h.as("sys"), run.ID, 0, []byte(lines(all...))); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Finish(h.as("sys"), run.ID); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		_ = h.jobs.Settle(ctx)
		h.Clock.Advance(2 * time.Hour)
		if err := h.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		run, _, _, err = h.room.ViewRun(h.as("sys"), run.ID)
		if err != nil || run.State != accesslog.Done || run.Tally.Events != 900 || h.Count("accesslog_event") != 15 {
			t.Errorf("%s %+v, %d rows: %v", run.State, run.Tally, h.Count("accesslog_event"), err)
		}
	})
}

func TestAQuestionIsAnsweredByTheHeadAndNeverByWhomItIsAbout(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		run := h.take(lines(line(1, 5, "a-far", "MR-1", "查看"), line(2, 6, "a-farlead", "MR-1", "打印")))
		ward := run.ID + "/" + h.wards["ward-5"]
		if asked := h.tasks(accesslog.Asking, ward); len(asked) != 1 || asked[0].Person != h.people["farlead"] || asked[0].Deadline.IsZero() {
			t.Fatalf("%+v", asked)
		}
		if asked := h.tasks(accesslog.Asking, run.ID+"/"); len(asked) != 1 || asked[0].Role != "medical-affairs" {
			t.Fatalf("about the head himself: %+v", asked)
		}
		mine, err := h.room.Questions(h.as("farlead"), accesslog.Open, web.Paging{})
		if err != nil || len(mine.Items) != 1 || mine.Items[0].Person != h.people["far"] || !mine.Items[0].Mine || mine.Called[h.li] == "" {
			t.Fatalf("%+v: %v", mine, err)
		}
		if none, err := h.room.Questions(h.as("lead"), accesslog.Open, web.Paging{}); err != nil || len(none.Items) != 0 {
			t.Errorf("another head sees %+v: %v", none.Items, err)
		}
		all, err := h.room.Questions(h.as("affairs"), accesslog.Open, web.Paging{})
		if err != nil || len(all.Items) != 2 {
			t.Fatalf("%+v: %v", all, err)
		}
		question := mine.Items[0].ID
		for who, want := range map[string]error{"far": act.ErrRefused, "lead": act.ErrRefused, "sys": act.ErrRefused} {
			if _, err := h.room.Explain(h.as(who), question, "会诊"); !errors.Is(err, want) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := h.room.Explain(h.as("farlead"), question, " "); faulttest.Fields(err) != "words" {
			t.Errorf("without words: %v", err)
		}
		if _, err := h.room.Explain(h.as("farlead"), question, "院内会诊，记录单未回传"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.room.Raise(h.as("farlead"), question, "又"); faulttest.Code(err) != "accesslog.answered" {
			t.Errorf("twice: %v", err)
		}
		if left := h.tasks(accesslog.Asking, ward); len(left) != 0 {
			t.Errorf("the task of the ward is still open: %+v", left)
		}
		for _, q := range all.Items {
			if q.Person == h.people["farlead"] {
				if _, err := h.room.Raise(h.as("farlead"), q.ID, "无"); !errors.Is(err, act.ErrRefused) {
					t.Errorf("about himself: %v", err)
				}
				if _, err := h.room.Raise(h.as("affairs"), q.ID, "无诊疗关系"); err != nil {
					t.Fatal(err)
				}
				if raised := h.tasks(accesslog.Raising, q.ID); len(raised) != 1 || raised[0].Role != "discipline" {
					t.Errorf("%+v", raised)
				}
			}
		}
		told, err := h.room.Questions(h.as("auditor"), accesslog.Answered, web.Paging{})
		if err != nil || len(told.Items) != 1 || told.Items[0].Said != "院内会诊，记录单未回传" {
			t.Errorf("%+v: %v", told, err)
		}
	})
}

func TestWhoLookedAtAPatientElsewhereIsShownToWhoeverMayAsk(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		h.take(lines(line(1, 5, "a-chen", "MR-1", "查看"), line(2, 6, "a-far", "MR-1", "查看"), line(3, 6, "a-far", "MR-2", "查看")))
		for who, want := range map[string]int{"auditor": 2, "affairs": 2, "chen": 2} {
			l, err := h.room.Readers(h.as(who), h.li, web.Paging{})
			if err != nil || len(l.Items) != want {
				t.Errorf("%s: %d: %v", who, len(l.Items), err)
			}
		}
		if _, err := h.room.Readers(h.as("far"), h.li, web.Paging{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("somebody else's patient: %v", err)
		}
		status, body := h.ask("auditor", "GET", "/api/patients/"+h.li+"/reported-readers", "")
		items, _ := body["items"].([]any)
		if status != 200 || len(items) != 2 || items[0].(map[string]any)["provenance"] != "reported" {
			t.Errorf("%d %v", status, body)
		}
		own, err := h.room.EventsOf(h.as("far"), h.people["far"], web.Paging{})
		if err != nil || len(own.Items) != 2 {
			t.Errorf("of oneself: %d: %v", len(own.Items), err)
		}
		if _, err := h.room.EventsOf(h.as("far"), h.people["chen"], web.Paging{}); !errors.Is(err, act.ErrRefused) {
			t.Errorf("of a colleague: %v", err)
		}
		first, err := h.room.Readers(h.as("auditor"), h.li, web.Paging{Limit: 1})
		if err != nil || len(first.Items) != 1 || first.Next == "" {
			t.Fatalf("%+v: %v", first, err)
		}
		second, err := h.room.Readers(h.as("auditor"), h.li, web.Paging{Limit: 1, Cursor: first.Next})
		if err != nil || len(second.Items) != 1 || second.Next != "" || second.Items[0].ID == first.Items[0].ID {
			t.Errorf("%+v: %v", second, err)
		}
	})
}

func TestWhatIsAmissWithALogIsFoundAndItsOwnerAsked(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		m := mapping()
		m.Sequence = true
		if _, err := h.room.SetMapping(h.as("sys"), "his", m); err != nil {
			t.Fatal(err)
		}
		h.Clock.Advance(24 * time.Hour)
		var all []string
		id := 0
		for minute := range 600 {
			if id++; minute/60 != 4 {
				all = append(all, line(id, minute, "a-chen", "MR-1", "查看"))
			}
		}
		all = append(all, line(601, 3*24*60, "ghost", "MR-7", "查看"), line(600, 599, "a-chen", "MR-1", "查看"), "nonsense\n")
		run := h.take(lines(all...))
		l, err := h.room.ListFindings(h.as("auditor"), "his", web.Paging{})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]int64{}
		for _, f := range l.Items {
			found[f.Kind] += f.N
		}
		if found[accesslog.Jump] != 60 || found[accesslog.Repeated] != 1 || found[accesslog.BadLines] != 1 || found[accesslog.FutureLines] != 1 ||
			found[accesslog.UnknownAccounts] != 1 || found[accesslog.UnknownPatients] != 1 || found[accesslog.ClockOff] < 40*3600 || found[accesslog.Gap] == 0 {
			t.Errorf("%v", found)
		}
		if asked := h.tasks(accesslog.Upkeep, run.ID); len(asked) != 1 || asked[0].Person != h.people["sys"] {
			t.Errorf("%+v", asked)
		}
		for _, f := range l.Items {
			if _, err := h.room.Settle(h.as("sys"), f.ID, "已与厂商核对"); err != nil {
				t.Fatal(err)
			}
		}
		if left := h.tasks(accesslog.Upkeep, run.ID); len(left) != 0 {
			t.Errorf("%+v", left)
		}
		all2, _, err := h.room.Standings(h.as("auditor"))
		if err != nil || len(all2) != 1 || all2[0].Open != 0 || all2[0].Last == nil || all2[0].Last.Tally.Events != 541 {
			t.Errorf("%+v: %v", all2, err)
		}
	})
}

func TestASampleIsReadAndNothingKept(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		before := h.Count("accesslog_event") + h.Count("accesslog_block") + h.Count("accesslog_mapping")
		trial, err := h.room.TryMapping(h.as("sys"), "his", mapping(), []byte(lines(line(1, 5, "a-chen", "MR-1", "查看"), line(2, 5, "ghost", "MR-9", "查看"), "x,y\n")))
		if err != nil || len(trial.Lines) != 3 {
			t.Fatalf("%+v: %v", trial, err)
		}
		if l := trial.Lines[0]; l.Line != 2 || l.Person != h.people["chen"] || !l.Known || trial.Names[l.Person].ZH != "chen" {
			t.Errorf("%+v", l)
		}
		if l := trial.Lines[1]; l.Person != "" || l.Known {
			t.Errorf("%+v", l)
		}
		if l := trial.Lines[2]; l.Event != nil || l.Rule.Code != "log.time" {
			t.Errorf("%+v", l)
		}
		if after := h.Count("accesslog_event") + h.Count("accesslog_block") + h.Count("accesslog_mapping"); after != before {
			t.Errorf("%d rows were kept", after-before)
		}
		missing, err := h.room.TryMapping(h.as("sys"), "his", mapping(), []byte("时间,账号\n1,2\n"))
		if err != nil || len(missing.Missing) == 0 || missing.Missing[0] != "操作时间" {
			t.Errorf("%+v: %v", missing, err)
		}
	})
}

func TestEveryCheckOfTheRoomCanFail(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.mapped()
		h.Clock.Advance(time.Hour)
		h.take(lines(line(1, 5, "a-far", "MR-1", "查看")))
		verdicts := func() map[string]string {
			all := map[string]string{}
			for _, c := range h.room.Checks() {
				all[c.ID] = string(c.Ask(t.Context()).Verdict)
			}
			return all
		}
		for id, v := range verdicts() {
			if v != "met" {
				t.Errorf("%s is %s", id, v)
			}
		}
		h.Clock.Advance(11 * 24 * time.Hour)
		if v := verdicts(); v["accesslog.questions-answered"] != "not-met" {
			t.Errorf("%v", v)
		}
		h.Behind("UPDATE accesslog_run SET lines = lines + 1")
		h.Behind("UPDATE accesslog_question SET state = 'explained', answered_by = person")
		if v := verdicts(); v["accesslog.lines-kept"] != "not-met" || v["accesslog.nobody-answers-for-himself"] != "not-met" {
			t.Errorf("%v", v)
		}
	})
}
