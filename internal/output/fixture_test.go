package output_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/fault/faulttest"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/staff"
)

const cardiology = "cardiology"

// exportFailed is what the log says of a job that was not done.
const exportFailed = "output.export"

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// hospital is a bench with everything that leaves: four patients who lie in cardiology
// under chen, an archived document of the first, and the people of the offices.
type hospital struct {
	*acttest.Bench
	room     *output.Room
	patients *patient.Room
	records  *record.Room
	consents *consent.Room
	staff    *staff.Room
	duty     *duty.Room
	jobs     *job.Runner
	http     http.Handler
	people   map[string]string
	posts    map[string]string // appointment by name
	office   string            // department
	ill      []string          // patients
	document string
	granted  time.Time // until when everybody has a grant for everybody
	live     bool      // sessions count
	alarms   []string
	bonds    staff.Bonds
	turn     func(page int) // between the pages of a list
}

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

var posts = map[string]string{
	"chen": "attending", "stranger": "attending", "clerk": "records-clerk", "affairs": "medical-affairs", "second": "medical-affairs", "third": "medical-affairs",
	"zhou": "president", "gao": "researcher", "it": "it-head", "discipline": "discipline", "security": "security-administrator",
}

func open(b *acttest.Bench) *hospital {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{
		Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}),
		people: map[string]string{}, posts: map[string]string{}, live: true, granted: b.Clock.Now().AddDate(1, 0, 0),
	}
	h.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.NewTextHandler(b.Log, nil)))
	h.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.records = record.New(b.Door, h.patients, pens{})
	h.consents = consent.New(consent.Options{Door: b.Door, Patients: h.patients, Duty: h.duty, Vault: b.Vault, Org: acttest.Org})
	h.room = output.New(output.Options{
		Door: b.Door, Patients: h.patients, Records: h.records, Duty: h.duty, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Org: acttest.Org, House: "明州市第一医院",
		Address: "https://records.example", Fonts: []string{os.Getenv("OUTPUT_TEST_FONT")},
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return h.bonds, nil
		},
		Live:  func(context.Context) bool { return h.live },
		Alarm: func(_ context.Context, what string, _ error) { h.alarms = append(h.alarms, what) },
	})
	h.room.Offer(h.list("patients", true), h.list("readers", false))
	b.Door.Ties(func(_ context.Context, _ db.Reader, actor act.Actor, patients []string, _ time.Time) (map[string][]policy.Tie, error) {
		found := map[string][]policy.Tie{}
		for _, p := range patients {
			if actor.Purpose != "care" {
				found[p] = []policy.Tie{{Kind: policy.TieGrant, ID: "g1", Role: actor.Purpose, Since: b.Clock.Now().Add(-time.Hour), Until: h.granted}}
			}
		}
		return found, nil
	})
	h.settle()
	return h
}

func (h *hospital) settle() {
	h.T.Helper()
	department, err := h.staff.AddDepartment(h.FirstStart(), staff.NewDepartment{Code: "office", NameZH: "院办", Kind: staff.Administrative})
	if err != nil {
		h.T.Fatal(err)
	}
	h.office = department.ID
	for _, name := range []string{"李四", "王五", "赵六", "孙七"} {
		h.ill = append(h.ill, h.bring(name))
	}
	h.document = h.file(h.ill[0], "出院记录", "病情好转，予以出院。")
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

// list gives a line for each patient, one on a page.
func (h *hospital) list(id string, patients bool) output.Source {
	return output.Source{
		ID: id, Name: fault.Text{ZH: "患者清单", EN: "Patients"}, Patients: patients, Filters: []string{"text"},
		Columns: []output.Column{{ID: "name", Name: fault.Text{ZH: "姓名"}, Sensitive: true}, {ID: "note", Name: fault.Text{ZH: "备注"}}},
		Page: func(_ context.Context, _ map[string]string, cursor string, _ int) (output.Rows, error) {
			n := len(cursor)
			if h.turn != nil {
				h.turn(n + 1)
			}
			rows := output.Rows{Rows: []output.Row{{Patient: h.ill[n], Cells: []string{"李四" + cursor, "=1+1"}}}}
			if n+1 < len(h.ill) {
				rows.Next = cursor + "x"
			}
			return rows, nil
		},
	}
}

func (h *hospital) hire(name, role string) {
	h.T.Helper()
	made, err := h.staff.AddPerson(h.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: "员工" + name, Category: staff.Employee})
	if err != nil {
		h.T.Fatal(err)
	}
	post, err := h.staff.Appoint(h.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: h.office, Until: h.Clock.Now().AddDate(3, 0, 0)})
	if err != nil {
		h.T.Fatal(err)
	}
	h.people[name], h.posts[name] = made.ID, post.ID
}

// person is somebody of the staff, who is hired when he is first spoken of.
func (h *hospital) person(name string) string {
	h.T.Helper()
	if h.people[name] == "" {
		h.hire(name, posts[name])
	}
	return h.people[name]
}

func (h *hospital) postOf(name string) string {
	h.person(name)
	return h.posts[name]
}

