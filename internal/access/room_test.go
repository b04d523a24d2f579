package access_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/staff"
)

const (
	cardiology = "cardiology"
	surgery    = "surgery"
)

// hospital is a bench with the rooms of patients and access, and a patient who
// lies in cardiology under chen.
type hospital struct {
	*acttest.Bench
	room     *access.Room
	patients *patient.Room
	staff    *staff.Room
	duty     *duty.Room
	rules    *policy.Shelf
	alarmed  func(what string) // nil: no alarm is expected
	jobs     *job.Runner
	papers   []access.Paper
	bonds    staff.Bonds
	hired    map[string]colleague
	places   map[string]string // departments by their codes
	patient  string
	guarded  string // of level 4
}

type colleague struct{ id, role, department string }

func open(b *acttest.Bench, rules *policy.Shelf) *hospital {
	b.T.Helper()
	h := &hospital{
		Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}),
		rules: rules, hired: map[string]colleague{}, places: map[string]string{}, jobs: job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler)),
	}
	h.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.room = access.New(access.Options{
		Door: b.Door, Rules: rules, Patients: h.patients, Duty: h.duty, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Ledger: b.Ledger, Org: acttest.Org,
		Documents: func(context.Context, db.Reader, string, string) ([]access.Paper, error) { return h.papers, nil },
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return h.bonds, nil
		},
		Alarm: func(_ context.Context, what string, err error) {
			if h.alarmed == nil {
				b.T.Errorf("%s: %v", what, err)
				return
			}
			h.alarmed(what)
		},
	})
	return h
}

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	schematest.Prepared.Both(t, func(t *testing.T, at dbtest.Place) {
		delivered, err := policy.Default()
		if err != nil {
			t.Fatal(err)
		}
		rules, err := policy.NewShelf(delivered, acttest.Org)
		if err != nil {
			t.Fatal(err)
		}
		h := open(acttest.New(t, at, rules), rules)
		h.patient, h.guarded = h.bring("李四", 1), h.bring("赵六", 4)
		fn(t, h)
	})
}

func (h *hospital) bring(name string, level int) string {
	h.T.Helper()
	feed := h.Feed("his")
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: level, Source: "his"})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: "chen", Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) as(person string) context.Context {
	if c, hired := h.hired[person]; hired {
		return h.asHired(c)
	}
	switch person {
	case "chen":
		return h.Person(person, []string{cardiology}, 4, "attending")
	case "lin", "xu":
		return h.Person(person, []string{cardiology}, 3, "resident")
	case "gu":
		return h.Person(person, []string{surgery}, 4, "attending")
	case "affairs":
		return acttest.For(h.Person(person, []string{"affairs"}, 3, "medical-affairs"), "management")
	case "auditor":
		return acttest.For(h.Person(person, nil, 1, "auditor"), "supervision")
	case "dba":
		return acttest.For(h.Person(person, nil, 1, "dba"), "operation")
	}
	h.T.Fatalf("nobody is called %s", person)
	return nil
}

func (h *hospital) opens(person, id string) bool {
	h.T.Helper()
	_, err := h.patients.View(h.as(person), id)
	if err != nil && !errors.Is(err, act.ErrRefused) {
		h.T.Fatalf("%s: %v", person, err)
	}
	return err == nil
}

func (h *hospital) state(person string) access.Reason {
	h.T.Helper()
	given, err := h.room.State(h.as(person), access.Asking{Patient: h.patient, Choice: "verbal-consult"})
	if err != nil {
		h.T.Fatal(err)
	}
	return given
}

func (h *hospital) glass(person string, hours int) access.Reason {
	h.T.Helper()
	given, err := h.room.BreakGlass(h.as(person), access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "心跳骤停抢救", Hours: hours})
	if err != nil {
		h.T.Fatal(err)
	}
	return given
}

