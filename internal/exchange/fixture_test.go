package exchange_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/evidence"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/base/web"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
)

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// hospital is a house that exchanges packages: chen writes, sys and safe run it.
type hospital struct {
	*acttest.Bench
	room       *exchange.Room
	patients   *patient.Room
	records    *record.Room
	recipients *recipient.Room
	sources    *source.Room
	intake     *intake.Room
	staff      *staff.Room
	duty       *duty.Room
	consents   *consent.Room
	jobs       *job.Runner
	server     *httptest.Server
	people     map[string]string
	// meddle changes what arrives on its way, and may answer in its place.
	meddle func(w http.ResponseWriter, raw []byte) ([]byte, bool)
	got    [][]byte
}

const cardiology = "cardiology"

var roles = map[string]string{"li": "technician", "sys": "system-administrator", "head": "it-head", "safe": "security-administrator", "auditor": "auditor", "yiwu": "medical-affairs", "chen": "attending"}

// two runs fn with two hospitals on each engine, of which the first sends to the second.
func two(t *testing.T, fn func(t *testing.T, a, b *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, bench *acttest.Bench) {
		a := open(bench)
		b := open(acttest.New(t, schematest.Prepared.On(t, bench.At.Engine), nil))
		fn(t, a, b)
	})
}

func open(b *acttest.Bench) *hospital {
	b.T.Helper()
	rules, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	blobs, err := vault.OpenBlobFolder(b.T.TempDir(), b.Time)
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{Bench: b, patients: patient.New(b.Door, b.Vault), staff: staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault}), people: map[string]string{}}
	h.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	h.duty = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.records = record.New(b.Door, h.patients, pens{})
	h.consents = consent.New(consent.Options{Door: b.Door, Patients: h.patients, Duty: h.duty, Vault: b.Vault, Org: acttest.Org})
	h.recipients = recipient.New(recipient.Options{Door: b.Door, Patients: h.patients, Duty: h.duty, Vault: b.Vault, Jobs: h.jobs, Org: acttest.Org})
	alarm := func(context.Context, string, error) {}
	h.sources = source.New(source.Options{Door: b.Door, Duty: h.duty, Vault: b.Vault, Signer: pens{}, Org: acttest.Org, Alarm: alarm})
	h.intake = intake.New(intake.Options{Door: b.Door, Vault: b.Vault, Blobs: blobs, Patients: h.patients, Records: h.records, Sources: h.sources})
	h.room = exchange.New(exchange.Options{
		Door: b.Door, Vault: b.Vault, Blobs: blobs, Jobs: h.jobs, Duty: h.duty, Patients: h.patients, Records: h.records, Recipients: h.recipients, Sources: h.sources, Intake: h.intake,
		Org: acttest.Org, Alarm: alarm,
	})
	department, err := h.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "it", NameZH: "信息科", Kind: staff.Administrative})
	if err != nil {
		b.T.Fatal(err)
	}
	for name, role := range roles {
		made, err := h.staff.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee})
		if err == nil {
			_, err = h.staff.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)})
		}
		if err != nil {
			b.T.Fatal(err)
		}
		h.people[name] = made.ID
	}
	h.serve()
	return h
}

// serve answers over TLS, behind the question which machine asks.
func (h *hospital) serve() {
	s := web.New("test")
	h.room.Routes(s)
	s.Gate = h.Door.Begin
	handler := s.Handler(h.sources.Authenticate)
	h.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		h.got = append(h.got, raw)
		if h.meddle != nil {
			var answered bool
			if raw, answered = h.meddle(w, raw); answered {
				return
			}
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
		ctx := act.With(r.Context(), act.Actor{IP: "127.0.0.1", Terminal: "net"})
		handler.ServeHTTP(w, r.WithContext(ctx))
	}))
	h.T.Cleanup(h.server.Close)
}

