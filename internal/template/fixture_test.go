package template_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/template"
	"github.com/medward/medward/kit/form"
)

// office is a bench with those who write forms: zhi of the quality office, hu of nursing
// affairs, yiwu of medical affairs; wang is a physician.
type office struct {
	*acttest.Bench
	room   *template.Room
	people map[string]string
	roles  map[string]string
	bonds  staff.Bonds
	place  string
}

func both(t *testing.T, fn func(t *testing.T, o *office)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *office {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o := &office{
		Bench: b, people: map[string]string{},
		roles: map[string]string{"zhi": "quality", "zhi2": "quality", "hu": "nursing-affairs", "yiwu": "medical-affairs", "wang": "attending"},
	}
	o.room = template.New(template.Options{
		Door: b.Door,
		Duty: duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: people, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org}),
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return o.bonds, nil
		},
	})
	department, err := people.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "q", NameZH: "质控科", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	o.place = department.ID
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

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role, known := o.roles[who]
	if !known {
		o.T.Fatalf("nobody is called %s", who)
	}
	purpose := "management"
	if role == "attending" {
		purpose = "care"
	}
	return acttest.For(o.Person(o.people[who], []string{o.place}, 1, role), purpose)
}

// fever is a form of two fields, without a defect.
func fever() template.Content {
	text := func(zh, en string) form.Text { return form.Text{ZH: zh, EN: en} }
	return template.Content{
		Kind: template.Document,
		Standard: template.Standard{
			Title: text("发热登记规范", "Standard of fever notes"), Basis: "本院规范 2026-1",
			Entries: []template.Entry{
				{Field: "temperature", Element: "DE04.10.186.00", Why: text("判断是否发热", "It tells a fever")},
				{Field: "measure", Why: text("说明处理", "It says what was done")},
			},
		},
		Definition: form.Definition{
			Key: "fever", Title: text("发热登记", "Fever"),
			Sections: []form.Section{{Key: "signs", Title: text("体征", "Signs"), Fields: []form.Field{
				{Key: "temperature", Title: text("体温", "Temperature"), Kind: form.Decimal, Purpose: form.Service, Need: form.Mandatory, Possible: &form.Range{From: "25", To: "45"}},
				{Key: "measure", Title: text("处理", "Measure"), Kind: form.Prose, Purpose: form.Service, NeedWhen: "temperature >= 38.0"},
			}}},
		},
		Samples: []template.Sample{
			{Name: "正常", Answers: form.Answers{"temperature": "36.5"}, Expected: []form.Finding{}},
			{Name: "发热未处理", Answers: form.Answers{"temperature": "39.0"}, Expected: []form.Finding{{Path: "measure", Code: form.Missing, Level: form.Block}}},
		},
	}
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

func (o *office) released(c template.Content) template.Version {
	o.T.Helper()
	v := must[template.Version](o.T)(o.room.Write(o.as("zhi"), c))
	v = must[template.Version](o.T)(o.room.Submit(o.as("zhi"), v.ID, v.Rev))
	return must[template.Version](o.T)(o.room.Release(o.as("yiwu"), v.ID, v.Rev, time.Time{}))
}

// used is the version that is begun with now.
func (o *office) used(key string, at time.Time) (r template.Release, err error) {
	o.T.Helper()
	err = o.Store.Read(o.T.Context(), func(reader db.Reader) error {
		r, err = o.room.Released(o.T.Context(), reader, acttest.Org, key, at)
		return err
	})
	return r, err
}

func (o *office) numbered(key string, number int) (r template.Release, err error) {
	o.T.Helper()
	err = o.Store.Read(o.T.Context(), func(reader db.Reader) error {
		r, err = o.room.Version(o.T.Context(), reader, acttest.Org, key, number)
		return err
	})
	return r, err
}

func (o *office) verdict(check string) evidence.Finding {
	o.T.Helper()
	for _, c := range o.room.Checks() {
		if c.ID == check {
			return c.Ask(o.T.Context())
		}
	}
	o.T.Fatalf("no check %s", check)
	return evidence.Finding{}
}
