package source_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/base/web/webtest"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
)

// office is a bench with the people around an interface: li answers for it, sys, net
// and head run systems, safe is the security administrator, wang treats patients.
type office struct {
	*acttest.Bench
	room    *source.Room
	staff   *staff.Room
	duty    *duty.Room
	http    http.Handler
	people  map[string]string
	roles   map[string]string
	bonds   staff.Bonds
	stale   map[string]bool
	it      string
	over    map[string]bool // sessions of these people are over
	alarmed []string
}

// hand signs for everybody: that signatures hold is shown where keys are kept.
type hand struct{}

func (hand) Sign(_ context.Context, actor act.Actor, message []byte) (string, []byte, error) {
	if len(message) == 0 {
		return "", nil, errors.New("nothing to sign")
	}
	return "key-" + actor.ID, []byte("signed by " + actor.ID), nil
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
	o := &office{
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}, stale: map[string]bool{}, over: map[string]bool{},
		roles: map[string]string{
			"li": "technician", "sys": "system-administrator", "net": "network-administrator", "head": "it-head", "safe": "security-administrator", "auditor": "auditor", "wang": "attending",
		},
	}
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.room = source.New(source.Options{
		Door: b.Door, Duty: o.duty, Vault: b.Vault, Ledger: b.Ledger, Signer: hand{}, Org: acttest.Org, Acting: o.acting, Address: house,
		Alarm: func(_ context.Context, what string, _ error) { o.alarmed = append(o.alarmed, what) },
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return o.bonds, nil
		},
	})
	department, err := o.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "it", NameZH: "信息科", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	o.it = department.ID
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
	o.serve()
	return o
}

func (o *office) serve() {
	s := web.New("test")
	o.room.Routes(s)
	s.Gate = func(ctx context.Context, verb string) error {
		if err := o.room.Gate(ctx, verb); err != nil {
			return err
		}
		return o.Door.Begin(ctx, verb)
	}
	s.Mux.HandleFunc("/fhir/", o.resource)
	s.Mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		if err := o.room.Unregistered(r.Context()); err != nil {
			web.WriteProblem(w, r, err)
			return
		}
		web.WriteProblem(w, r, web.ErrNoRoute.With())
	})
	o.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			from := act.Actor{Actor: policy.Actor{Kind: act.Anonymous}, IP: "10.1.2.3"}
			if ip := r.Header.Get("From-Address"); ip != "" {
				from.IP = ip
			}
			if who := r.Header.Get("As"); who != "" {
				from = act.From(o.as(who))
			}
			next.ServeHTTP(w, r.WithContext(act.With(r.Context(), from)))
		})
	}, o.room.Authenticate)
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role, known := o.roles[who]
	if !known {
		o.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"auditor": "supervision", "attending": "care", "technician": "care"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	a := act.From(acttest.For(o.Person(o.people[who], []string{o.it}, 1, role), purpose))
	a.Stale, a.Session = o.stale[who], "session-"+who
	return act.With(o.T.Context(), a)
}

func (o *office) ask(who, method, path, body string) (int, map[string]any) {
	o.T.Helper()
	return webtest.Ask(o.T, o.http, who, method, path, body)
}

// his is how a HIS is registered here.
func (o *office) his() source.Writing {
	return source.Writing{
		Code: "his", NameZH: "医院信息系统", NameEN: "HIS", Kinds: []string{"hl7-mllp", "rest"}, Owner: o.people["li"], Vendor: "某公司", Purpose: "患者与就诊信息",
		Standard: "HL7 v2.5.1", Shapes: []string{"patients", "visits"}, Senders: []source.Sender{{Application: "HIS", Facility: "MINGZHOU"}},
		Networks: []string{"10.1.2.0/24"}, PerMinute: 100, SilentMinutes: 60,
	}
}

func (o *office) registered(in source.Writing) source.Source {
	o.T.Helper()
	s, err := o.room.Register(o.as("sys"), in)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// term is an agreement for a year from now on.
func (o *office) term() source.Promising {
	return source.Promising{Words: "仅用于本院患者就诊信息同步", Since: o.Clock.Now(), Until: o.Clock.Now().AddDate(1, 0, 0)}
}

func (o *office) approved(in source.Writing) source.Source {
	o.T.Helper()
	s := o.registered(in)
	_, err := o.room.Promise(o.as("li"), s.ID, o.term())
	if err == nil {
		s, err = o.room.Approve(o.as("safe"), s.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) live() source.Source {
	o.T.Helper()
	s, err := o.room.Begin(o.as("net"), o.approved(o.his()).ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

// bearer issues a bearer key for half a year.
func (o *office) bearer(s source.Source) (source.Key, string) {
	o.T.Helper()
	return o.issued(s, source.Issuing{Kind: source.ByBearer, Until: o.Clock.Now().AddDate(0, 6, 0)})
}

func (o *office) issued(s source.Source, in source.Issuing) (source.Key, string) {
	o.T.Helper()
	k, secret, err := o.room.IssueKey(o.as("sys"), s.ID, in)
	if err != nil {
		o.T.Fatal(err)
	}
	return k, secret
}

// call asks as a machine and returns the status and the code of the problem.
func (o *office) call(prepare func(r *http.Request)) (int, string) {
	o.T.Helper()
	return o.callAt("GET", "/api/source/self", "", prepare)
}

func (o *office) callAt(method, path, body string, prepare func(r *http.Request)) (int, string) {
	o.T.Helper()
	r := httptest.NewRequestWithContext(o.T.Context(), method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	prepare(r)
	w := httptest.NewRecorder()
	o.http.ServeHTTP(w, r)
	_, code, _ := strings.Cut(w.Body.String(), `"code":"`)
	code, _, _ = strings.Cut(code, `"`)
	if w.Code == http.StatusOK {
		code = ""
	}
	return w.Code, code
}

func with(token string) func(r *http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func (o *office) mustCall(name string, prepare func(r *http.Request), status int, code string) {
	o.T.Helper()
	if got, said := o.call(prepare); got != status || said != code {
		o.T.Errorf("%s: %d %s, want %d %s", name, got, said, status, code)
	}
}

func (o *office) tick() {
	o.T.Helper()
	if err := o.room.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

// tasks counts the open tasks of a kind about something.
func (o *office) tasks(k *duty.Kind, subject string) int {
	o.T.Helper()
	var all []duty.Task
	err := o.Store.Read(o.T.Context(), func(r db.Reader) (err error) {
		all, err = duty.OpenAbout(o.T.Context(), r, acttest.Org, k, subject)
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return len(all)
}

func (o *office) seen(s source.Source) source.Seen {
	o.T.Helper()
	seen, err := o.room.View(o.as("auditor"), s.ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return seen
}
