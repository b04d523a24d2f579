package lineage_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/dial"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/duty"
	"github.com/medward/medward/internal/job"
	"github.com/medward/medward/internal/lineage"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/recipient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/merkle"
	"github.com/medward/medward/kit/sm"
)

const ward = "cardiology"

// pens sign for everybody: that signatures hold is shown where keys are kept.
type pens struct{}

func (pens) Sign(_ context.Context, actor act.Actor, _ []byte) (string, []byte, error) {
	return "key-" + actor.ID, []byte("signed by " + actor.ID), nil
}

func (pens) Verify(context.Context, db.Reader, string, string, []byte, []byte) (bool, error) {
	return true, nil
}

// archive is a bench with a patient, a document of his, and a recipient of documents.
type archive struct {
	*acttest.Bench
	room      *lineage.Room
	records   *record.Room
	out       *recipient.Room
	patient   string
	document  string
	recipient string
}

func both(t *testing.T, fn func(t *testing.T, a *archive)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, open(b)) })
}

func open(b *acttest.Bench) *archive {
	b.T.Helper()
	delivered, err := policy.Default()
	if err != nil {
		b.T.Fatal(err)
	}
	rules, err := policy.NewShelf(delivered, acttest.Org)
	if err != nil {
		b.T.Fatal(err)
	}
	patients, people := patient.New(b.Door, b.Vault), staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	jobs := job.NewRunner(b.Store, b.Time, slog.New(slog.DiscardHandler))
	tasks := duty.New(duty.Options{Desk: b.Door.Desk("duty"), Rules: rules, Staff: people, Vault: b.Vault, Jobs: jobs, Dial: dial.New(nil), Org: acttest.Org})
	a := &archive{Bench: b, records: record.New(b.Door, patients, pens{}), out: recipient.New(recipient.Options{Door: b.Door, Patients: patients, Duty: tasks, Vault: b.Vault, Jobs: jobs, Org: acttest.Org})}
	a.room = lineage.New(lineage.Options{
		Door: b.Door, Rules: rules, Ledger: b.Ledger, Patients: patients, Records: a.records, Recipients: a.out,
		Sources: source.New(source.Options{Door: b.Door, Duty: tasks, Vault: b.Vault, Org: acttest.Org}),
	})
	a.bring(patients)
	a.register(people)
	return a
}

func (a *archive) bring(patients *patient.Room) {
	a.T.Helper()
	p, err := patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: "李四", Sex: "male", BirthDate: "1960-03-02"}, Level: 1, Source: "his"})
	if err != nil {
		a.T.Fatal(err)
	}
	var encounter string
	err = a.Door.Desk("patient").Do(a.Feed("his"), "patient.admit", func(ctx context.Context, w *act.Work) (err error) {
		if err := patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		encounter, err = patients.AdmitIn(ctx, w, patient.Admission{Patient: p.ID(), Kind: patient.Inpatient, Department: ward, Attending: "chen", Source: "his"})
		return err
	})
	if err == nil {
		a.patient = p.ID()
		a.document, err = a.records.File(a.as("chen"), record.Filing{
			Patient: p.ID(), Encounter: encounter, Kind: "C0034", Title: "出院记录", Sign: true, Content: record.Content{Sections: []record.Section{{Key: "a", Title: "甲", Text: "病情好转"}}},
		})
	}
	if err != nil {
		a.T.Fatal(err)
	}
}

func (a *archive) register(people *staff.Room) {
	a.T.Helper()
	office, err := people.AddDepartment(a.FirstStart(), staff.NewDepartment{Code: "it", NameZH: "信息科", Kind: staff.Administrative})
	if err != nil {
		a.T.Fatal(err)
	}
	owner, err := people.AddPerson(a.FirstStart(), staff.NewPerson{Number: "N-1", NameZH: "李", Category: staff.Employee})
	if err == nil {
		_, err = people.Appoint(a.FirstStart(), staff.NewAppointment{Person: owner.ID, Role: "technician", Department: office.ID, Until: a.Clock.Now().AddDate(2, 0, 0)})
	}
	if err != nil {
		a.T.Fatal(err)
	}
	x, err := a.out.Register(a.as("sys"), recipient.Writing{
		Code: "province", Kind: "platform", NameZH: "省平台", Owner: owner.ID, Verified: "公函", Shapes: []string{"documents"}, Purpose: "共享", Basis: "办法", Hours: 24,
		Since: a.Clock.Now(), Until: a.Clock.Now().AddDate(1, 0, 0),
	})
	if err == nil {
		_, err = a.out.Approve(a.as("safe"), x.ID)
	}
	if err != nil {
		a.T.Fatal(err)
	}
	a.recipient = x.ID
}

func (a *archive) as(who string) context.Context {
	post := map[string][2]string{
		"chen": {"attending", "care"}, "other": {"attending", "care"}, "sys": {"system-administrator", "operation"}, "safe": {"security-administrator", "operation"},
		"auditor": {"auditor", "supervision"}, "yiwu": {"medical-affairs", "management"},
	}[who]
	return acttest.For(a.Person(who, []string{ward}, 4, post[0]), post[1])
}

func (a *archive) send() recipient.Sending {
	a.T.Helper()
	sum := sm.Sum([]byte("内容"))
	s, err := a.out.Send(a.as("yiwu"), recipient.Leaving{
		Recipient: a.recipient, Channel: "专线", Shape: "documents", Digest: sum[:], Items: []recipient.Item{{Kind: "Document", ID: a.document, Patient: a.patient, Version: 1}},
	})
	if err != nil {
		a.T.Fatal(err)
	}
	return s
}

