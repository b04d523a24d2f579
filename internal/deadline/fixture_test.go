package deadline_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/deadline"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// ward is a bench with a cardiology: wu leads it, chen and lin treat there; zhi is of the
// quality office, yiwu of medical affairs, bing of the records office.
type ward struct {
	*acttest.Bench
	room       *deadline.Room
	patients   *patient.Room
	records    *record.Room
	duty       *duty.Room
	people     map[string]string
	roles      map[string]string
	department string
}

func both(t *testing.T, fn func(t *testing.T, o *ward)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *ward {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o := &ward{
		Bench: b, people: map[string]string{}, patients: patient.New(b.Door, b.Vault),
		roles: map[string]string{"wu": "chief", "chen": "attending", "lin": "attending", "zhi": "quality", "yiwu": "medical-affairs", "bing": "records-clerk"},
	}
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: people, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.records = record.New(b.Door, o.patients, pens{})
	o.room = deadline.New(deadline.Options{
		Door: b.Door, Patients: o.patients, Records: o.records, Duty: o.duty, Ledger: b.Ledger, Verbs: rules.Verbs(), Org: acttest.Org,
	})
	o.records.Completes(o.room.MayArchive)
	department, err := people.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "card", NameZH: "心内科", Kind: staff.Clinical})
	if err != nil {
		b.T.Fatal(err)
	}
	o.department = department.ID
	for name, role := range o.roles {
		made, err := people.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
		if err == nil {
			_, err = people.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)})
		}
		if err != nil {
			b.T.Fatal(err)
		}
		o.people[name] = made.ID
	}
	return o
}

var purposes = map[string]string{"quality": "quality", "medical-affairs": "management", "records-clerk": "coding"}

func (o *ward) as(who string) context.Context {
	role := o.roles[who]
	ctx := o.Person(o.people[who], []string{o.department}, 3, role)
	if purpose := purposes[role]; purpose != "" {
		return acttest.For(ctx, purpose)
	}
	return ctx
}

// at moves the clock to a moment of China time.
func (o *ward) at(text string) {
	o.T.Helper()
	o.Clock.Advance(cst(o.T, text).Sub(o.Clock.Now()))
}

func cst(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

// tick lets the clocks of both rooms look.
func (o *ward) tick() {
	o.T.Helper()
	if err := o.Ledger.Settle(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
	if err := o.room.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
	if err := o.duty.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

// require puts a list in force at once: proposed by the quality office, approved by medical
// affairs.
func (o *ward) require(all ...deadline.Requirement) deadline.Set {
	o.T.Helper()
	s, err := o.room.Propose(o.as("zhi"), deadline.Proposal{Requirements: all, Why: "按规范"})
	if err == nil {
		s, err = o.room.Settle(o.as("yiwu"), s.ID, true, "")
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// named are requirements of the starter by their keys.
func named(keys ...string) []deadline.Requirement {
	var some []deadline.Requirement
	for _, key := range keys {
		for _, q := range deadline.Starter() {
			if q.Key == key {
				some = append(some, q)
			}
		}
	}
	return some
}

// stay brings a patient who lies in the ward under chen.
func (o *ward) stay(name string) (id, encounter string) {
	o.T.Helper()
	p, err := o.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err != nil {
		o.T.Fatal(err)
	}
	err = o.Door.Desk("patient").Do(o.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := o.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		encounter, err = o.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: o.department, Attending: o.people["chen"], Source: "his"})
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return p.ID(), encounter
}

func (o *ward) discharge(encounter string, at time.Time) error {
	return o.patients.Discharge(o.Feed("his"), encounter, at)
}

// write files a document as chen; told is when what it tells took place, now when zero.
func (o *ward) write(of, encounter, kind string, told time.Time, sign bool) string {
	o.T.Helper()
	id, err := o.records.File(o.as("chen"), record.Filing{
		Patient: of, Encounter: encounter, Kind: kind, Title: "记录", At: told, Sign: sign, Content: record.Content{Sections: []record.Section{{Key: "a", Title: "甲", Text: "病情平稳"}}},
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return id
}

// report brings a document as a foreign system does; without an author and a time where it
// names none.
func (o *ward) report(of, encounter, kind, author string, told time.Time) {
	o.T.Helper()
	feed := o.Feed("emr")
	err := o.Store.Read(o.T.Context(), func(r db.Reader) error {
		subject, err := o.patients.FindSubject(o.T.Context(), r, acttest.Org, of)
		if err != nil {
			return err
		}
		p, err := o.records.PrepareFiling(feed, subject, record.Filing{
			Patient: of, Encounter: encounter, Kind: kind, Title: "记录", At: told, Author: author, Source: "emr", Department: o.department,
			Content: record.Content{Sections: []record.Section{{Key: "a", Title: "甲", Text: "病情平稳"}}},
		})
		if err != nil {
			return err
		}
		return o.Door.Desk("record").Do(feed, "record.file", func(ctx context.Context, w *act.Work) error { return o.records.FileIn(ctx, w, p) })
	})
	if err != nil {
		o.T.Fatal(err)
	}
}

// seen are the limits of an encounter as the attending sees them, by requirement; of what
// recurs the one that is open.
func (o *ward) seen(encounter string) map[string]deadline.Line { return o.seenBy("chen", encounter) }

func (o *ward) seenBy(who, encounter string) map[string]deadline.Line {
	o.T.Helper()
	s, err := o.room.See(o.as(who), encounter)
	if err != nil {
		o.T.Fatal(err)
	}
	by := map[string]deadline.Line{}
	for _, l := range s.Dues {
		if l.State == deadline.Open || by[l.Requirement].State != deadline.Open {
			by[l.Requirement] = l
		}
	}
	return by
}

func (o *ward) mine(who, box string) []deadline.Line {
	o.T.Helper()
	l, err := o.room.Mine(o.as(who), box, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return l.Items
}

func (o *ward) verdict(check string) evidence.Finding {
	o.T.Helper()
	for _, c := range o.room.Checks() {
		if c.ID == check {
			return c.Ask(o.T.Context())
		}
	}
	o.T.Fatalf("no check %s", check)
	return evidence.Finding{}
}
