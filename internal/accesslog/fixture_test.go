package accesslog_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/accesslog"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/staff"
)

// hospital is a bench with a HIS that tells what was done in it. In ward 3 chen treats
// li, whose number is MR-1, and lead is chief; wang, MR-2, lies in ward 5.
type hospital struct {
	*acttest.Bench
	room     *accesslog.Room
	staff    *staff.Room
	duty     *duty.Room
	patients *patient.Room
	jobs     *job.Runner
	http     http.Handler
	people   map[string]string
	roles    map[string]string
	wards    map[string]string
	li, wang string
	accounts map[string]string
}

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
	shelf, err := policy.NewShelf(rules, acttest.Org)
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), patients: patient.New(b.Door, b.Vault),
		people: map[string]string{}, wards: map[string]string{}, accounts: map[string]string{},
		roles: map[string]string{
			"sys": "system-administrator", "auditor": "auditor", "affairs": "medical-affairs", "chen": "attending", "lead": "chief", "mei": "nurse", "far": "attending", "farlead": "chief",
		},
	}
	h.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	h.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org, Patients: h.patients})
	b.Door.Ties(h.duty.Ties)
	h.room = accesslog.New(accesslog.Options{
		Door: b.Door, Rules: shelf, Duty: h.duty, Patients: h.patients, Vault: b.Vault, Jobs: h.jobs, Org: acttest.Org,
		Sources: func(_ context.Context, _ db.Reader, _, code string) (accesslog.Source, bool, error) {
			s := accesslog.Source{ID: code, Code: code, Name: fault.Text{ZH: "住院系统", EN: "HIS"}, Owner: h.people["sys"], Live: code != "old"}
			return s, code == "his" || code == "pacs" || code == "old", nil
		},
		Accounts: func(_ context.Context, _ db.Reader, _, source string, _ []string) (map[string]string, error) {
			if source != "his" {
				return nil, nil
			}
			return h.accounts, nil
		},
	})
	for _, ward := range []string{"ward-3", "ward-5", "it"} {
		made, err := h.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: ward, NameZH: ward, Kind: staff.Clinical})
		if err != nil {
			b.T.Fatal(err)
		}
		h.wards[ward] = made.ID
	}
	for name, role := range h.roles {
		ward := map[string]string{"chen": "ward-3", "lead": "ward-3", "mei": "ward-3", "far": "ward-5", "farlead": "ward-5"}[name]
		if ward == "" {
			ward = "it"
		}
		h.hire(name, role, h.wards[ward])
		h.accounts["a-"+name] = h.people[name]
	}
	h.li, h.wang = h.bring("李四", "MR-1", "ward-3", "chen"), h.bring("王五", "MR-2", "ward-5", "far")
	h.serve()
	return h
}

func (h *hospital) hire(name, role, ward string) {
	h.T.Helper()
	made, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
	if err == nil {
		_, err = h.staff.Appoint(h.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: ward, Until: h.Clock.Now().AddDate(3, 0, 0)})
	}
	if err != nil {
		h.T.Fatal(err)
	}
	h.people[name] = made.ID
}

func (h *hospital) feed() context.Context {
	return h.Feed("his")
}

func (h *hospital) bring(name, number, ward, attending string) string {
	h.T.Helper()
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02", RecordNumber: number}, Level: 1, Source: "his"})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(h.feed(), "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: h.wards[ward], Attending: h.people[attending], Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) serve() {
	s := web.New("test")
	h.room.Routes(s)
	s.Gate = h.Door.Begin
	h.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(h.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
}

func (h *hospital) ask(who, method, path, body string) (int, map[string]any) {
	h.T.Helper()
	return webtest.Ask(h.T, h.http, who, method, path, body)
}

func (h *hospital) as(who string) context.Context {
	h.T.Helper()
	role, known := h.roles[who]
	if !known {
		h.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"auditor": "supervision", "medical-affairs": "management", "system-administrator": "operation"}[role]
	if purpose == "" {
		purpose = "care"
	}
	return acttest.For(h.Person(h.people[who], []string{"it"}, 4, role), purpose)
}

// mapping is that of the HIS.
func mapping() accesslog.Mapping {
	m := accesslog.Presets()[0].Mapping
	m.Fields["event"] = "流水号"
	return m
}

const header = "流水号,操作时间,账号,工号,病历号,文书号,操作,终端,IP,结果\n"

// line is a line of the log of the HIS at so many minutes after eight.
func line(id, minute int, account, number, action string) string {
	at := acttest.Morning.Add(time.Duration(minute) * time.Minute).In(time.FixedZone("", 8*3600))
	return fmt.Sprintf("%d,%s,%s,,%s,D-%d,%s,W3-01,10.1.2.3,成功\n", id, at.Format(time.DateTime), account, number, id, action)
}

func (h *hospital) mapped() {
	h.T.Helper()
	if _, err := h.room.SetMapping(h.as("sys"), "his", mapping()); err != nil {
		h.T.Fatal(err)
	}
}

// take hands in a log in parts and has it matched.
func (h *hospital) take(parts ...string) accesslog.Run {
	h.T.Helper()
	run, err := h.room.Begin(h.as("sys"), "his", time.Time{})
	if err != nil {
		h.T.Fatal(err)
	}
	for i, part := range parts {
		if _, err := h.room.Receive(h.as("sys"), run.ID, i, []byte(part)); err != nil {
			h.T.Fatal(err)
		}
	}
	if _, err := h.room.Finish(h.as("sys"), run.ID); err != nil {
		h.T.Fatal(err)
	}
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	run, _, _, err = h.room.ViewRun(h.as("sys"), run.ID)
	if err != nil || run.State != accesslog.Done {
		h.T.Fatalf("%+v: %v", run, err)
	}
	return run
}

func lines(all ...string) string { return header + strings.Join(all, "") }

// tasks are the open tasks of a kind.
func (h *hospital) tasks(k *duty.Kind, subject string) []duty.Task {
	h.T.Helper()
	var all []duty.Task
	err := h.Store.Read(h.T.Context(), func(r db.Reader) (err error) {
		all, err = duty.OpenAbout(h.T.Context(), r, acttest.Org, k, subject)
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return all
}
