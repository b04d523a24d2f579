package retention_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/retention"
	"github.com/medward/medward/internal/staff"
)

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// archive is a house with old records: an and bin keep them, zhi appraises, yiwu, safe and
// yuan approve, ji watches discipline.
type archive struct {
	*acttest.Bench
	room     *retention.Room
	patients *patient.Room
	records  *record.Room
	seals    *access.Room
	people   map[string]string
	bonds    staff.Bonds
}

const cardiology = "cardiology"

var roles = map[string]string{
	"an": "records-clerk", "bin": "records-clerk", "zhi": "quality", "yiwu": "medical-affairs", "yiwu2": "medical-affairs", "safe": "security-administrator", "yuan": "president", "ji": "discipline", "chen": "attending",
}

func both(t *testing.T, fn func(t *testing.T, a *archive)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *archive {
	b.T.Helper()
	rules := must[*policy.Book](b.T)(policy.Default())
	a := &archive{Bench: b, patients: patient.New(b.Door, b.Vault), people: map[string]string{}}
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	duties := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: people, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	a.records = record.New(b.Door, a.patients, pens{})
	a.room = retention.New(retention.Options{
		Door: b.Door, Vault: b.Vault, Patients: a.patients, Duty: duties,
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return a.bonds, nil
		},
	})
	a.seals = access.New(access.Options{Door: b.Door, Rules: must[*policy.Shelf](b.T)(policy.NewShelf(rules, acttest.Org)), Patients: a.patients, Duty: duties, Staff: people, Vault: b.Vault, Jobs: jobs, Ledger: b.Ledger, Org: acttest.Org})
	department := must[staff.Department](b.T)(people.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "records", NameZH: "病案室", Kind: staff.Administrative}))
	for name, role := range roles {
		made := must[staff.Person](b.T)(people.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee}))
		if _, err := people.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)}); err != nil {
			b.T.Fatal(err)
		}
		a.people[name] = made.ID
	}
	return a
}

func (a *archive) as(who string) context.Context {
	a.T.Helper()
	purpose := "management"
	switch who {
	case "safe":
		purpose = "operation"
	case "chen":
		purpose = "care"
	}
	return acttest.For(a.Person(a.people[who], []string{"records"}, 3, roles[who]), purpose)
}

// came is a care that has ended, some years ago.
type came struct {
	kind  string
	years int
}

// patient enters somebody of whom a document was written at each of his visits.
func (a *archive) patient(number string, visits ...came) string {
	a.T.Helper()
	p := must[*patient.Prepared](a.T)(a.patients.Prepare(acttest.Org, patient.Registration{
		Demographics: patient.Demographics{Name: "王小明", Sex: "male", BirthDate: "1940-03-02", RecordNumber: number}, Level: 1, Source: "his",
	}))
	err := a.Door.Desk("patient").Do(a.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) error { return a.patients.RegisterIn(ctx, w, p) })
	if err != nil {
		a.T.Fatal(err)
	}
	for _, v := range visits {
		a.visit(p.ID(), v)
	}
	return p.ID()
}

func (a *archive) visit(one string, v came) {
	a.T.Helper()
	ended := a.Clock.Now().AddDate(-v.years, 0, -2)
	err := a.Door.Desk("patient").Do(a.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) error {
		_, err := a.patients.AdmitIn(ctx, w, patient.Admission{Patient: one, Kind: v.kind, Department: cardiology, Since: ended.Add(-time.Hour), Until: ended, Source: "his"})
		return err
	})
	if err != nil {
		a.T.Fatal(err)
	}
}

// seal lays an attention seal on a record.
func (a *archive) seal(one string) {
	a.T.Helper()
	if _, err := a.seals.PlaceSeal(acttest.For(a.as("yiwu"), "management"), access.Sealing{Patient: one, Kind: access.Attention, Words: "网络舆情"}); err != nil {
		a.T.Fatal(err)
	}
}

func (a *archive) drawn(patients ...string) retention.Destruction {
	a.T.Helper()
	return must[retention.Destruction](a.T)(a.room.DrawUp(a.as("an"), retention.DrawingUp{Title: "2026 年第一批", Patients: patients, Words: "保存期满"}))
}

func (a *archive) approved(patients ...string) retention.Destruction {
	a.T.Helper()
	d := a.drawn(patients...)
	d = must[retention.Destruction](a.T)(a.room.Appraise(a.as("zhi"), d.ID, d.Rev, nil, "无长期保存价值"))
	for _, who := range []string{"yiwu", "safe", "yuan"} {
		d = must[retention.Destruction](a.T)(a.room.Approve(a.as(who), d.ID, d.Rev, "同意"))
	}
	return d
}

func (a *archive) witnessed(d retention.Destruction) retention.Destruction {
	a.T.Helper()
	for _, who := range []string{"ji", "yiwu2"} {
		d = must[retention.Destruction](a.T)(a.room.Witness(a.as(who), d.ID, d.Rev))
	}
	return d
}

func (a *archive) seen(list string) retention.Seen {
	a.T.Helper()
	return must[retention.Seen](a.T)(a.room.View(a.as("an"), list))
}

func (a *archive) verdict(check string) evidence.Finding {
	a.T.Helper()
	for _, c := range a.room.Checks() {
		if c.ID == check {
			return c.Ask(a.T.Context())
		}
	}
	a.T.Fatalf("no check %s", check)
	return evidence.Finding{}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
