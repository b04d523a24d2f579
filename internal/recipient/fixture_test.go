package recipient_test

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// office is a bench with the people around what leaves: li answers for it, sys and net
// run systems, safe is the security administrator, yiwu is of medical affairs.
type office struct {
	*acttest.Bench
	room     *recipient.Room
	staff    *staff.Room
	duty     *duty.Room
	patients *patient.Room
	jobs     *job.Runner
	people   map[string]string
	roles    map[string]string
	bonds    staff.Bonds
	it       string
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
		Bench: b, staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), patients: patient.New(b.Door, b.Vault), people: map[string]string{},
		roles: map[string]string{
			"li": "technician", "sys": "system-administrator", "net": "network-administrator", "safe": "security-administrator", "auditor": "auditor", "yiwu": "medical-affairs", "wang": "attending",
		},
	}
	o.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	o.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: o.staff, Vault: b.Vault, Jobs: o.jobs, Dial: dial.New(nil), Org: acttest.Org})
	o.room = recipient.New(recipient.Options{
		Door: b.Door, Patients: o.patients, Duty: o.duty, Vault: b.Vault, Jobs: o.jobs, Org: acttest.Org,
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
	return o
}

func (o *office) as(who string) context.Context {
	o.T.Helper()
	role, known := o.roles[who]
	if !known {
		o.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"auditor": "supervision", "attending": "care", "technician": "care", "medical-affairs": "management"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	return acttest.For(o.Person(o.people[who], []string{o.it}, 1, role), purpose)
}

// platform is how a regional platform is registered here.
func (o *office) platform() recipient.Writing {
	return recipient.Writing{
		Code: "province", Kind: "platform", NameZH: "省健康信息平台", NameEN: "Provincial platform", Owner: o.people["li"], Address: "https://platform.example/in",
		Seen: []string{"203.0.113.0/24"}, Verified: "由卫健委公函核实", Shapes: []string{"documents"}, Fields: []string{"诊断"}, Purpose: "区域共享", Basis: "某省健康信息管理办法", Hours: 24,
		Since: o.Clock.Now(), Until: o.Clock.Now().AddDate(1, 0, 0),
	}
}

func (o *office) live(in recipient.Writing) recipient.Recipient {
	o.T.Helper()
	x, err := o.room.Register(o.as("sys"), in)
	if err == nil {
		x, err = o.room.Approve(o.as("safe"), x.ID)
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return x
}

func (o *office) bring(name string) string {
	o.T.Helper()
	feed := o.Feed("his")
	p, err := o.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err == nil {
		err = o.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) error {
			if err := o.patients.RegisterIn(ctx, w, p); err != nil {
				return err
			}
			_, err := o.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: o.it, Attending: o.people["wang"], Source: "his"})
			return err
		})
	}
	if err != nil {
		o.T.Fatal(err)
	}
	return p.ID()
}

// leaving is one document of each patient, about to be sent.
func leaving(x recipient.Recipient, content string, patients ...string) recipient.Leaving {
	sum := sm.Sum([]byte(content))
	in := recipient.Leaving{Recipient: x.ID, Channel: "专线", Shape: "documents", Digest: sum[:], Bytes: int64(len(content))}
	for _, p := range patients {
		in.Items = append(in.Items, recipient.Item{Kind: "Document", ID: "doc-" + p, Patient: p, Version: 1})
	}
	return in
}

func digest(content string) []byte {
	sum := sm.Sum([]byte(content))
	return sum[:]
}

func (o *office) mustSend(in recipient.Leaving) recipient.Sending {
	o.T.Helper()
	s, err := o.room.Send(o.as("yiwu"), in)
	if err != nil {
		o.T.Fatal(err)
	}
	return s
}

func (o *office) tick() {
	o.T.Helper()
	if err := o.room.Tick(o.T.Context()); err != nil {
		o.T.Fatal(err)
	}
}

// follow tells what happened, and lets what is due be done.
func (o *office) follow() {
	o.T.Helper()
	err := o.room.Follow(o.T.Context())
	if err == nil {
		err = o.jobs.Settle(o.T.Context())
	}
	if err != nil {
		o.T.Fatal(err)
	}
}

// tasks are the people asked by open tasks of a kind about something.
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

func (o *office) findings(state string) []recipient.Finding {
	o.T.Helper()
	page, err := o.room.Findings(o.as("safe"), state, web.Paging{})
	if err != nil {
		o.T.Fatal(err)
	}
	return page.Items
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

// system is another system of the hospital that is told of events, over TLS.
type system struct {
	*httptest.Server
	down   bool
	answer func(r *http.Request, body []byte) string
	got    []received
}

type received struct {
	header http.Header
	body   []byte
}

func (o *office) system() *system {
	o.T.Helper()
	s := &system{answer: func(_ *http.Request, body []byte) string { return confirming(body) }}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || s.down {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		s.got = append(s.got, received{r.Header, body})
		_, _ = io.WriteString(w, s.answer(r, body))
	}))
	o.T.Cleanup(s.Close)
	return s
}

func (s *system) writing(o *office) recipient.Writing {
	return recipient.Writing{
		Code: "his", Kind: "webhook", NameZH: "医院信息系统", Owner: o.people["li"], Address: s.URL + "/events", Internal: true, Verified: "机房现场核对证书", PEM: pemOf(s.Certificate()),
		Shapes: []string{"events"}, Purpose: "同步封存与撤权", Basis: "本院制度", Hours: 1, Since: o.Clock.Now(), Until: o.Clock.Now().AddDate(1, 0, 0),
	}
}

func pemOf(c *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
}

// seal places a seal behind the room's back, as room access would.
func (o *office) seal(id, patient string) {
	o.T.Helper()
	now := o.Clock.Now().UnixMicro()
	o.Behind("INSERT INTO access_seal (org, id, kind, patient, owner, since, watched, lifted_by, mac) VALUES ($1, $2, 'attention', $3, 'x', $4, $5, '', $6)", acttest.Org, id, patient, now, now, []byte("m"))
	o.step(id, "placed")
}

func (o *office) lift(id string) {
	o.T.Helper()
	o.Behind("UPDATE access_seal SET lifted = $1 WHERE id = $2", o.Clock.Now().UnixMicro(), id)
	o.step(id, "lifted")
}

func (o *office) step(seal, kind string) {
	o.T.Helper()
	o.Behind("INSERT INTO access_seal_step (org, id, seal, kind, at, person) VALUES ($1, $2, $3, $4, $5, 'x')", acttest.Org, seal+"-"+kind, seal, kind, o.Clock.Now().UnixMicro())
}

func (o *office) told(subject string) []recipient.Notice {
	o.T.Helper()
	all, _, err := o.room.NoticesAbout(o.as("yiwu"), subject)
	if err != nil {
		o.T.Fatal(err)
	}
	return all
}