func (h *hospital) bring(name string) string {
	h.T.Helper()
	attending := h.person("chen")
	feed := h.Feed("his")
	p, err := h.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err != nil {
		h.T.Fatal(err)
	}
	err = h.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: attending, Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID()
}

func (h *hospital) file(of, title, text string) string {
	h.T.Helper()
	id, err := h.records.File(h.as("chen"), record.Filing{
		Patient: of, Kind: "C0034", Title: title, Sensitivity: 1, Sign: true, Content: record.Content{Sections: []record.Section{{Key: "a", Title: "出院情况", Text: text}}},
	})
	if err == nil {
		err = h.records.Archive(acttest.For(h.as("clerk"), "coding"), id)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return id
}

var purposes = map[string]string{
	"chen": "care", "stranger": "care", "clerk": "patient-request", "gao": "research", "it": "operation", "security": "operation", "discipline": "supervision",
}

func (h *hospital) as(who string) context.Context {
	h.T.Helper()
	role, known := posts[who]
	if !known {
		h.T.Fatalf("nobody is called %s", who)
	}
	departments := []string{h.office}
	if who == "chen" {
		departments = []string{cardiology}
	}
	purpose := purposes[who]
	if purpose == "" {
		purpose = "management"
	}
	return acttest.For(h.Person(h.person(who), departments, 4, role), purpose)
}

// stale is somebody who has not lately shown again who he is.
func stale(ctx context.Context) context.Context {
	a := act.From(ctx)
	a.Stale = true
	return act.With(ctx, a)
}

func elsewhere(ctx context.Context) context.Context {
	a := act.From(ctx)
	a.Session = "another"
	return act.With(ctx, a)
}

func (h *hospital) nobody() context.Context {
	return act.With(h.T.Context(), act.Actor{Actor: policy.Actor{Kind: act.Anonymous}, IP: "192.0.2.9"})
}

func (h *hospital) printing() output.Printing {
	return output.Printing{Documents: []output.Wanted{{Document: h.document}}, Profile: "care", Copies: 1, Media: output.HTML}
}

func (h *hospital) print(who string, in output.Printing) output.Made {
	h.T.Helper()
	m, err := h.room.Print(h.as(who), in)
	if err != nil {
		h.T.Fatal(err)
	}
	return m
}

func asking() output.AskingFor {
	return output.AskingFor{List: "patients", Format: output.CSV, Profile: "office", Case: "医务(2026)3 号"}
}

// export asks for a list and lets it be read.
func (h *hospital) export(who string, in output.AskingFor) output.Export {
	h.T.Helper()
	x, err := h.room.Ask(h.as(who), in)
	if err != nil {
		h.T.Fatal(err)
	}
	return h.settled(who, x.ID)
}

// fetch signs for a file, where that is asked for, and fetches it.
func (h *hospital) fetch(who, export, code string) (output.Fetched, error) {
	h.T.Helper()
	if _, err := h.room.Pledge(h.as(who), export); err != nil && faulttest.Code(err) != "output.state" {
		h.T.Fatal(err)
	}
	return h.room.Download(h.as(who), export, code)
}

func (h *hospital) settled(who, export string) output.Export {
	h.T.Helper()
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	if strings.Contains(h.Log.String(), exportFailed) {
		h.T.Fatal(h.Log.String())
	}
	seen, err := h.room.ViewExport(h.as(who), export)
	if err != nil {
		h.T.Fatal(err)
	}
	return seen.Export
}

// setProfile changes a profile as delivered.
func (h *hospital) setProfile(id string, change func(*output.Profile)) {
	h.T.Helper()
	all, err := h.room.Profiles(h.as("affairs"))
	if err != nil {
		h.T.Fatal(err)
	}
	for _, p := range all {
		if p.ID == id {
			rev := p.Rev
			change(&p)
			if _, err := h.room.SetProfile(h.as("affairs"), p, rev); err != nil {
				h.T.Fatal(err)
			}
		}
	}
}

// tasks are the kinds of task that were opened, in no order.
func (h *hospital) tasks() []string {
	h.T.Helper()
	var kinds []string
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(h.T.Context(), "SELECT kind FROM duty_task WHERE room = $1", "output")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var kind string
			if err := rows.Scan(&kind); err != nil {
				return err
			}
			kinds = append(kinds, kind)
		}
		return rows.Err()
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return kinds
}

func (h *hospital) number(query string) int64 {
	h.T.Helper()
	var n int64
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(h.T.Context(), query)
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		return rows.Scan(&n)
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

func (h *hospital) did(verb string) int {
	h.T.Helper()
	n := 0
	for _, e := range h.Entries() {
		if e.Verb == verb && e.Outcome == "done" {
			n++
		}
	}
	return n
}

func unmet(err error) []string {
	refusal, ok := fault.From(err).Detail.(act.Refusal)
	if !ok {
		return nil
	}
	var names []string
	for _, c := range refusal.Unmet() {
		names = append(names, c.Name)
	}
	return slices.Compact(names)
}

func refused(err error) bool { return errors.Is(err, act.ErrRefused) }

func (h *hospital) ask(who, method, path, body string) (int, map[string]any) {
	h.T.Helper()
	return webtest.Ask(h.T, h.http, who, method, path, body)
}
