package sharing_test

import (
	"bytes"
	"context"
	"encoding/hex"
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
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/staff"
)

const cardiology = "cardiology"

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// counter is a bench with everything behind the window: an archived document of a
// patient who lies in cardiology under chen, and the people who serve the window.
type counter struct {
	*acttest.Bench
	room     *sharing.Room
	outputs  *output.Room
	consents *consent.Room
	patients *patient.Room
	records  *record.Room
	staff    *staff.Room
	duty     *duty.Room
	http     http.Handler
	office   staff.Department
	people   map[string]string
	patient  string
	other    string // another patient
	document string
	second   string // another document of the patient, of another kind
	foreign  string // of another patient

	encounter, elsewhere string // of the one patient and of the other
}

func both(t *testing.T, fn func(t *testing.T, c *counter)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *counter {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	c := &counter{Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}}
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	c.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: c.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	c.records = record.New(b.Door, c.patients, pens{})
	c.consents = consent.New(consent.Options{Door: b.Door, Patients: c.patients, Duty: c.duty, Vault: b.Vault, Org: acttest.Org})
	c.outputs = output.New(output.Options{
		Door: b.Door, Patients: c.patients, Records: c.records, Duty: c.duty, Vault: b.Vault, Jobs: jobs, Org: acttest.Org, House: "明州市第一医院", Address: "https://records.example",
	})
	recipients := recipient.New(recipient.Options{Door: b.Door, Patients: c.patients, Duty: c.duty, Vault: b.Vault, Jobs: jobs, Org: acttest.Org})
	c.room = sharing.New(sharing.Options{Door: b.Door, Patients: c.patients, Records: c.records, Duty: c.duty, Outputs: c.outputs, Recipients: recipients, Bonds: delegations})
	c.office, err = c.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "office", NameZH: "院办", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	for name, role := range map[string]string{"window": "records-clerk", "colleague": "records-clerk", "helper": "records-clerk", "zhou": "president", "night": "medical-affairs", "law": "medical-affairs", "claims": "insurance-office", "billing": "insurance-office"} {
		c.hire(name, role, c.office.ID)
	}
	c.patient, c.encounter = c.bring("李四")
	c.document = c.file(c.patient, c.encounter, "C0034")
	c.second = c.file(c.patient, c.encounter, "C0038")
	c.other, c.elsewhere = c.bring("王五")
	c.foreign = c.file(c.other, c.elsewhere, "C0034")
	c.serve()
	return c
}

func delegations(ctx context.Context, r db.Reader, org string, people []string, at time.Time) (staff.Bonds, error) {
	found, err := duty.Delegations(ctx, r, org, people, at)
	return staff.Bonds{Delegations: found}, err
}

func (c *counter) serve() {
	s := web.New("test")
	c.room.Routes(s)
	s.Gate = c.Door.Begin
	c.http = s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if who := r.Header.Get("As"); who != "" {
				r = r.WithContext(act.With(r.Context(), act.From(c.as(who))))
			}
			next.ServeHTTP(w, r)
		})
	})
}

func (c *counter) hire(name, role, department string) {
	c.T.Helper()
	made, err := c.staff.AddPerson(c.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
	if err == nil {
		_, err = c.staff.Appoint(c.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department, Until: c.Clock.Now().AddDate(3, 0, 0)})
	}
	if err != nil {
		c.T.Fatal(err)
	}
	c.people[name] = made.ID
}

func (c *counter) bring(name string) (id, encounter string) {
	c.T.Helper()
	feed := c.Feed("his")
	p, err := c.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err != nil {
		c.T.Fatal(err)
	}
	err = c.Door.Desk("patient").Do(feed, "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := c.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		encounter, err = c.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: "chen", Source: "his"})
		return err
	})
	if err != nil {
		c.T.Fatal(err)
	}
	return p.ID(), encounter
}

func (c *counter) file(of, encounter, kind string) string {
	c.T.Helper()
	id, err := c.records.File(c.as("chen"), record.Filing{
		Patient: of, Encounter: encounter, Kind: kind, Title: "出院记录", Sign: true, Content: record.Content{Sections: []record.Section{{Key: "a", Title: "甲", Text: "病情好转"}}},
	})
	if err == nil {
		err = c.records.Archive(acttest.For(c.as("window"), "coding"), id)
	}
	if err != nil {
		c.T.Fatal(err)
	}
	return id
}