func (a *archive) of(who, kind, id string, proofs bool) lineage.Lineage {
	a.T.Helper()
	if err := a.Ledger.Settle(a.T.Context()); err != nil {
		a.T.Fatal(err)
	}
	l, err := a.room.Of(a.as(who), kind, id, proofs)
	if err != nil {
		a.T.Fatal(err)
	}
	return l
}

// ways are the edges of a lineage, by kinds of node.
func ways(l lineage.Lineage) []string {
	kinds := map[string]string{}
	for _, n := range l.Nodes {
		kinds[n.ID] = n.Kind
	}
	var all []string
	for _, e := range l.Edges {
		all = append(all, kinds[e.From]+" > "+kinds[e.To])
	}
	slices.Sort(all)
	return all
}

func TestTheWholeWayOfADocumentIsTold(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		if _, err := a.records.View(a.as("chen"), a.document, 0); err != nil {
			t.Fatal(err)
		}
		s := a.send()
		if _, err := a.out.Receive(a.as("yiwu"), s.ID, recipient.Receiving{Digest: s.Digest}); err != nil {
			t.Fatal(err)
		}
		for _, subject := range [][2]string{{lineage.OfDocument, a.document}, {lineage.OfPatient, a.patient}} {
			l := a.of("auditor", subject[0], subject[1], false)
			want := []string{"document > version", "origin > document", "sending > receipt", "version > sending", "version > signature"}
			if got := ways(l); !slices.Equal(got, want) {
				t.Errorf("%s: %q", subject[0], got)
			}
			if l.Untracked != 0 || l.Untraced != 0 || l.More || l.Subject.Patient != a.patient {
				t.Errorf("%+v", l)
			}
			if !slices.ContainsFunc(l.Uses, func(u lineage.Use) bool { return u.Verb == "record.view" && u.Person == "chen" }) {
				t.Errorf("%s: the reading is not told of: %+v", subject[0], l.Uses)
			}
			if text, _ := json.Marshal(l); strings.Contains(string(text), "李四") || strings.Contains(string(text), "病情好转") {
				t.Error("it tells what the record says")
			}
		}
		if e := a.Last(); e.Verb != "lineage.view" || e.Objects[0].Patient != a.patient {
			t.Errorf("the account: %+v", e)
		}
	})
}

func TestACopyThatWasHandedOutWithoutASendingIsUntracked(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		a.Behind("INSERT INTO sharing_handover (org, id, case_id, patient, manner, medium, documents, digest, at, by_person) VALUES ($1, 'h1', 'case', $2, 'copied', '纸质', $3, $4, $5, 'x')",
			acttest.Org, a.patient, `[{"document":"`+a.document+`","version":1}]`, []byte("another"), a.Clock.Now().UnixMicro())
		if l := a.of("auditor", lineage.OfDocument, a.document, false); l.Untracked != 1 {
			t.Errorf("%d copies are untracked", l.Untracked)
		}
		a.Behind("UPDATE record_document SET author = '', source = '' WHERE id = $1", a.document)
		if l := a.of("auditor", lineage.OfDocument, a.document, false); l.Untraced != 1 {
			t.Errorf("%d documents are of unknown origin", l.Untraced)
		}
		for _, check := range a.room.Checks() {
			if f := check.Ask(t.Context()); f.Figure != "1 / 1" {
				t.Errorf("%s: %+v", check.ID, f)
			}
		}
	})
}

func TestEveryUseInAnEvidenceIsProven(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		if _, err := a.records.View(a.as("chen"), a.document, 0); err != nil {
			t.Fatal(err)
		}
		l := a.of("auditor", lineage.OfDocument, a.document, true)
		if len(l.Digest) != sm.DigestSize || l.Checkpoint == "" || l.Withheld || len(l.Entries) != len(l.Uses) || len(l.Uses) < 2 {
			t.Fatalf("%+v", l)
		}
		for _, e := range l.Entries {
			if got := rootOf(e.Proof.Entry, e.Position, e.Proof.Size, e.Proof.Path); string(got[:]) != string(e.Proof.Root) {
				t.Errorf("%s is not under the root that its proof names", e.ID)
			}
			if !strings.Contains(l.Checkpoint, base64.StdEncoding.EncodeToString(e.Proof.Root)) {
				t.Errorf("%s is proven against another root than that of the checkpoint", e.ID)
			}
		}
		if l := a.of("yiwu", lineage.OfDocument, a.document, true); !l.Withheld || len(l.Entries) == 0 || l.Entries[0].Proof != nil {
			t.Errorf("medical affairs may not prove entries of the ledger: %+v", l.Entries)
		}
	})
}

func TestWhoMayAskWhereARecordWent(t *testing.T) {
	both(t, func(t *testing.T, a *archive) {
		for who, want := range map[string]string{"auditor": "", "yiwu": "", "chen": "", "other": act.ErrRefused.Name, "sys": act.ErrRefused.Name} {
			_, err := a.room.Of(a.as(who), lineage.OfDocument, a.document, false)
			if got := code(err); got != want {
				t.Errorf("%s: %q, want %q", who, got, want)
			}
		}
		if _, err := a.room.Of(a.as("auditor"), lineage.OfDocument, "nowhere", false); err == nil {
			t.Error("what is not there was told of")
		}
	})
}

// rootOf reckons the root that a proof leads to, as docs/format/ledger.md says.
func rootOf(entry []byte, position, size int64, path [][]byte) merkle.Hash {
	at, fn, sn := merkle.Leaf(entry), position, size-1
	for _, hash := range path {
		if fn%2 == 1 || fn == sn {
			at = merkle.Node(merkle.Hash(hash), at)
			for fn%2 == 0 && fn != 0 {
				fn, sn = fn/2, sn/2
			}
		} else {
			at = merkle.Node(at, merkle.Hash(hash))
		}
		fn, sn = fn/2, sn/2
	}
	return at
}

func code(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}
