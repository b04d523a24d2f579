package duty_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// hospital is a bench with the rooms of staff and duty, and people in posts.
type hospital struct {
	*acttest.Bench
	staff       *staff.Room
	room        *duty.Room
	jobs        *job.Runner
	rules       *policy.Book
	roots       *x509.CertPool
	live        func(context.Context) bool
	alarms      atomic.Int64
	departments map[string]string
	people      map[string]person
	http        http.Handler
}

type person struct{ id, role, department, number string }

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *hospital {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), rules: rules, roots: x509.NewCertPool(),
		departments: map[string]string{}, people: map[string]person{}, live: func(context.Context) bool { return true },
	}
	h.room, h.jobs = h.another()
	h.hire("zhou", "president", "office")
	h.hire("affairs", "medical-affairs", "affairs")
	h.hire("chen", "chief", "cardiology")
	h.hire("wu", "attending", "cardiology")
	h.hire("lin", "resident", "cardiology")
	h.hire("gu", "chief", "surgery")
	h.hire("qian", "quality", "quality")
	h.hire("safe", "security-administrator", "it")
	h.hire("sys", "system-administrator", "it")
	h.hire("dba", "dba", "it")
	h.hire("dba2", "dba", "it")
	s := web.New("test")
	h.room.Routes(s)
	s.Gate = b.Door.Begin
	h.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(h.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
	return h
}

// another is a further process of the same house.
func (h *hospital) another() (*duty.Room, *job.Runner) {
	jobs := job.NewRunner(h.Store, h.Time, slog.New(slog.DiscardHandler))
	return duty.New(duty.Options{
		Desk: h.Door.Desk("duty"), Rules: h.rules, Staff: h.staff, Vault: h.Vault, Jobs: jobs, Dial: dial.New(h.roots), Org: acttest.Org,
		Alarm: func(context.Context, string, error) { h.alarms.Add(1) },
		Live:  func(ctx context.Context) bool { return h.live(ctx) },
	}), jobs
}

func (h *hospital) department(name string) string {
	h.T.Helper()
	if id, had := h.departments[name]; had {
		return id
	}
	made, err := h.staff.AddDepartment(h.FirstStart(), staff.NewDepartment{Code: name, NameZH: name, Kind: staff.Clinical})
	if err != nil {
		h.T.Fatal(err)
	}
	h.departments[name] = made.ID
	return made.ID
}

func (h *hospital) hire(name, role, department string) {
	h.hireUntil(name, role, department, h.Clock.Now().Add(3*365*day))
}

func (h *hospital) hireUntil(name, role, department string, until time.Time) {
	h.T.Helper()
	number := fmt.Sprintf("N%03d", len(h.people))
	made, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: number, NameZH: name, Category: staff.Employee, Phone: "1390000" + number[1:]})
	if err == nil {
		_, err = h.staff.Appoint(h.FirstStart(), staff.NewAppointment{
			Person: made.ID, Role: role, Department: h.department(department), Until: until,
		})
	}
	if err != nil {
		h.T.Fatal(err)
	}
	h.people[name] = person{made.ID, role, department, number}
}

func (h *hospital) id(name string) string { return h.people[name].id }

var purposes = map[string]string{
	"president": "management", "medical-affairs": "management", "quality": "management", "security-administrator": "operation",
	"system-administrator": "operation", "dba": "operation",
}

// as returns a context in which somebody acts.
func (h *hospital) as(name string) context.Context {
	p, known := h.people[name]
	if !known {
		h.T.Fatalf("nobody is called %s", name)
	}
	ctx := h.Person(p.id, []string{h.departments[p.department]}, 3, p.role)
	if purpose := purposes[p.role]; purpose != "" {
		ctx = acttest.For(ctx, purpose)
	}
	return ctx
}

// at sets the clock to a moment of China time.
func (h *hospital) at(text string) {
	h.T.Helper()
	h.Clock.Advance(cst(h.T, text).Sub(h.Clock.Now()))
}

func cst(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func (h *hospital) tick() {
	h.T.Helper()
	if err := h.room.Tick(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) ask(who string, q duty.Request) duty.Task {
	h.T.Helper()
	if q.Words == "" {
		q.Words = "请协助"
	}
	t, err := h.room.Ask(h.as(who), q)
	if err != nil {
		h.T.Fatal(err)
	}
	return t
}

func (h *hospital) view(who, task string) duty.Detail {
	h.T.Helper()
	d, err := h.room.View(h.as(who), task)
	if err != nil {
		h.T.Fatalf("%s looks at a task: %v", who, err)
	}
	return d
}

// history is what happened to a task, without what opened it: the kinds of its
// steps, and to whom those that climbed went.
func (h *hospital) history(task string) []string {
	h.T.Helper()
	var kinds []string
	for _, s := range h.view("affairs", task).Steps {
		name := string(s.Kind)
		for who, p := range h.people {
			if s.Kind == duty.StepEscalated && p.id == s.Person {
				name += " " + who
			}
		}
		kinds = append(kinds, name)
	}
	return kinds
}

func (h *hospital) todo(who string) []string {
	h.T.Helper()
	page, err := h.room.Inbox(h.as(who), duty.InboxFilter{Box: duty.BoxTodo}, "", 0)
	if err != nil {
		h.T.Fatal(err)
	}
	waits, err := h.room.CountWaiting(h.as(who))
	if err != nil || waits.Todo != len(page.Items) {
		h.T.Errorf("the bell of %s counts %d of %d: %v", who, waits.Todo, len(page.Items), err)
	}
	ids := []string{}
	for _, i := range page.Items {
		ids = append(ids, i.ID)
	}
	return ids
}

// refused fails the test unless an act was refused, and the refusal is kept.
func (h *hospital) refused(err error, verb string) {
	h.T.Helper()
	if faulttest.Code(err) != "act.refused" {
		h.T.Errorf("%s: %v", verb, err)
		return
	}
	if e := h.Last(); e.Verb != verb || e.Outcome != ledger.Refused || len(e.Writes) > 0 {
		h.T.Errorf("the refusal is not in the ledger: %+v", e)
	}
}

// in carries out something within an act of another room: here, of staff.
func (h *hospital) in(fn func(ctx context.Context, w *act.Work) error) {
	h.T.Helper()
	ctx := h.as("safe")
	err := h.Door.Desk("staff").Do(ctx, "staff.add-department", func(ctx context.Context, w *act.Work) error {
		if err := w.Permit(ctx, policy.Object{Kind: "Department", ID: "x", Org: acttest.Org}); err != nil {
			return err
		}
		return fn(ctx, w)
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) read(fn func(r db.Reader) error) {
	h.T.Helper()
	if err := h.Store.Read(h.T.Context(), fn); err != nil {
		h.T.Fatal(err)
	}
}

// periods are all periods of a rule, read two at a time.
func (h *hospital) periods(who, rule string) []duty.Period {
	h.T.Helper()
	return webtest.EveryPage(h.T, func(cursor string) (web.Page[duty.Period], error) {
		return h.room.Periods(h.as(who), rule, false, cursor, 2)
	})
}
