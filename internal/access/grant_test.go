package access_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

var clearances = map[string]int{"chief": 5, "attending": 4, "medical-affairs": 4, "auditor": 1, "security-administrator": 1, "president": 1, "researcher": 1}

var purposes = map[string]string{
	"medical-affairs": "management", "auditor": "supervision", "discipline": "supervision", "security-administrator": "operation", "president": "management",
	"quality": "quality",
}

func (h *hospital) asHired(c colleague) context.Context {
	level, named := clearances[c.role]
	if !named {
		level = 3
	}
	ctx := h.Person(c.id, []string{h.places[c.department]}, level, c.role)
	if purpose := purposes[c.role]; purpose != "" {
		ctx = acttest.For(ctx, purpose)
	}
	return ctx
}

func (h *hospital) place(code string) string {
	h.T.Helper()
	if h.places[code] == "" {
		made, err := h.staff.AddDepartment(h.FirstStart(), staff.NewDepartment{Code: code, NameZH: code, Kind: staff.Clinical})
		if err != nil {
			h.T.Fatal(err)
		}
		h.places[code] = made.ID
	}
	return h.places[code]
}

func (h *hospital) hire(name, role, department string) {
	h.T.Helper()
	made, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: fmt.Sprintf("N%03d", len(h.hired)), NameZH: name, Category: staff.Employee})
	if err == nil {
		_, err = h.staff.Appoint(h.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: h.place(department), Until: h.Clock.Now().Add(3 * 365 * 24 * time.Hour)})
	}
	if err != nil {
		h.T.Fatal(err)
	}
	h.hired[name] = colleague{made.ID, role, department}
}

func (h *hospital) id(name string) string { return h.hired[name].id }

// staffed hires a cardiology with a chief, whose patient is he of the hospital, and
// those who ask and decide.
func staffed(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	both(t, func(t *testing.T, h *hospital) {
		for _, p := range [][3]string{
			{"wang", "chief", "heart"}, {"sun", "attending", "heart"}, {"zhao", "resident", "brain"}, {"qian", "attending", "brain"}, {"head", "chief", "brain"},
			{"affairs", "medical-affairs", "affairs"}, {"affairs2", "medical-affairs", "affairs"}, {"quality", "quality", "quality"}, {"boss", "president", "board"},
			{"safe", "security-administrator", "it"}, {"watch", "auditor", "audit"},
		} {
			h.hire(p[0], p[1], p[2])
		}
		h.patient = h.admit("钱七", "heart", h.id("wang"))
		fn(t, h)
	})
}

func (h *hospital) admit(name, department, attending string) string {
	h.T.Helper()
	feed := h.Feed("his")
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: h.place(department), Attending: attending, Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) scope() access.Scope {
	return access.Scope{Patient: h.patient, Verbs: []string{"patient.view", "patient.find", "record.list", "record.view"}, Until: h.Clock.Now().Add(48 * time.Hour)}
}

func (h *hospital) apply(who string, change ...func(*access.Application)) access.Request {
	h.T.Helper()
	a := access.Application{Scope: h.scope(), Words: "术前会诊需要阅读"}
	for _, c := range change {
		c(&a)
	}
	q, err := h.room.Apply(h.as(who), a)
	if err != nil {
		h.T.Fatal(err)
	}
	return q
}

func (h *hospital) approve(who string, q access.Request) access.Request {
	h.T.Helper()
	q, err := h.room.Approve(h.as(who), q.ID, false)
	if err != nil {
		h.T.Fatalf("%s: %v", who, err)
	}
	return q
}

func (h *hospital) grant(id string) access.Grant {
	h.T.Helper()
	page, err := h.room.Grants(h.as("affairs"), false, "", 100)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, g := range page.Items {
		if g.ID == id {
			return g.Grant
		}
	}
	h.T.Fatalf("no grant %s among %d", id, len(page.Items))
	return access.Grant{}
}

func (h *hospital) waits(who string, kind *duty.Kind) int {
	h.T.Helper()
	page, err := h.duty.Inbox(h.as(who), duty.InboxFilter{Box: duty.BoxTodo, Kind: kind.ID}, "", 50)
	if err != nil {
		h.T.Fatal(err)
	}
	return len(page.Items)
}

