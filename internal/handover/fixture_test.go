package handover_test

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/exchange"
	"github.com/medward/medward/internal/exchange/parcel"
	"github.com/medward/medward/internal/handover"
	"github.com/medward/medward/internal/handover/bundle"
	"github.com/medward/medward/internal/intake"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/schema"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// hospital is a house that is handed over: head asks, boss approves, chen writes.
type hospital struct {
	*acttest.Bench
	room       *handover.Room
	exchange   *exchange.Room
	patients   *patient.Room
	records    *record.Room
	recipients *recipient.Room
	jobs       *job.Runner
	people     map[string]string
	patient    string
	encounter  string
	documents  []string
	glass      bool // chen broke it
}

// emptyHouse takes over in a rehearsal.
func emptyHouse(t testing.TB) (*handover.Taker, error) {
	at := dbtest.Place{Engine: db.SQLite, Path: filepath.Join(t.TempDir(), "empty.db")}
	if err := schema.MigrateSQLite(t.Context(), at.Path); err != nil {
		return nil, err
	}
	b := acttest.New(t, at, nil)
	blobs, err := vault.OpenBlobFolder(t.TempDir(), b.Time)
	if err != nil {
		return nil, err
	}
	patients := patient.New(b.Door, b.Vault)
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	duties := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: must[*policy.Book](t)(policy.Default()), Staff: people, Vault: b.Vault, Jobs: job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler)), Dial: dial.New(nil), Org: acttest.Org})
	records := record.New(b.Door, patients, pens{})
	consent.New(consent.Options{Door: b.Door, Patients: patients, Duty: duties, Vault: b.Vault, Org: acttest.Org})
	sources := source.New(source.Options{Door: b.Door, Duty: duties, Vault: b.Vault, Signer: pens{}, Org: acttest.Org, Alarm: func(context.Context, string, error) {}})
	taken := intake.New(intake.Options{Door: b.Door, Vault: b.Vault, Blobs: blobs, Patients: patients, Records: records, Sources: sources})
	records.Carries(taken)
	return &handover.Taker{
		Org: acttest.Org, Door: b.Door, Intake: taken, Records: records, Patients: patients,
		As: func(context.Context) context.Context {
			return acttest.For(b.Person("engineer", nil, 4, "system-administrator"), "operation")
		},
		Close: func() error { return nil },
	}, nil
}

const cardiology = "cardiology"

var roles = map[string]string{
	"head": "it-head", "boss": "president", "safe": "security-administrator", "sys": "system-administrator", "li": "technician", "chen": "attending", "auditor": "auditor", "yiwu": "medical-affairs",
}

func both(t *testing.T, fn func(t *testing.T, h *hospital)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *hospital {
	b.T.Helper()
	rules := must[*policy.Book](b.T)(policy.Default())
	blobs, err := vault.OpenBlobFolder(b.T.TempDir(), b.Time)
	if err != nil {
		b.T.Fatal(err)
	}
	h := &hospital{Bench: b, patients: patient.New(b.Door, b.Vault), people: map[string]string{}}
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	h.jobs = job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	duties := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: people, Vault: b.Vault, Jobs: h.jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.records = record.New(b.Door, h.patients, pens{})
	consent.New(consent.Options{Door: b.Door, Patients: h.patients, Duty: duties, Vault: b.Vault, Org: acttest.Org})
	h.recipients = recipient.New(recipient.Options{Door: b.Door, Patients: h.patients, Duty: duties, Vault: b.Vault, Jobs: h.jobs, Org: acttest.Org})
	alarm := func(context.Context, string, error) {}
	sources := source.New(source.Options{Door: b.Door, Duty: duties, Vault: b.Vault, Signer: pens{}, Org: acttest.Org, Alarm: alarm})
	taken := intake.New(intake.Options{Door: b.Door, Vault: b.Vault, Blobs: blobs, Patients: h.patients, Records: h.records, Sources: sources})
	h.records.Carries(taken)
	h.exchange = exchange.New(exchange.Options{
		Door: b.Door, Vault: b.Vault, Blobs: blobs, Jobs: h.jobs, Duty: duties, Patients: h.patients, Records: h.records, Recipients: h.recipients, Sources: sources, Intake: taken,
		Org: acttest.Org, Alarm: alarm,
	})
	h.room = handover.New(handover.Options{
		Door: b.Door, Vault: b.Vault, Blobs: blobs, Jobs: h.jobs, Duty: duties, Patients: h.patients, Records: h.records, Recipients: h.recipients, Exchange: h.exchange, Signer: pens{}, Ledger: b.Ledger, Org: acttest.Org,
		Empty: func(context.Context) (*handover.Taker, error) { return emptyHouse(b.T) },
	})
	b.Door.Ties(func(_ context.Context, _ db.Reader, actor act.Actor, patients []string, at time.Time) (map[string][]policy.Tie, error) {
		found := map[string][]policy.Tie{}
		for _, p := range patients {
			if h.glass && actor.ID == h.people["chen"] {
				found[p] = []policy.Tie{{Kind: policy.TieGlass, ID: "glass", Role: "care", Since: at.Add(-time.Minute), Until: at.Add(time.Hour)}}
			}
		}
		return found, nil
	})
	department := must[staff.Department](b.T)(people.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: "it", NameZH: "信息科", Kind: staff.Administrative}))
	for name, role := range roles {
		made := must[staff.Person](b.T)(people.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee}))
		if _, err := people.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)}); err != nil {
			b.T.Fatal(err)
		}
		h.people[name] = made.ID
	}
	must[exchange.Card](b.T)(h.exchange.MakeKeys(h.as("safe"), "第一医院"))
	h.write()
	return h
}

