package privilege_test

import (
	"context"
	"log/slog"
	"net/http"
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
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/privilege"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/staff"
)

// office is a bench with the people who run a house: dba, sys, net, head of IT, the
// security administrator, the auditor, and chen, who treats patients.
type office struct {
	*acttest.Bench
	room      *privilege.Room
	staff     *staff.Room
	duty      *duty.Room
	jobs      *job.Runner
	http      http.Handler
	people    map[string]string
	roles     map[string]string
	bonds     staff.Bonds
	suspended []string
	stale     map[string]bool
	remote    map[string]bool
	weak      map[string]bool
	verbs     []string
}

// watched are the tables that give power on this bench.
var watched = []string{"privilege_change", "privilege_envelope", "privilege_finding", "privilege_round", "staff_appointment"}

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
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}, stale: map[string]bool{}, remote: map[string]bool{}, weak: map[string]bool{}, verbs: rules.Verbs(),
		roles: map[string]string{
			"dba": "dba", "sys": "system-administrator", "net": "network-administrator", "head": "it-head", "safe": "security-administrator",
			"auditor": "auditor", "zhou": "president", "night": "administrator-on-duty", "chen": "attending", "affairs": "medical-affairs",
		},
	}
	o.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: o.jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.room = o.newRoom(o.jobs)
	department, err := o.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "it", NameZH: "信息科", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	for name, role := range o.roles {
		made, err := o.staff.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
		if err == nil && role != "administrator-on-duty" {
			_, err = o.staff.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(3, 0, 0)})
		}
		if err != nil {
			b.T.Fatal(err)
		}
		o.people[name] = made.ID
	}
	o.serve()
	return o
}

func (o *office) newRoom(jobs *job.Runner) *privilege.Room {
	options := verify.Options{MAC: o.Vault.MACRow, PublicKey: o.Vault.LedgerSigner().PublicKey(), Upkeep: schema.Upkeep}
	return privilege.New(privilege.Options{
		Door: o.Door, Duty: o.duty, Vault: o.Vault, Jobs: jobs, Org: acttest.Org,
		Eyes: privilege.Eyes{
			Permissions: verify.NewWatch(o.Store, options, watched).Look,
			Tables: func(ctx context.Context, tables []string) (verify.Look, error) {
				return verify.NewWatch(o.Store, options, tables).Look(ctx)
			},
			Whole: func(ctx context.Context, progress func(string, int64, int64)) (verify.Report, error) {
				asked := options
				asked.Progress = progress
				return verify.Run(ctx, o.Store, asked)
			},
			Known: []string{"staff_appointment", "staff_department", "staff_person"},
		},
		Bonds: func(context.Context, db.Reader, string, []string, time.Time) (staff.Bonds, error) {
			return o.bonds, nil
		},
		Suspend: func(_ context.Context, person string) (bool, error) {
			o.suspended = append(o.suspended, person)
			return true, nil
		},
		Alarm: func(context.Context, string, error) {}, Verbs: o.verbs, Ledger: o.Ledger,
	})
}

func (o *office) serve() {
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
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	if who == "bastion" {
		return acttest.For(o.Feed("bastion"), "operation")
	}
	role, known := o.roles[who]
	if !known {
		o.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"auditor": "supervision", "president": "management", "attending": "care", "medical-affairs": "management"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	a := act.From(acttest.For(o.Person(o.people[who], []string{"it"}, 1, role), purpose))
	a.Terminal, a.Stale, a.Weak = "desk-"+who, o.stale[who], o.weak[who]
	if o.remote[who] {
		a.Zone = "remote"
	}
	return act.With(o.T.Context(), a)
}

func (o *office) tick() {
	o.T.Helper()
	if err := o.room.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

// asking is a change of appointments, from in an hour on for two hours.
func (o *office) asking() privilege.AskingChange {
	return privilege.AskingChange{
		Title: "更正任职截止日", Reason: "人事系统迁移后截止日错位", Script: "UPDATE staff_appointment SET until = …;", Tables: []string{"staff_appointment"}, Risk: "medium",
		Since: o.Clock.Now().Add(time.Hour), Until: o.Clock.Now().Add(3 * time.Hour),
	}
}

func (o *office) asked(in privilege.AskingChange) privilege.Change {
	o.T.Helper()
	c, err := o.room.AskChange(o.as("dba"), in)
	if err != nil {
		o.T.Fatal(err)
	}
	return c
}

// approved is a change that was reviewed by the head of IT and approved by the
// security administrator.
func (o *office) approved(in privilege.AskingChange) privilege.Change {
	o.T.Helper()
	c := o.asked(in)
	if _, err := o.room.ReviewChange(o.as("head"), c.ID); err != nil {
		o.T.Fatal(err)
	}
	c, err := o.room.ApproveChange(o.as("safe"), c.ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return c
}

func (o *office) findings() []privilege.Finding {
	o.T.Helper()
	l, err := o.room.ListFindings(o.as("auditor"), web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return l.Items
}

// tasks counts the open tasks of a kind.
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

func (o *office) ask(who, method, path, body string) (int, map[string]any) {
	o.T.Helper()
	return webtest.Ask(o.T, o.http, who, method, path, body)
}