func (h *hospital) tick() {
	h.T.Helper()
	if err := h.room.Tick(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func TestAGrantOpensWhatItNamesUntilItsEndWhileAPageIsOpen(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if h.opens("zhao", h.patient) {
			t.Fatal("open without a grant")
		}
		q := h.apply("zhao")
		if h.waits("wang", access.Approval) != 1 || h.waits("head", access.Approval) != 0 {
			t.Error("the head of the patient's department is not asked, or somebody else is")
		}
		if h.opens("zhao", h.patient) {
			t.Error("asking opens")
		}
		q = h.approve("wang", q)
		if q.State != access.Approved || h.waits("wang", access.Approval) != 0 {
			t.Errorf("%+v", q)
		}
		if !h.opens("zhao", h.patient) || h.Last().Why.Tie.Kind != "grant" || h.Last().Why.Tie.ID != q.Grant {
			t.Errorf("%+v", h.Last())
		}
		if h.opens("qian", h.patient) || h.opens("zhao", h.guarded) {
			t.Error("it opens for another person or another patient")
		}
		if _, err := h.patients.View(acttest.For(h.as("zhao"), "teaching"), h.patient); !errors.Is(err, act.ErrRefused) {
			t.Errorf("it opens for another purpose: %v", err)
		}
		h.Clock.Advance(48*time.Hour - time.Microsecond)
		if !h.opens("zhao", h.patient) {
			t.Error("it ended early")
		}
		h.Clock.Advance(time.Microsecond)
		if h.opens("zhao", h.patient) {
			t.Error("the open page goes on after the end")
		}
		if g := h.grant(q.Grant); g.State != access.Live {
			t.Errorf("nobody has looked yet: %s", g.State)
		}
		h.tick()
		if g := h.grant(q.Grant); g.State != access.Ended || g.Cause != access.Expired || g.Checked.IsZero() {
			t.Errorf("%+v", g)
		}
	})
}

func TestARevocationIsTriedAndSeenOnItsWay(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.approve("wang", h.apply("zhao"))
		g, err := h.room.Revoke(h.as("wang"), q.Grant)
		if err != nil || g.State != access.Ending {
			t.Fatalf("%+v %v", g, err)
		}
		if h.opens("zhao", h.patient) {
			t.Error("the next request of an open session is not refused")
		}
		if err := h.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if g := h.grant(q.Grant); g.State != access.Ended || g.Remains != "" || g.Cause != access.Revoked {
			t.Errorf("%+v", g)
		}
		if _, err := h.room.Revoke(h.as("wang"), q.Grant); codeOf(err) != "access.ended" {
			t.Error(err)
		}
		again := h.approve("wang", h.apply("zhao"))
		if _, err := h.room.Revoke(h.as("qian"), again.Grant); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger revoked: %v", err)
		}
		if _, err := h.room.BreakGlass(h.as("zhao"), access.Asking{Patient: h.patient, Choice: "resuscitation", Words: "心跳骤停抢救"}); err != nil {
			t.Fatal(err)
		}
		if g, err := h.room.Revoke(h.as("zhao"), again.Grant); err != nil || g.Cause != access.GivenBack {
			t.Errorf("%+v %v", g, err)
		}
		if err := h.jobs.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if g := h.grant(again.Grant); g.State != access.Ended || g.Remains != "glass" {
			t.Errorf("what still opens is not told: %+v", g)
		}
	})
}

func TestNobodyDecidesForHimself(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		forWhom := func(who string) func(*access.Application) {
			return func(a *access.Application) { a.Person = h.id(who) }
		}
		q := h.apply("sun", forWhom("zhao"))
		for _, who := range []string{"zhao", "sun", "qian", "head", "affairs"} {
			if _, err := h.room.Approve(h.as(who), q.ID, false); !errors.Is(err, act.ErrRefused) {
				t.Errorf("%s approved: %v", who, err)
			}
		}
		if e := h.Last(); e.Outcome != "refused" || len(e.Writes) > 0 {
			t.Errorf("%+v", e)
		}
		// The only approver is the one who asks: nobody is left.
		if _, err := h.room.Apply(h.as("wang"), access.Application{Person: h.id("zhao"), Scope: h.scope(), Words: "术前会诊"}); codeOf(err) != "access.no-approver" {
			t.Error(err)
		}
	})
}

