package feed_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/feed"
	"github.com/medward/medward/internal/feed/view"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/order"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

// office is a bench with a HIS that leaves its lists in a folder. li answers for it, sys
// runs systems, head and safe approve, chen treats patients.
type office struct {
	*acttest.Bench
	room     *feed.Room
	staff    *staff.Room
	duty     *duty.Room
	patients *patient.Room
	intake   *intake.Room
	sources  *source.Room
	orders   *order.Room
	jobs     *job.Runner
	http     http.Handler
	folder   string
	people   map[string]string
	roles    map[string]string
}

type hand struct{}

func (hand) Sign(_ context.Context, actor act.Actor, message []byte) (string, []byte, error) {
	if len(message) == 0 {
		return "", nil, errors.New("nothing to sign")
	}
	return "key-" + actor.ID, []byte("signed by " + actor.ID), nil
}

type nobodySigns struct{}

func (nobodySigns) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "", nil, errors.New("nobody signs here")
}

func (nobodySigns) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return false, errors.New("nothing is signed here")
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
	blobs, err := vault.OpenBlobFolder(b.T.TempDir(), b.Time)
	if err != nil {
		b.T.Fatal(err)
	}
	o := &office{
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), patients: patient.New(b.Door, b.Vault), folder: b.T.TempDir(), people: map[string]string{},
		roles: map[string]string{"li": "technician", "sys": "system-administrator", "head": "it-head", "safe": "security-administrator", "auditor": "auditor", "chen": "attending", "mei": "attending", "affairs": "medical-affairs", "quality": "quality"},
	}
	o.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: o.jobs, Dial: dial.New(nil), Org: acttest.Org, Patients: o.patients})
	o.sources = source.New(source.Options{Door: b.Door, Duty: o.duty, Vault: b.Vault, Signer: hand{}, Org: acttest.Org})
	records := record.New(b.Door, o.patients, nobodySigns{})
	o.orders = order.New(order.Options{Door: b.Door, Vault: b.Vault, Jobs: o.jobs, Duty: o.duty, Patients: o.patients, Records: records, Sources: o.sources, Org: acttest.Org, Log: slog.New(slog.DiscardHandler)})
	o.patients.Touches(o.orders.TouchedIn)
	records.Touches(o.orders.TouchedIn)
	o.intake = intake.New(intake.Options{Door: b.Door, Vault: b.Vault, Blobs: blobs, Patients: o.patients, Records: records, Sources: o.sources, Orders: o.orders})
	o.room = feed.New(feed.Options{
		Door: b.Door, Vault: b.Vault, Jobs: o.jobs, Duty: o.duty, Staff: o.staff, Sources: o.sources, Intake: o.intake, Orders: o.orders, Org: acttest.Org,
		Connections: []view.Connection{{Code: "drop", Kind: view.Folder, Folder: o.folder}}, Log: slog.New(slog.DiscardHandler),
	})
	department, err := o.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "0301", NameZH: "心血管内科", Kind: staff.Clinical})
	if err != nil {
		b.T.Fatal(err)
	}
	for name, role := range o.roles {
		made, err := o.staff.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
		if err == nil {
			_, err = o.staff.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)})
		}
		if err != nil {
			b.T.Fatal(err)
		}
		o.people[name] = made.ID
	}
	s := web.New("test")
	o.room.Routes(s)
	s.Gate = o.Door.Begin
	o.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(o.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
	return o
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role, known := o.roles[who]
	if !known {
		o.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"medical-affairs": "management", "quality": "quality", "auditor": "supervision", "attending": "care", "technician": "care"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	return acttest.For(o.Person(o.people[who], []string{"it"}, 4, role), purpose)
}

// live registers a source with which everything that a feed brings was agreed.
func (o *office) live(code string) source.Source {
	o.T.Helper()
	s, err := o.sources.Register(o.as("sys"), source.Writing{
		Code: code, NameZH: code, Kinds: []string{"drop-folder"}, Owner: o.people["li"], Purpose: "主数据", Shapes: []string{"departments", "people", "patients", "visits", "requests", "documents", "orders", "results", "stock"}, SilentMinutes: 60,
		Networks: []string{"10.1.2.0/24"}, PerMinute: 100,
	})
	if err == nil {
		_, err = o.sources.Promise(o.as("li"), s.ID, source.Promising{Words: "仅用于主数据同步", Since: o.Clock.Now(), Until: o.Clock.Now().AddDate(1, 0, 0)})
	}
	if err == nil {
		_, err = o.sources.Approve(o.as("safe"), s.ID)
	}
	if err == nil {
		s, err = o.sources.Begin(o.as("head"), s.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) leave(name, text string) {
	o.T.Helper()
	if err := os.WriteFile(filepath.Join(o.folder, name), []byte(text), 0o600); err != nil {
		o.T.Fatal(err)
	}
}

// columns are rules that take columns as they are: "field=column".
func columns(pairs ...string) map[string]feed.Rule {
	fields := map[string]feed.Rule{}
	for _, pair := range pairs {
		id, column, _ := strings.Cut(pair, "=")
		fields[id] = feed.Rule{Columns: []string{column}}
	}
	return fields
}

func patientsOf(code string) feed.Writing {
	fields := columns("number=病案号", "name=姓名", "birthDate=出生日期", "idNumber=身份证号", "phone=电话")
	fields["sex"] = feed.Rule{Columns: []string{"性别"}, Codes: map[string]string{"男": "male", "女": "female", "*": "unknown"}}
	return feed.Writing{Feed: code + "-patients", Source: code, Shape: feed.Patients, Mapping: feed.Mapping{Connection: "drop", Table: code + "-patients.csv", Fields: fields}}
}

func visitsOf(code string) feed.Writing {
	fields := columns("patient=病案号", "name=姓名", "visit=就诊号", "admitted=入院时间", "discharged=出院时间", "department=科室", "bed=床号", "attending=主治")
	fields["kind"] = feed.Rule{Constant: "inpatient"}
	return feed.Writing{Feed: code + "-visits", Source: code, Shape: feed.Visits, Mapping: feed.Mapping{Connection: "drop", Table: code + "-visits.csv", Fields: fields}}
}

// mapped keeps a mapping and has it approved.
func (o *office) mapped(in feed.Writing) {
	o.T.Helper()
	v, err := o.room.SetMapping(o.as("sys"), in)
	if err == nil {
		_, err = o.room.Approve(o.as("safe"), v.Feed, v.Rev)
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

// runs has a feed read and returns how that ended.
func (o *office) runs(code string) feed.Run {
	o.T.Helper()
	o.Clock.Advance(time.Minute)
	run, err := o.room.BeginRun(o.as("sys"), code, false)
	if err != nil {
		o.T.Fatal(err)
	}
	return o.settled(run)
}

func (o *office) settled(run feed.Run) feed.Run {
	o.T.Helper()
	if err := o.jobs.Settle(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
	run, err := o.room.ViewRun(o.as("sys"), run.ID)
	if err != nil || run.State == feed.Waiting {
		o.T.Fatalf("%+v: %v", run, err)
	}
	return run
}

func (o *office) findings(run feed.Run) string {
	o.T.Helper()
	page, err := o.room.Findings(o.as("sys"), run.ID, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	var all []string
	for _, f := range page.Items {
		all = append(all, f.Called+":"+f.Rule+":"+f.Field)
	}
	return strings.Join(all, " ")
}

func (o *office) mustCount(run feed.Run, fresh, changed, unchanged, refused, gone int) {
	o.T.Helper()
	t := run.Tally
	if run.State != feed.Done || t.Fresh != fresh || t.Changed != changed || t.Unchanged != unchanged || t.Refused != refused || t.Gone != gone {
		o.T.Fatalf("%s %s: %+v", run.State, run.Why, t)
	}
}