// refused fails the test unless an act was refused, the refusal is kept, and
// nothing was given. It returns the way that remains.
func (h *hospital) refused(err error, verb string) policy.Rung {
	h.T.Helper()
	refusal, ok := fault.From(err).Detail.(act.Refusal)
	if !errors.Is(err, act.ErrRefused) || !ok {
		h.T.Errorf("%s: %v", verb, err)
		return ""
	}
	if e := h.Last(); e.Verb != verb || e.Outcome != ledger.Refused || len(e.Writes) > 0 {
		h.T.Errorf("the refusal is not in the ledger: %+v", e)
	}
	return refusal.Way
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func TestAStatedReasonOpensForADay(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		if h.opens("lin", h.patient) {
			t.Fatal("the patient is open without a reason")
		}
		given := h.state("lin")
		e := h.Last()
		if e.Verb != "access.state-reason" || e.Note["reason"] != given.ID || e.Note["choice"] != "verbal-consult" || len(e.Writes) != 1 || e.Objects[0].ID != h.patient {
			t.Errorf("%+v", e)
		}
		if !given.Until.Equal(h.Clock.Now().Add(24*time.Hour)) || given.Purpose != "care" || given.Department != cardiology || !given.ReviewBy.IsZero() {
			t.Errorf("%+v", given)
		}
		if !h.opens("lin", h.patient) || h.Last().Why.Tie == nil || h.Last().Why.Tie.ID != given.ID {
			t.Errorf("%+v", h.Last())
		}
		if h.opens("xu", h.patient) || h.opens("lin", h.guarded) {
			t.Error("the reason of one opens for another, or another patient")
		}
		if _, err := h.patients.View(acttest.For(h.as("lin"), "teaching"), h.patient); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a reason for care opens for teaching: %v", err)
		}
		h.Clock.Advance(24*time.Hour - time.Microsecond)
		if !h.opens("lin", h.patient) {
			t.Error("it ended early")
		}
		h.Clock.Advance(time.Microsecond)
		if h.opens("lin", h.patient) {
			t.Error("it outlives its end")
		}
	})
}

func TestWhatWouldOpenNothingIsRefusedWithTheWayThatRemains(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		for name, c := range map[string]struct{ person, patient string }{"of another department": {"gu", h.patient}, "above what a reason opens": {"lin", h.guarded}} {
			_, err := h.room.State(h.as(c.person), access.Asking{Patient: c.patient, Choice: "verbal-consult"})
			if way := h.refused(err, "access.state-reason"); way != policy.WayGlass {
				t.Errorf("%s: the way is %q", name, way)
			}
		}
		for _, person := range []string{"dba", "auditor", "affairs"} {
			_, err := h.room.BreakGlass(h.as(person), access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "心跳骤停抢救"})
			h.refused(err, "access.break-glass")
		}
		if h.Count("access_reason") != 0 {
			t.Error("a reason that opens nothing was given")
		}
		if given, err := h.room.State(h.as("affairs"), access.Asking{Patient: h.patient, Choice: "other", Words: "处理投诉"}); err != nil || given.Purpose != "management" {
			t.Errorf("medical affairs: %v", err)
		}
		if _, err := h.room.State(h.as("chen"), access.Asking{Patient: h.patient, Choice: "handover"}); err != nil {
			t.Errorf("who may open already: %v", err)
		}
		for _, id := range []string{"nobody", ""} {
			if _, err := h.room.State(h.as("lin"), access.Asking{Patient: id, Choice: "handover"}); codeOf(err) != act.ErrRefused.Name || h.Last().Note["found"] != "no" {
				t.Errorf("%q: %v", id, err)
			}
		}
	})
}

