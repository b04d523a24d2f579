package inspection_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/inspection"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/staff"
)

// seals are signatures as the tests write them: those that say so are valid.
type seals struct{}

func (seals) Verify(_ context.Context, _ db.Reader, _, _ string, _, signature []byte) (bool, error) {
	return string(signature) == "signed", nil
}

// hospital is a bench with the rooms that an inspection asks, a patient who lies in
// cardiology under chen, and the people who work there.
type hospital struct {
	*acttest.Bench
	room     *inspection.Room
	access   *access.Room
	patients *patient.Room
	staff    *staff.Room
	jobs     *job.Runner
	ward     staff.Department
	people   map[string]string
	patient  string
	admin    context.Context
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
		fn(t, open(acttest.New(t, at, rules), rules))
	})
}

func open(b *acttest.Bench, rules *policy.Shelf) *hospital {
	b.T.Helper()
	h := &hospital{Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{},
		jobs: job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))}
	tasks := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.access = access.New(access.Options{Door: b.Door, Rules: rules, Patients: h.patients, Duty: tasks, Vault: b.Vault, Jobs: h.jobs, Ledger: b.Ledger, Org: acttest.Org})
	h.room = inspection.New(inspection.Options{Door: b.Door, Rules: rules, Ledger: b.Ledger, Patients: h.patients, Access: h.access, Signatures: seals{}})
	h.admin = acttest.For(b.Person("admin", nil, 1, "security-administrator"), "management")
	var err error
	if h.ward, err = h.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "cardiology", NameZH: "心内科", Kind: staff.Clinical}); err != nil {
		b.T.Fatal(err)
	}
	for name, role := range map[string]string{"chen": "attending", "lin": "resident", "gu": "resident"} {
		h.hire(name, role)
	}
	h.patient = h.bring("李四", "R0001")
	return h
}

func (h *hospital) hire(name, role string) {
	h.T.Helper()
	p, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, NameEN: name, Category: staff.Employee})
	if err != nil {
		h.T.Fatal(err)
	}
	h.people[name] = p.ID
	_, err = h.staff.Appoint(h.FirstStart(), staff.NewAppointment{Person: p.ID, Role: role, Department: h.ward.ID, Until: h.Clock.Now().Add(365 * 24 * time.Hour)})
	if err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) bring(name, number string) string {
	h.T.Helper()
	feed := h.Feed("his")
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{
		Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02", RecordNumber: number}, Level: 1, Source: "his",
	})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: h.ward.ID, Attending: h.people["chen"], Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) auditor() context.Context {
	return acttest.For(h.Person("auditor", nil, 1, "auditor"), "supervision")
}

func (h *hospital) president() context.Context {
	return acttest.For(h.Person("president", nil, 1, "president"), "management")
}

func (h *hospital) affairs() context.Context {
	return acttest.For(h.Person("affairs", nil, 3, "medical-affairs"), "management")
}

func (h *hospital) doctor(name, role string) context.Context {
	return h.Person(h.people[name], []string{h.ward.ID}, 4, role)
}

// draws lays down a frame and says a number.
func (h *hospital) draws(kind string, number int64) inspection.Draw {
	h.T.Helper()
	d, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: kind})
	if err == nil {
		d, err = h.room.Choose(h.auditor(), d.ID, number)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

func (h *hospital) names(kind, subject string) inspection.Draw {
	h.T.Helper()
	d, err := h.room.Prepare(h.auditor(), inspection.Wanted{Kind: kind, Subject: subject})
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

func (h *hospital) answers(as context.Context, draw string) inspection.Dossier {
	h.T.Helper()
	d, err := h.room.Answer(as, draw)
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

// question is one answer of a dossier.
func (h *hospital) question(d inspection.Dossier, id string) inspection.Question {
	h.T.Helper()
	for _, q := range d.Questions {
		if q.ID == id {
			return q
		}
	}
	h.T.Fatalf("nobody was asked %q", id)
	return inspection.Question{}
}

func (h *hospital) judged(d inspection.Dossier, id string, want inspection.Verdict) inspection.Question {
	h.T.Helper()
	q := h.question(d, id)
	if q.Verdict != want {
		h.T.Errorf("%s is %s, not %s: %s %v", id, q.Verdict, want, q.Says.EN, q.Figures)
	}
	return q
}

// figure is a number of an answer, by its English name.
func (h *hospital) figure(q inspection.Question, name string) string {
	h.T.Helper()
	for _, f := range q.Figures {
		if f.Name.EN == name {
			return f.Value
		}
	}
	h.T.Fatalf("%s has no figure %q: %v", q.ID, name, q.Figures)
	return ""
}

// code is the code of a failure; empty when there is none.