func TestWhoMadeOnesAccountOrStandsInForOneDoesNotApproveForOne(t *testing.T) {
	for name, bonds := range map[string]func(h *hospital) staff.Bonds{
		"made the account": func(h *hospital) staff.Bonds {
			return staff.Bonds{Creations: []staff.Creation{{By: h.id("wang"), Whom: h.id("zhao")}}}
		},
		"stands in": func(h *hospital) staff.Bonds {
			return staff.Bonds{Delegations: []staff.Delegation{{From: h.id("zhao"), To: h.id("wang"), Until: h.Clock.Now().Add(time.Hour)}}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				q := h.apply("zhao")
				h.bonds = bonds(h)
				if _, err := h.room.Approve(h.as("wang"), q.ID, false); !errors.Is(err, act.ErrRefused) {
					t.Errorf("approved: %v", err)
				}
			})
		})
	}
}

func TestAnApplicationNamesWhatIsMissing(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		for name, c := range map[string]struct {
			change func(*access.Application)
			want   []string
		}{
			"no end":                {func(a *access.Application) { a.Scope.Until = time.Time{} }, []string{"until"}},
			"an end in the past":    {func(a *access.Application) { a.Scope.Until = h.Clock.Now() }, []string{"until"}},
			"an end too far":        {func(a *access.Application) { a.Scope.Until = h.Clock.Now().Add(31 * 24 * time.Hour) }, []string{"until"}},
			"nobody":                {func(a *access.Application) { a.Scope.Patient = "" }, []string{"patient"}},
			"patient and ward":      {func(a *access.Application) { a.Scope.Department = h.place("heart") }, []string{"patient"}},
			"no act":                {func(a *access.Application) { a.Scope.Verbs = nil }, []string{"verbs"}},
			"outside the catalogue": {func(a *access.Application) { a.Scope.Verbs = []string{"staff.appoint"} }, []string{"verbs"}},
			"no words":              {func(a *access.Application) { a.Words = "急" }, []string{"words"}},
			"another's encounter":   {func(a *access.Application) { a.Scope.Encounter = "elsewhere" }, []string{"encounter"}},
			"an unknown person":     {func(a *access.Application) { a.Person = "nobody" }, []string{"person"}},
		} {
			a := access.Application{Scope: h.scope(), Words: "术前会诊"}
			c.change(&a)
			_, err := h.room.Apply(h.as("zhao"), a)
			var got []string
			for _, f := range fault.From(err).Fields {
				got = append(got, f.Path)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v (%v)", name, got, c.want, err)
			}
		}
		a := access.Application{Person: h.id("watch"), Scope: h.scope(), Words: "核对内容"}
		if _, err := h.room.Apply(h.as("zhao"), a); codeOf(err) != "access.opens-nothing" {
			t.Errorf("a grant that opens nothing was asked for: %v", err)
		}
		if h.Count("access_request") != 0 {
			t.Error("something was kept")
		}
	})
}

func TestAChainIsWalkedStepByStepAndAVersionStaysWithItsRequests(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		before := h.apply("zhao")
		steps := []access.Step{{Person: h.id("head"), Delegates: []string{h.id("qian")}}, {Role: "medical-affairs", All: true}}
		if _, err := h.room.SetChain(h.as("wang"), "care", steps); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a chief wrote a chain: %v", err)
		}
		if c, err := h.room.SetChain(h.as("affairs"), "care", steps); err != nil || c.Version != 1 {
			t.Fatalf("%+v %v", c, err)
		}
		q := h.apply("zhao")
		if _, err := h.room.Approve(h.as("affairs"), q.ID, false); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the second step went first: %v", err)
		}
		q = h.approve("qian", q)
		if q.State != access.Waiting || h.waits("head", access.Approval) != 0 || h.waits("affairs", access.Approval) != 1 {
			t.Errorf("%+v", q)
		}
		q = h.approve("affairs", q)
		if q.State != access.Waiting || h.opens("zhao", h.patient) {
			t.Error("one of two is enough")
		}
		if _, err := h.room.Approve(h.as("affairs"), q.ID, false); codeOf(err) != "access.voted" {
			t.Errorf("one said yes twice: %v", err)
		}
		if q = h.approve("affairs2", q); q.State != access.Approved || !h.opens("zhao", h.patient) {
			t.Errorf("%+v", q)
		}
		if g := h.grant(q.Grant); len(g.Approvers) != 3 {
			t.Errorf("the chain of authority: %v", g.Approvers)
		}
		if before = h.approve("wang", before); before.State != access.Approved {
			t.Error("a request under way changed its chain")
		}
	})
}