func TestBreakingTheGlassIsShortLoudAndAwaitsAVerdict(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		given := h.glass("gu", 2)
		if e := h.Last(); e.Verb != "access.break-glass" || e.Note["choice"] != "resuscitation" {
			t.Errorf("%+v", e)
		}
		if !given.Until.Equal(h.Clock.Now().Add(2*time.Hour)) || !given.ReviewBy.Equal(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v", given)
		}
		if !h.opens("gu", h.patient) || h.Last().Why.Tie.Kind != "glass" {
			t.Errorf("%+v", h.Last())
		}
		waiting, err := h.room.List(h.as("affairs"), true, "", 10)
		if err != nil || len(waiting.Items) != 1 || waiting.Items[0].Said != "心跳骤停抢救" {
			t.Errorf("%+v %v", waiting.Items, err)
		}
		h.Clock.Advance(2 * time.Hour)
		if h.opens("gu", h.patient) {
			t.Error("it outlives its end")
		}
		if strings.Contains(h.Log.String(), "心跳骤停") {
			t.Error("the words went into the log")
		}
	})
}

func TestWhomAReasonOpensIsInTheListOfAll(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.glass("gu", 1)
		listed := func() []string {
			page, err := h.patients.Search(h.as("gu"), patient.Query{Scope: patient.Everybody, Text: "李"})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, l := range page.Items {
				ids = append(ids, l.ID)
			}
			return ids
		}
		if !slices.Equal(listed(), []string{h.patient}) {
			t.Error("a patient who may be opened is not in the list")
		}
		h.Clock.Advance(time.Hour)
		if len(listed()) != 0 {
			t.Error("a patient who may not be opened is in the list")
		}
	})
}

func TestAReasonIsWithdrawnAtOnce(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		own, ended := h.state("lin"), h.glass("gu", 0)
		h.refused(h.room.Withdraw(h.as("lin"), ended.ID), "access.withdraw")
		if err := h.room.Withdraw(h.as("lin"), own.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.room.Withdraw(h.as("affairs"), ended.ID); err != nil {
			t.Fatal(err)
		}
		if h.opens("lin", h.patient) || h.opens("gu", h.patient) {
			t.Error("what was withdrawn still opens")
		}
		if mine, err := h.room.Mine(h.as("lin")); err != nil || len(mine) != 0 {
			t.Errorf("%+v %v", mine, err)
		}
		h.Clock.Advance(time.Hour)
		if err := h.room.Withdraw(h.as("lin"), own.ID); err != nil {
			t.Error(err)
		}
		if page, err := h.room.List(h.as("affairs"), false, "", 10); err != nil || !page.Items[0].Until.Equal(acttest.Morning) {
			t.Errorf("withdrawing again moved the end: %+v %v", page.Items, err)
		}
		if err := h.room.Withdraw(h.as("lin"), "nothing"); codeOf(err) != act.ErrRefused.Name || h.Last().Note["found"] != "no" {
			t.Error(err)
		}
	})
}