func (c *counter) as(who string) context.Context {
	switch who {
	case "chen":
		return c.Person(who, []string{cardiology}, 4, "attending")
	case "window", "colleague", "helper":
		return acttest.For(c.Person(c.people[who], []string{"records"}, 3, "records-clerk"), "legal")
	case "zhou":
		return acttest.For(c.Person(c.people[who], []string{"office"}, 3, "president"), "management")
	case "night":
		return acttest.For(c.Person(c.people[who], []string{"affairs"}, 3, "medical-affairs"), "management")
	case "law":
		return acttest.For(c.Person(c.people[who], []string{"affairs"}, 3, "medical-affairs"), "legal")
	case "claims", "billing":
		return acttest.For(c.Person(c.people[who], []string{"insurance"}, 3, "insurance-office"), "insurance")
	case "auditor":
		return acttest.For(c.Person(who, nil, 1, "auditor"), "supervision")
	case "dba":
		return acttest.For(c.Person(who, nil, 1, "dba"), "operation")
	}
	c.T.Fatalf("nobody is called %s", who)
	return nil
}

var proof = bytes.Repeat([]byte{7}, 32)

var proofText = hex.EncodeToString(proof)

// papersFor are all that a kind must present.
func papersFor(kind string) sharing.Papers {
	p := sharing.Papers{Names: []string{"赵警官", "钱警官"}}
	for _, k := range sharing.Kinds() {
		if k.ID != kind {
			continue
		}
		for _, needed := range k.Papers {
			p.Presented = append(p.Presented, sharing.Presented{Paper: needed.ID, Number: "甬公(2026)7 号", Digest: proofText})
		}
	}
	return p
}

func (c *counter) receiving(kind string) sharing.Receiving {
	in := sharing.Receiving{Patient: c.patient, Kind: kind, Basis: "刑事诉讼法第五十四条", Papers: papersFor(kind)}
	for _, k := range sharing.Kinds() {
		if k.ID == kind && k.Agency {
			in.Agency = "明州市某机构"
		}
	}
	return in
}

// agree files a confidentiality agreement with an institution.
func (c *counter) agree(name string, until time.Time) {
	c.T.Helper()
	security := acttest.For(c.Person("guard", nil, 1, "security-administrator"), "operation")
	made, err := c.staff.AddVendor(security, "P1", name)
	if err == nil {
		_, err = c.staff.FileAgreement(security, staff.NewAgreement{Vendor: made.ID, Scope: "病历共享保密", Until: until, FileName: "a.pdf", File: []byte("scan"), Privacy: true})
	}
	if err != nil {
		c.T.Fatal(err)
	}
}

func (c *counter) receive(kind string) sharing.Case {
	c.T.Helper()
	made, err := c.room.Receive(c.as("window"), c.receiving(kind))
	if err != nil {
		c.T.Fatal(err)
	}
	return made
}

// scoped brings a case up to its approval.
func (c *counter) scoped(kind string, scope sharing.Scope) sharing.Case {
	c.T.Helper()
	made := c.receive(kind)
	for _, who := range []string{"window", "colleague"} {
		if _, err := c.room.CheckIdentity(c.as(who), made.ID); err != nil {
			c.T.Fatal(err)
		}
	}
	made, err := c.room.FixScope(c.as("window"), made.ID, sharing.Scoping{Scope: scope, Assistant: c.people["helper"], Until: c.Clock.Now().Add(20 * 24 * time.Hour)})
	if err != nil {
		c.T.Fatal(err)
	}
	return made
}

func (c *counter) copies() sharing.Scope {
	return sharing.Scope{Forms: []string{"C0034"}, Copies: true}
}

// reviewed has the legal review disclose every section of what lies in a scope.
func (c *counter) reviewed(made sharing.Case) sharing.Case {
	c.T.Helper()
	found, err := c.room.Items(c.as("law"), made.ID)
	if err != nil {
		c.T.Fatal(err)
	}
	var items []sharing.Item
	for _, d := range found.Documents {
		for _, h := range d.Headings {
			items = append(items, sharing.Item{Document: d.Document, Section: h.Section, Disclosed: true, Ground: sharing.Ordered, Reasons: sharing.Reasons{Words: "法定文书列明"}})
		}
	}
	made, err = c.room.FixMasking(c.as("law"), made.ID, items)
	if err != nil {
		c.T.Fatal(err)
	}
	return made
}

func (c *counter) approved(kind, by string) sharing.Case {
	c.T.Helper()
	made, err := c.room.Approve(c.as(by), c.reviewed(c.scoped(kind, c.copies())).ID)
	if err != nil {
		c.T.Fatal(err)
	}
	return made
}

func (c *counter) handing() sharing.Handing {
	return sharing.Handing{Manner: sharing.Copied, Medium: "纸质", Documents: []string{c.document}, Receipt: proof, Format: "html", Pages: map[string]int{c.document: 3}}
}

func (c *counter) ask(who, method, path, body string) (int, map[string]any) {
	c.T.Helper()
	return webtest.Ask(c.T, c.http, who, method, path, body)
}