func TestARequestIsReturnedRefusedOrTakenBack(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		returned := h.apply("zhao")
		h.Clock.Advance(time.Minute)
		refused := h.apply("zhao")
		h.Clock.Advance(time.Minute)
		taken := h.apply("zhao")
		if _, err := h.room.Return(h.as("wang"), returned.ID, ""); len(fault.From(err).Fields) != 1 {
			t.Errorf("returned without a word: %v", err)
		}
		if q, err := h.room.Return(h.as("wang"), returned.ID, "请缩小范围"); err != nil || q.State != access.Returned {
			t.Errorf("%+v %v", q, err)
		}
		if q, err := h.room.Refuse(h.as("wang"), refused.ID, "没有必要"); err != nil || q.State != access.Refused {
			t.Errorf("%+v %v", q, err)
		}
		if _, err := h.room.WithdrawRequest(h.as("qian"), taken.ID); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger took it back: %v", err)
		}
		if q, err := h.room.WithdrawRequest(h.as("zhao"), taken.ID); err != nil || q.State != access.Withdrawn {
			t.Errorf("%+v %v", q, err)
		}
		if _, err := h.room.Approve(h.as("wang"), refused.ID, false); codeOf(err) != "access.decided" {
			t.Error(err)
		}
		if h.waits("wang", access.Approval) != 0 || h.opens("zhao", h.patient) {
			t.Error("something goes on")
		}
		page, err := h.room.Requests(h.as("zhao"), false, "", 10)
		if err != nil || len(page.Items) != 3 || page.Items[2].Answered != "请缩小范围" || page.Items[0].Said != "术前会诊需要阅读" {
			t.Errorf("%+v %v", page.Items, err)
		}
		if page, err := h.room.Requests(h.as("qian"), false, "", 10); err != nil || len(page.Items) != 0 {
			t.Errorf("a stranger sees %d requests: %v", len(page.Items), err)
		}
	})
}

func TestWhatWasUrgentIsConfirmedByTheNextWorkingDayOrEnds(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		if _, err := h.duty.PutOnRoster(h.as("affairs"), duty.NewTurn{Kind: duty.Administrator, Person: h.id("boss"), Since: h.Clock.Now(), Until: h.Clock.Now().Add(12 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		urgent := func(a *access.Application) { a.Urgent, a.Scope.Until = true, h.Clock.Now().Add(10*24*time.Hour) }
		left, kept := h.apply("zhao", urgent), h.apply("qian", urgent)
		for _, q := range []*access.Request{&left, &kept} {
			got, err := h.room.Approve(h.as("boss"), q.ID, true)
			if err != nil || got.State != access.Waiting || got.Grant == "" {
				t.Fatalf("%+v %v", got, err)
			}
			*q = got
		}
		if !h.opens("zhao", h.patient) || !h.opens("qian", h.patient) {
			t.Error("what is urgent must open at once")
		}
		if g := h.grant(left.Grant); !g.ConfirmBy.Equal(time.Date(2026, 3, 4, 0, 0, 0, 0, calendar.Zone)) {
			t.Errorf("confirm by %s", g.ConfirmBy)
		}
		if _, err := h.room.Approve(h.as("boss"), kept.ID, false); !errors.Is(err, act.ErrRefused) {
			t.Errorf("the one who gave it confirmed it: %v", err)
		}
		h.approve("wang", kept)
		h.Clock.Advance(40 * time.Hour)
		if h.opens("zhao", h.patient) || !h.opens("qian", h.patient) {
			t.Error("the unconfirmed goes on, or the confirmed ended")
		}
		h.tick()
		if g := h.grant(left.Grant); g.State != access.Ended || g.Cause != access.Unconfirmed {
			t.Errorf("%+v", g)
		}
		if h.waits("wang", access.Approval) != 0 {
			t.Error("the chain is still asked")
		}
	})
}

func TestAGrantIsExtendedAndAskedForAgain(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		q := h.approve("wang", h.apply("zhao"))
		until := h.Clock.Now().Add(20 * 24 * time.Hour)
		if _, err := h.room.Extend(h.as("qian"), q.Grant, until, "仍需会诊"); !errors.Is(err, act.ErrRefused) {
			t.Errorf("a stranger extends: %v", err)
		}
		more, err := h.room.Extend(h.as("zhao"), q.Grant, until, "仍需会诊")
		if err != nil {
			t.Fatal(err)
		}
		if !h.grant(q.Grant).Until.Before(until) {
			t.Error("asking for more time gives it")
		}
		h.approve("wang", more)
		h.Clock.Advance(10 * 24 * time.Hour)
		if !h.opens("zhao", h.patient) {
			t.Error("it was not extended")
		}
		h.Clock.Advance(10 * 24 * time.Hour)
		if h.opens("zhao", h.patient) {
			t.Error("it outlives its new end")
		}
		other := h.admit("孙八", "heart", h.id("wang"))
		like, err := h.room.Clone(h.as("zhao"), q.Grant, other, h.Clock.Now().Add(24*time.Hour), "另一位患者会诊")
		if err != nil || like.Patient != other || like.Like != q.Grant {
			t.Fatalf("%+v %v", like, err)
		}
		h.approve("wang", like)
		if !h.opens("zhao", other) || h.opens("zhao", h.patient) {
			t.Error("the like of a grant opens something else")
		}
	})
}

