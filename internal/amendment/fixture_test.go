package amendment_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/amendment"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/consent"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/output"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/sharing"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

const cardiology = "cardiology"

type pens struct{}

func (pens) Sign(context.Context, act.Actor, []byte) (string, []byte, error) {
	return "key", []byte("signed"), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// ward is a house with one patient in cardiology: chen attends, lin and xu are residents,
// gu is the chief, li answers for the outward register.
type ward struct {
	*acttest.Bench
	room       *amendment.Room
	records    *record.Room
	patients   *patient.Room
	recipients *recipient.Room
	sharing    *sharing.Room
	consents   *consent.Room
	staff      *staff.Room
	duties     *duty.Room
	people     map[string]string
	posts      map[string]string
	patient    string
	encounter  string
}

var roles = map[string]string{
	"chen": "attending", "lin": "resident", "xu": "resident", "gu": "chief", "clerk": "records-clerk", "yiwu": "medical-affairs", "second": "medical-affairs",
	"quality": "quality", "safe": "security-administrator", "sys": "system-administrator", "li": "technician", "boss": "president", "insurance": "insurance-office", "billing": "insurance-office",
}

var purposes = map[string]string{
	"records-clerk": "coding", "medical-affairs": "management", "quality": "quality", "security-administrator": "operation", "system-administrator": "operation", "president": "management", "insurance-office": "insurance",
}

func both(t *testing.T, fn func(t *testing.T, h *ward)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *ward {
	b.T.Helper()
	rules := must[*policy.Book](b.T)(policy.Default())
	h := &ward{Bench: b, patients: patient.New(b.Door, b.Vault), people: map[string]string{}, posts: map[string]string{}}
	h.staff = staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	h.duties = duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: h.staff, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	h.records = record.New(b.Door, h.patients, pens{})
	h.recipients = recipient.New(recipient.Options{Door: b.Door, Patients: h.patients, Duty: h.duties, Vault: b.Vault, Jobs: jobs, Org: acttest.Org})
	outputs := output.New(output.Options{Door: b.Door, Patients: h.patients, Records: h.records, Vault: b.Vault, Jobs: jobs, Duty: h.duties, Org: acttest.Org})
	h.consents = consent.New(consent.Options{Door: b.Door, Patients: h.patients, Duty: h.duties, Vault: b.Vault, Org: acttest.Org})
	h.sharing = sharing.New(sharing.Options{Door: b.Door, Patients: h.patients, Records: h.records, Duty: h.duties, Outputs: outputs, Recipients: h.recipients})
	sources := source.New(source.Options{Door: b.Door, Duty: h.duties, Vault: b.Vault, Signer: pens{}, Org: acttest.Org, Alarm: func(context.Context, string, error) {}})
	h.room = amendment.New(amendment.Options{
		Door: b.Door, Duty: h.duties, Patients: h.patients, Records: h.records, Recipients: h.recipients, Sharing: h.sharing, Sources: sources, Ledger: b.Ledger, Org: acttest.Org,
	})
	department := must[staff.Department](b.T)(h.staff.AddDepartment(b.FirstStart(), staff.NewDepartment{Code: cardiology, NameZH: "心内科", Kind: staff.Clinical}))
	for name, role := range roles {
		made := must[staff.Person](b.T)(h.staff.AddPerson(b.FirstStart(), staff.NewPerson{Number: "N-" + name, NameZH: name, Category: staff.Employee}))
		post := must[staff.Appointment](b.T)(h.staff.Appoint(b.FirstStart(), staff.NewAppointment{Person: made.ID, Role: role, Department: department.ID, Until: b.Clock.Now().AddDate(4, 0, 0)}))
		h.people[name], h.posts[name] = made.ID, post.ID
	}
	h.bring()
	return h
}

func (h *ward) bring() {
	h.T.Helper()
	p := must[*patient.Prepared](h.T)(h.patients.Prepare(acttest.Org, patient.Registration{
		Demographics: patient.Demographics{Name: "王小明", Sex: "male", BirthDate: "1960-03-02", RecordNumber: "ZY0001"}, Level: 1, Source: "his",
	}))
	err := h.Door.Desk("patient").Do(h.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := h.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		h.encounter, err = h.patients.AdmitIn(ctx, w, patient.Admission{
			Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: h.people["chen"],
			Team: []patient.Member{{Person: h.people["lin"], Role: "resident"}, {Person: h.people["gu"], Role: "chief"}}, Source: "his",
		})
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	h.patient = p.ID()
}

func (h *ward) as(who string) context.Context {
	h.T.Helper()
	role, known := roles[who]
	if !known {
		h.T.Fatalf("nobody is called %s", who)
	}
	ctx := h.Person(h.people[who], []string{cardiology}, 4, role)
	if purpose := purposes[role]; purpose != "" {
		return acttest.For(h.Person(h.people[who], []string{"office"}, 4, role), purpose) // of no ward
	}
	return ctx
}

// says is a document with a chief complaint and a diagnosis.
func says(complaint, diagnosis string) record.Content {
	return record.Content{Sections: []record.Section{{Key: "chief-complaint", Title: "主诉", Text: complaint}, {Key: "initial-diagnosis", Title: "初步诊断", Text: diagnosis}}}
}

// write files a signed document as somebody.
func (h *ward) write(who string) string {
	h.T.Helper()
	return must[string](h.T)(h.records.File(h.as(who), record.Filing{
		Patient: h.patient, Encounter: h.encounter, Kind: "C0034", Title: "入院记录", Sign: true, Content: says("左侧胸痛3天 "+who+h.Clock.Now().String(), "左肺炎"),
	}))
}

func (h *ward) archive(document string) {
	h.T.Helper()
	if err := h.records.Archive(h.as("clerk"), document); err != nil {
		h.T.Fatal(err)
	}
}

// until takes the steps of a correction up to one, as somebody.
func (h *ward) until(who, document, last string) amendment.Case {
	h.T.Helper()
	c := must[amendment.Case](h.T)(h.room.Open(h.as(who), document))
	for _, step := range amendment.Steps[1 : len(amendment.Steps)-1] {
		if c.Step > 0 && amendment.Steps[c.Step-1] == last {
			return c
		}
		c = must[amendment.Case](h.T)(h.take(who, c, step))
	}
	return c
}

// take takes one step as it is usually taken.
func (h *ward) take(who string, c amendment.Case, step string) (amendment.Case, error) {
	said := amendment.Saying{
		Rev: c.Rev, Sections: []string{"initial-diagnosis"}, Kind: "laterality", Words: "左右写反", Values: []record.Section{{Key: "initial-diagnosis", Text: "右肺炎"}},
	}
	if step == amendment.StepEffects {
		_, digest, err := h.room.Effects(h.as(who), c.ID)
		if err != nil {
			return c, err
		}
		said.Affected = digest
	}
	return h.room.Write(h.as(who), c.ID, step, said)
}

// partner is a registered recipient that takes documents.
func (h *ward) partner(code string) recipient.Recipient {
	h.T.Helper()
	x, err := h.recipients.Register(h.as("sys"), recipient.Writing{
		Code: code, Kind: "platform", NameZH: "区域平台" + code, Owner: h.people["li"], Address: "https://" + code + ".example", Verified: "当面核实",
		Shapes: []string{"documents"}, Purpose: "互认", Basis: "协议", Hours: 240, Since: h.Clock.Now(), Until: h.Clock.Now().AddDate(1, 0, 0),
	})
	if err == nil {
		x, err = h.recipients.Approve(h.as("safe"), x.ID)
	}
	if err != nil {
		h.T.Fatal(err)
	}
	return x
}

// send lets a version of a document leave for a recipient, as a room of the outward way does.
func (h *ward) send(to recipient.Recipient, document string, version int) (recipient.Sending, error) {
	sum := sm.Sum([]byte(document))
	return h.recipients.Send(h.as("yiwu"), recipient.Leaving{
		Recipient: to.ID, Channel: "exchange", Shape: "documents", Digest: sum[:], Items: []recipient.Item{{Kind: "Document", ID: document, Patient: h.patient, Version: version}},
	})
}

// arrived brings the receipt of a sending.
func (h *ward) arrived(s recipient.Sending) {
	h.T.Helper()
	if _, err := h.recipients.Receive(h.as("yiwu"), s.ID, recipient.Receiving{Digest: s.Digest}); err != nil {
		h.T.Fatal(err)
	}
}

// tick lets the house do its chores.
func (h *ward) tick() {
	h.T.Helper()
	if err := h.Ledger.Settle(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
	if err := h.room.Tick(h.T.Context()); err != nil {
		h.T.Fatal(err)
	}
}

func (h *ward) seen(who, correction string) amendment.Seen {
	h.T.Helper()
	return must[amendment.Seen](h.T)(h.room.View(h.as(who), correction))
}

// open counts the open tasks of a kind.
func (h *ward) waiting(k *duty.Kind, subject string) int {
	h.T.Helper()
	n := 0
	err := h.Store.Read(h.T.Context(), func(r db.Reader) error {
		found, err := duty.OpenAbout(h.T.Context(), r, acttest.Org, k, subject)
		n = len(found)
		return err
	})
	if err != nil {
		h.T.Fatal(err)
	}
	return n
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func (h *ward) refused(err error) {
	h.T.Helper()
	if !errors.Is(err, act.ErrRefused) {
		h.T.Errorf("was not refused: %v", err)
	}
}

func fields(err error) []string {
	var paths []string
	for _, f := range fault.From(err).Fields {
		paths = append(paths, f.Path)
	}
	return paths
}

const day = 24 * time.Hour

func must[T any](t testing.TB) func(T, error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}