func (h *hospital) as(who string) context.Context {
	h.T.Helper()
	if who == "chen" {
		return h.Person(h.people[who], []string{cardiology}, 4, "attending")
	}
	role, known := roles[who]
	if !known {
		h.T.Fatalf("nobody is called %s", who)
	}
	purpose := map[string]string{"auditor": "supervision", "technician": "care", "medical-affairs": "management"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	return acttest.For(h.Person(h.people[who], []string{"it"}, 4, role), purpose)
}

func must[T any](t testing.TB) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// keyed makes the keys of a hospital.
func (h *hospital) keyed(name string) exchange.Card {
	h.T.Helper()
	return must[exchange.Card](h.T)(h.room.MakeKeys(h.as("safe"), name))
}

// source registers the other hospital as a source, and returns it with what its machine
// shows.
func (h *hospital) source(code string) (id, secret string) {
	h.T.Helper()
	now := h.Clock.Now()
	s, err := h.sources.Register(h.as("sys"), source.Writing{
		Code: code, NameZH: code, Kinds: []string{"rest"}, Owner: h.people["li"], Purpose: "转诊病历", Shapes: []string{"packages", "patients", "visits", "documents"},
		Networks: []string{"127.0.0.0/8"}, PerMinute: 1000,
	})
	if err == nil {
		_, err = h.sources.Promise(h.as("li"), s.ID, source.Promising{Words: "仅用于转诊", Since: now, Until: now.AddDate(1, 0, 0)})
	}
	if err == nil {
		_, err = h.sources.Approve(h.as("safe"), s.ID)
	}
	if err == nil {
		_, secret, err = h.sources.IssueKey(h.as("sys"), s.ID, source.Issuing{Kind: source.ByBearer, Until: now.AddDate(0, 6, 0)})
	}
	if err == nil {
		_, err = h.sources.Begin(h.as("head"), s.ID)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return s.ID, secret
}

// recipient registers the other hospital as a recipient of documents.
func (h *hospital) recipient(to *hospital, kind string) string {
	h.T.Helper()
	x, err := h.recipients.Register(h.as("sys"), recipient.Writing{
		Code: "second-" + kind, Kind: kind, NameZH: "第二医院", Owner: h.people["li"], Address: to.server.URL + "/api/packages", Internal: true, Verified: "当面核实",
		PEM: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: to.server.Certificate().Raw})), Shapes: []string{"documents"}, Purpose: "转诊", Basis: "双向转诊管理办法", Hours: 24,
		Since: h.Clock.Now(), Until: h.Clock.Now().AddDate(1, 0, 0),
	})
	if err == nil {
		x, err = h.recipients.Approve(h.as("safe"), x.ID)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return x.ID
}

func (h *hospital) partner(in exchange.Registering) exchange.Partner {
	h.T.Helper()
	in.Until = h.Clock.Now().AddDate(1, 0, 0)
	p := must[exchange.Partner](h.T)(h.room.Register(h.as("sys"), in))
	return must[exchange.Partner](h.T)(h.room.Approve(h.as("safe"), p.ID, in.Card.Fingerprint()[:16]))
}

// link lets the first send to the second and returns the partner of each.
func link(a, b *hospital, kind string) (to, from exchange.Partner) {
	a.T.Helper()
	cardOfA, cardOfB := a.keyed("第一医院"), b.keyed("第二医院")
	id, secret := b.source("first")
	from = b.partner(exchange.Registering{Source: id, Card: cardOfA})
	to = a.partner(exchange.Registering{Recipient: a.recipient(b, kind), Card: cardOfB, Credential: secret})
	return to, from
}