func TestAGrantCountsWithinItsBoundsAndConditions(t *testing.T) {
	staffed(t, func(t *testing.T, h *hospital) {
		ward := func(a *access.Application) {
			a.Scope.Patient, a.Scope.Department, a.Scope.Purpose = "", h.place("heart"), "quality"
			a.Scope.Verbs = []string{"patient.view"}
		}
		q := h.apply("quality", ward)
		h.approve("affairs", q)
		elsewhere := h.admit("周九", "brain", h.id("head"))
		if !h.opens("quality", h.patient) || h.opens("quality", elsewhere) {
			t.Error("a department's grant does not hold its department, or holds another")
		}
		inside := h.apply("zhao", func(a *access.Application) { a.Scope.Inside, a.Scope.From, a.Scope.To = true, 8, 18 })
		h.approve("wang", inside)
		if !h.opens("zhao", h.patient) {
			t.Error("inside, at eight in the morning")
		}
		away := act.From(h.as("zhao"))
		away.Zone = "remote"
		if _, err := h.patients.View(act.With(t.Context(), away), h.patient); !errors.Is(err, act.ErrRefused) {
			t.Errorf("from outside: %v", err)
		}
		h.Clock.Advance(10 * time.Hour)
		if h.opens("zhao", h.patient) {
			t.Error("at six in the evening")
		}
		view := h.apply("zhao", func(a *access.Application) { a.Scope.Verbs = []string{"record.list"} })
		h.approve("wang", view)
		if h.opens("zhao", h.patient) {
			t.Error("it opens an act that it does not name")
		}
	})
}

func TestAGrantWrittenBehindTheHouseGivesNothingAndAlarms(t *testing.T) {
	for name, harm := range map[string]string{
		"prolonged":        "UPDATE access_grant SET until = until + 86400000000",
		"another person's": "UPDATE access_grant SET person = '%s'",
		"widened":          "UPDATE access_grant SET scope = REPLACE(scope, 'patient.view', 'record.print')",
		"revived":          "UPDATE access_grant SET state = 'live'",
	} {
		t.Run(name, func(t *testing.T) {
			staffed(t, func(t *testing.T, h *hospital) {
				q := h.approve("wang", h.apply("zhao"))
				who := "zhao"
				switch name {
				case "another person's":
					harm, who = fmt.Sprintf("UPDATE access_grant SET person = '%s'", h.id("qian")), "qian"
				case "revived":
					if _, err := h.room.Revoke(h.as("wang"), q.Grant); err != nil {
						t.Fatal(err)
					}
				}
				h.Behind(harm)
				if _, err := h.patients.View(h.as(who), h.patient); !errors.Is(err, act.ErrUndecided) || len(h.Alarms()) == 0 {
					t.Errorf("%v, alarms %v", err, h.Alarms())
				}
			})
		})
	}
}