// write gives the house something to hand over.
func (h *hospital) write() {
	h.T.Helper()
	p := must[*patient.Prepared](h.T)(h.patients.Prepare(acttest.Org, patient.Registration{
		Demographics: patient.Demographics{Name: "王小明", Sex: "male", BirthDate: "1960-03-02", RecordNumber: "ZY0001"}, Level: 1, Source: "his",
	}))
	err := h.Door.Desk("patient").Do(h.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		h.encounter, err = h.patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: h.people["chen"], Source: "his"})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	h.patient = p.ID()
	for range 3 {
		h.documents = append(h.documents, must[string](h.T)(h.file("胸痛3天")))
	}
}

func (h *hospital) file(said string) (string, error) {
	return h.records.File(h.as("chen"), record.Filing{
		Patient: h.patient, Encounter: h.encounter, Kind: "C0034", Title: "入院记录", Sign: true,
		Content: record.Content{Sections: []record.Section{{Key: "chief-complaint", Title: "主诉", Text: said}, {Key: "present-illness", Title: "现病史", Text: "3天前活动后胸痛"}}},
	})
}

func (h *hospital) as(who string) context.Context {
	h.T.Helper()
	role, known := roles[who]
	if !known {
		h.T.Fatalf("nobody is called %s", who)
	}
	if role == "attending" {
		return h.Person(h.people[who], []string{cardiology}, 4, role)
	}
	purpose := map[string]string{"auditor": "supervision", "medical-affairs": "management", "president": "management"}[role]
	if purpose == "" {
		purpose = "operation"
	}
	return acttest.For(h.Person(h.people[who], []string{"it"}, 4, role), purpose)
}

// run lets the house do what was ordered.
func (h *hospital) run() {
	h.T.Helper()
	if err := h.jobs.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

// taker is a house that takes over, and does not run this program.
type taker struct {
	signing *sm.SigningKey
	opening *sm.OpeningKey
	card    exchange.Card
}

// stranger is a house that takes nothing over.
func (h *hospital) stranger() taker {
	h.T.Helper()
	s := taker{signing: must[*sm.SigningKey](h.T)(sm.GenerateSigningKey())}
	s.card = exchange.Card{Org: "third", Name: "第三医院", Signer: hex.EncodeToString(s.signing.Public().Raw())}
	return s
}

// taker is registered as a partner whose fingerprint was compared; it returns its id.
func (h *hospital) taker() (taker, string) {
	h.T.Helper()
	to := taker{signing: must[*sm.SigningKey](h.T)(sm.GenerateSigningKey()), opening: must[*sm.OpeningKey](h.T)(sm.GenerateOpeningKey())}
	to.card = exchange.Card{Org: "second", Name: "第二医院", Signer: hex.EncodeToString(to.signing.Public().Raw()), Opener: hex.EncodeToString(to.opening.Public().Raw())}
	until := h.Clock.Now().AddDate(1, 0, 0)
	x, err := h.recipients.Register(h.as("sys"), recipient.Writing{
		Code: "second", Kind: "platform", NameZH: "第二医院", Owner: h.people["li"], Address: "https://second.example", Verified: "当面核实",
		Shapes: []string{"documents"}, Purpose: "移交", Basis: "合并协议", Hours: 240, Since: h.Clock.Now(), Until: until,
	})
	if err == nil {
		x, err = h.recipients.Approve(h.as("safe"), x.ID)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	p := must[exchange.Partner](h.T)(h.exchange.Register(h.as("sys"), exchange.Registering{Recipient: x.ID, Card: to.card, Credential: "x", Until: until}))
	must[exchange.Partner](h.T)(h.exchange.Approve(h.as("safe"), p.ID, to.card.Fingerprint()))
	return to, p.ID
}

// open opens everything that can be fetched of a handover.
func (to taker) open(h *hospital, id string) fstest.MapFS {
	h.T.Helper()
	folder := fstest.MapFS{}
	seen := must[handover.Seen](h.T)(h.room.View(h.as("head"), id))
	for _, p := range seen.Parts {
		f := must[handover.Fetched](h.T)(h.room.Fetch(h.as("head"), id, p.Number))
		_, err := parcel.Open(f.Content, to.opening, parcel.Limits{Bytes: 1 << 30, Items: 1 << 20, Item: 1 << 30}, func(item parcel.Item, content []byte) error {
			folder[item.Name] = &fstest.MapFile{Data: content}
			return nil
		})
		if err := errors.Join(err, f.Content.Close()); err != nil {
			h.T.Fatal(err)
		}
	}
	return folder
}

// verify is what the receiver says of a folder.
func (to taker) verify(t testing.TB, folder fstest.MapFS) (bundle.Report, bundle.Signed) {
	t.Helper()
	report := must[bundle.Report](t)(bundle.Verify(folder))
	by := bundle.House{Org: to.card.Org, Name: to.card.Name, Signer: to.card.Signer}
	return report, must[bundle.Signed](t)(report.Sign(by, "张三，信息科科长", time.Now(), to.signing))
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