func TestOneVerdictOfSomebodyElse(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		own, err := h.room.State(h.as("affairs"), access.Asking{Patient: h.patient, Choice: "other", Words: "处理投诉"})
		if err != nil {
			t.Fatal(err)
		}
		h.refused(h.room.Review(h.as("affairs"), own.ID, access.Proper), "access.review")
		given := h.glass("gu", 0)
		h.refused(h.room.Review(h.as("gu"), given.ID, access.Proper), "access.review")
		h.refused(h.room.Review(h.as("lin"), given.ID, access.Proper), "access.review")
		if err := h.room.Review(h.as("affairs"), given.ID, "fine"); fault.From(err).Fields[0].Path != "verdict" {
			t.Error(err)
		}
		for _, verdict := range []string{access.Unclear, access.Improper} {
			if err := h.room.Review(h.as("affairs"), given.ID, verdict); err != nil {
				t.Fatalf("%s: %v", verdict, err)
			}
		}
		if err := h.room.Review(h.as("affairs"), given.ID, access.Proper); codeOf(err) != "access.reviewed-already" {
			t.Errorf("a second verdict: %v", err)
		}
		if waiting, err := h.room.List(h.as("affairs"), true, "", 10); err != nil || len(waiting.Items) != 0 {
			t.Errorf("%+v %v", waiting.Items, err)
		}
		all, err := h.room.List(h.as("affairs"), false, "", 10)
		if err != nil || len(all.Items) != 2 {
			t.Fatal(all.Items, err)
		}
		for _, r := range all.Items {
			if r.ID == given.ID && (r.Verdict != access.Improper || r.Reviewer != "affairs" || r.ReviewedAt.IsZero()) {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestAListOfReasonsHoldsOnesOwnAndThoseOneReviews(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		var all []string
		for i := range 5 {
			h.Clock.Advance(time.Minute)
			all = append([]string{h.glass([]string{"gu", "lin"}[i%2], 0).ID}, all...)
		}
		walk := func(person string, limit int) []string {
			var seen []string
			for cursor := ""; ; {
				page, err := h.room.List(h.as(person), false, cursor, limit)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range page.Items {
					seen = append(seen, r.ID)
				}
				if cursor = page.Next; cursor == "" {
					return seen
				}
			}
		}
		for limit := 1; limit <= 6; limit++ {
			if got := walk("affairs", limit); !slices.Equal(got, all) {
				t.Errorf("by %d: %v, want %v", limit, got, all)
			}
			if got, want := walk("lin", limit), []string{all[1], all[3]}; !slices.Equal(got, want) {
				t.Errorf("lin by %d: %v, want %v", limit, got, want)
			}
		}
		if got := walk("chen", 10); len(got) != 5 {
			t.Errorf("the head of the department sees %d of 5", len(got))
		}
	})
}

func TestAReasonWrittenBehindTheHouseGivesNothingAndAlarms(t *testing.T) {
	for name, harm := range map[string]string{
		"prolonged":           "UPDATE access_reason SET until = until + 86400000000",
		"another person's":    "UPDATE access_reason SET person = 'xu'",
		"made a broken glass": "UPDATE access_reason SET kind = 'glass'",
		"copied":              "INSERT INTO access_reason SELECT org, 'forged', patient, 'xu', kind, choice, words, purpose, department, since, until, review_by, reviewer, verdict, reviewed_at, mac FROM access_reason",
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, h *hospital) {
				h.state("lin")
				h.Behind(harm)
				person := "lin"
				if strings.Contains(harm, "'xu'") {
					person = "xu"
				}
				if _, err := h.patients.View(h.as(person), h.patient); !errors.Is(err, act.ErrUndecided) || len(h.Alarms()) == 0 {
					t.Errorf("%v, alarms %v", err, h.Alarms())
				}
				if e := h.Last(); e.Outcome != ledger.Refused {
					t.Errorf("%+v", e)
				}
			})
		})
	}
}

func TestEveryCheckOfTheRoomCanFail(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.glass("gu", 0)
		verdict := func(id string) string {
			for _, c := range h.room.Checks() {
				if c.ID == id {
					return string(c.Ask(t.Context()).Verdict)
				}
			}
			return "no such check"
		}
		for _, id := range []string{"access.reasons-end", "access.break-glass-reviewed"} {
			if got := verdict(id); got != "met" {
				t.Errorf("%s: %s", id, got)
			}
		}
		h.Clock.Advance(49 * time.Hour)
		if got := verdict("access.break-glass-reviewed"); got != "not-met" {
			t.Errorf("nobody reviewed it in time: %s", got)
		}
		h.Behind("UPDATE access_reason SET until = until + 86400000000")
		if got := verdict("access.reasons-end"); got != "not-met" {
			t.Errorf("a break-glass of more than a day: %s", got)
		}
	})
}

func TestTheWordsOfAnErasedPatientAreErasedWithHim(t *testing.T) {
	both(t, func(t *testing.T, h *hospital) {
		h.glass("gu", 0)
		err := h.Store.Write(t.Context(), db.Tx{Do: func(ctx context.Context, w db.Writer) error {
			return h.Vault.DestroySubject(ctx, w, acttest.Org, h.patient)
		}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := h.room.List(h.as("affairs"), true, "", 10)
		if err != nil || len(page.Items) != 1 || page.Items[0].Said != "" {
			t.Errorf("%+v %v", page.Items, err)
		}
	})
}