// bring registers a patient who lies in cardiology.
func (h *hospital) bring(name, number string) (id, encounter string) {
	h.T.Helper()
	p := must[*patient.Prepared](h.T)(h.patients.Prepare(acttest.Org, patient.Registration{
		Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02", RecordNumber: number}, Level: 1, Source: "his",
	}))
	err := h.Door.Desk("patient").Do(h.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		encounter, err = h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: h.people["chen"], Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return p.ID(), encounter
}

func (h *hospital) file(of, encounter, kind, title string, sections ...record.Section) string {
	h.T.Helper()
	return must[string](h.T)(h.records.File(h.as("chen"), record.Filing{
		Patient: of, Encounter: encounter, Kind: kind, Title: title, Sign: true, Content: record.Content{Sections: sections},
	}))
}

func (h *hospital) admission(of, encounter string) string {
	h.T.Helper()
	return h.file(of, encounter, "C0034", "入院记录", record.Section{Key: "chief-complaint", Title: "主诉", Text: "胸痛3天"}, record.Section{Key: "present-illness", Title: "现病史", Text: "3天前活动后胸痛"})
}

func (h *hospital) settle() {
	h.T.Helper()
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func (h *hospital) packages() []exchange.Package {
	h.T.Helper()
	return must[exchange.Listed[exchange.Package]](h.T)(h.room.Packages(h.as("auditor"), web.Paging{})).Items
}

func (h *hospital) arrivals() []exchange.Arrival {
	h.T.Helper()
	return must[exchange.Listed[exchange.Arrival]](h.T)(h.room.Arrivals(h.as("auditor"), web.Paging{})).Items
}

func (h *hospital) tasks(k *duty.Kind, subject string) (n int) {
	h.T.Helper()
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		all, err := duty.OpenAbout(h.T.Context(), r, acttest.Org, k, subject)
		n = len(all)
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

func (h *hospital) verdict(check string) evidence.Finding {
	h.T.Helper()
	for _, c := range h.room.Checks() {
		if c.ID == check {
			return c.Ask(h.T.Context())
		}
	}
	h.T.Fatalf("no check is called %s", check)
	return evidence.Finding{}
}

// asMachine is the other house's machine, as its source.
func asMachine(h *hospital) context.Context {
	h.T.Helper()
	var s source.Source
	err := h.Store.Read(h.T.Context(), func(r db.Reader) (err error) {
		s, _, err = h.sources.Coded(h.T.Context(), r, acttest.Org, "first")
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return act.With(h.T.Context(), act.Actor{Actor: s.Actor(h.Clock.Now()), Purpose: "operation", IP: "127.0.0.1"})
}

// agree files a confidentiality agreement with an institution.
func (h *hospital) agree(name string) {
	h.T.Helper()
	made := must[staff.Company](h.T)(h.staff.AddVendor(h.as("safe"), "P1", name))
	must[staff.Agreement](h.T)(h.staff.FileAgreement(h.as("safe"), staff.NewAgreement{
		Vendor: made.ID, Scope: "病历共享保密", Until: h.Clock.Now().AddDate(2, 0, 0), FileName: "a.pdf", File: []byte("scan"), Privacy: true,
	}))
}

// consented lets a patient agree that an institution reads his record.
func (h *hospital) consented(who, institution string) {
	h.T.Helper()
	form := must[consent.Template](h.T)(h.consents.Publish(h.as("yiwu"), consent.Template{
		Kind: consent.Agreement, Name: fault.Text{ZH: "外院查阅同意书"}, Text: fault.Text{ZH: "本人同意"}, Forms: []string{consent.Written}, Givers: []string{consent.ByPatient},
		Scope: consent.Scope{Purposes: []string{consent.Institution}, Recipients: []string{institution}},
	}))
	_, err := h.consents.Give(h.as("chen"), consent.Giving{
		Patient: who, Template: form.ID, Relation: consent.ByPatient, Form: consent.Written, Evidence: bytes.Repeat([]byte{7}, 32), Until: h.Clock.Now().AddDate(0, 6, 0),
		Giver: consent.Giver{Name: "李四", Document: "id-card", Number: "33"},
	})
	if err != nil {
		h.T.Fatal(err)
	}
}

// came is the one document that arrived.
func (h *hospital) came() record.Document {
	h.T.Helper()
	var d record.Document
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		rows, err := r.Query(h.T.Context(), "SELECT id, patient, source FROM record_document")
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		return rows.Scan(&d.ID, &d.Patient, &d.Source)
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

// admit lays a patient in cardiology, as the source tells that brought him.
func (h *hospital) admit(who, source string) {
	h.T.Helper()
	err := h.Door.Desk("patient").Do(h.Feed(source), "patient.admit", func(ctx context.Context, w *act.Work) error {
		_, err := h.patients.AdmitIn(ctx, w, patient.Admission{Patient: who, Kind: patient.Inpatient, Department: cardiology, Attending: h.people["chen"], Source: source})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
}
