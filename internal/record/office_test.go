package record_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/sm"
)

const (
	day        = 24 * time.Hour
	cardiology = "cardiology"
	surgery    = "surgery"
	source     = "his"
)

// ctx shortens what is given to the door.
type ctx = context.Context

// pens are the signing keys of people; one who is not in it has no open signing
// session.
type pens map[string]*sm.SigningKey

var errNoPen = errors.New("no signing session is open")

func (p pens) Sign(_ ctx, actor act.Actor, message []byte) (string, []byte, error) {
	key, open := p[actor.ID]
	if !open {
		return "", nil, errNoPen
	}
	signature, err := key.Sign(message)
	return "key-" + actor.ID, signature, err
}

func (p pens) Verify(_ ctx, _ db.Reader, _, key string, message, signature []byte) (bool, error) {
	for person, pen := range p {
		if "key-"+person == key {
			return pen.Public().Verify(message, signature), nil
		}
	}
	return false, nil
}

// office is a bench with the rooms of patients and records, and one patient who
// lies in cardiology, brought by a feed. chen attends, lin is his resident.
type office struct {
	*acttest.Bench
	room      *record.Room
	patients  *patient.Room
	pens      pens
	patient   string
	encounter string
}

func both(t *testing.T, fn func(t *testing.T, o *office)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, newOffice(t, b)) })
}

func newOffice(t testing.TB, b *acttest.Bench) *office {
	t.Helper()
	o := &office{Bench: b, patients: patient.New(b.Door, b.Vault), pens: pens{}}
	for _, person := range []string{"chen", "lin"} {
		key, err := sm.GenerateSigningKey()
		if err != nil {
			t.Fatal(err)
		}
		o.pens[person] = key
	}
	o.room = record.New(b.Door, o.patients, o.pens)
	o.patient, o.encounter = o.bring("李四", 1)
	return o
}

func (o *office) as(person string) ctx {
	switch person {
	case "chen":
		return o.Person(person, []string{cardiology}, 4, "attending")
	case "lin", "xu":
		return o.Person(person, []string{cardiology}, 3, "resident")
	case "he":
		return o.Person(person, []string{cardiology}, 3, "nurse")
	case "wei":
		return o.Person(person, []string{surgery}, 3, "nurse")
	case "gu":
		return o.Person(person, []string{surgery}, 4, "attending")
	case "clerk":
		return acttest.For(o.Person(person, []string{"records"}, 3, "records-clerk"), "coding")
	case "affairs":
		return acttest.For(o.Person(person, []string{"affairs"}, 3, "medical-affairs"), "legal")
	}
	o.T.Fatalf("nobody is called %s", person)
	return nil
}

// withoutPen does something while somebody's signing session is closed.
func (o *office) withoutPen(person string, fn func()) {
	pen := o.pens[person]
	delete(o.pens, person)
	fn()
	o.pens[person] = pen
}

func (o *office) feed(id string) ctx {
	return o.Feed(id)
}

// do carries out a part of an act of a feed.
func (o *office) do(feed, verb string, fn func(ctx ctx, w *act.Work) error) error {
	return o.Door.Desk("record").Do(o.feed(feed), verb, fn)
}

// bring registers and admits a patient as a feed does.
func (o *office) bring(name string, level int) (id, encounter string) {
	o.T.Helper()
	p, err := o.patients.Prepare(acttest.Org, patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "male", BirthDate: "1960-03-02"}, Source: source})
	if err != nil {
		o.T.Fatal(err)
	}
	err = o.Door.Desk("patient").Do(o.feed(source), "patient.admit", func(ctx ctx, w *act.Work) error {
		if err := o.patients.RegisterIn(ctx, w, p); err != nil {
			return err
		}
		encounter, err = o.patients.AdmitIn(ctx, w, patient.Admission{
			Patient: p.ID(), Kind: patient.Inpatient, Department: cardiology, Attending: "chen", Team: []patient.Member{{Person: "lin", Role: "resident"}}, Level: level, Source: source,
		})
		return err
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return p.ID(), encounter
}

// discharge ends the stay of the patient as a feed does.
func (o *office) discharge() {
	o.T.Helper()
	err := o.Door.Desk("patient").Do(o.feed(source), "patient.discharge", func(ctx ctx, w *act.Work) error {
		return o.patients.DischargeIn(ctx, w, o.encounter, o.Clock.Now())
	})
	if err != nil {
		o.T.Fatal(err)
	}
}

func says(text string) record.Content {
	return record.Content{Sections: []record.Section{{Key: "progress", Title: "病程记录", Text: text}}}
}

// file files a document as lin and returns its id.
func (o *office) file(change func(*record.Filing)) string {
	o.T.Helper()
	in := record.Filing{Patient: o.patient, Encounter: o.encounter, Kind: "C0038", Title: "日常病程记录", Content: says("体温正常")}
	if change != nil {
		change(&in)
	}
	made, err := o.room.File(o.as("lin"), in)
	if err != nil {
		o.T.Fatal(err)
	}
	return made
}

// fileFed files a document as a feed does.
func (o *office) fileFed(feed string, in record.Filing) string {
	o.T.Helper()
	in.Patient, in.Kind, in.Source = o.patient, "C0034", feed
	ctx := o.feed(feed)
	var p *record.PreparedFiling
	o.read(func(r db.Reader) error {
		subject, err := o.patients.Subject(ctx, r, acttest.Org, o.patient)
		if err != nil {
			return err
		}
		p, err = o.room.PrepareFiling(ctx, subject, in)
		return err
	})
	if err := o.do(feed, "record.file", func(ctx context.Context, w *act.Work) error { return o.room.FileIn(ctx, w, p) }); err != nil {
		o.T.Fatal(err)
	}
	return p.ID()
}

func (o *office) view(person, document string, version int) *record.View {
	o.T.Helper()
	v, err := o.room.View(o.as(person), document, version)
	if err != nil {
		o.T.Fatal(err)
	}
	return v
}

func (o *office) amend(person string, in record.Amendment) (int, error) {
	if in.Reason == "" {
		in.Reason = "补录过敏史"
	}
	return o.room.Amend(o.as(person), in)
}

func (o *office) read(fn func(r db.Reader) error) {
	o.T.Helper()
	if err := o.Store.Read(o.T.Context(), fn); err != nil {
		o.T.Fatal(err)
	}
}

// behind changes rows behind the house, those that are final too.
func (o *office) behind(statement string) {
	o.T.Helper()
	if o.At.Engine == db.SQLite {
		for _, table := range []string{"record_version", "record_signature"} {
			for _, change := range []string{"changes", "goes"} {
				o.Behind("DROP TRIGGER IF EXISTS " + table + "_never_" + change)
			}
		}
	}
	o.Behind(statement)
}

// refused fails the test unless an act was refused and the refusal is kept.
func (o *office) refused(err error, verb string) {
	o.T.Helper()
	if !errors.Is(err, act.ErrRefused) {
		o.T.Errorf("%s: %v", verb, err)
		return
	}
	if e := o.Last(); e.Verb != verb || e.Outcome != ledger.Refused || len(e.Writes) > 0 {
		o.T.Errorf("the refusal is not in the ledger: %+v", e)
	}
}

func wrote(e ledger.Entry) []string {
	var tables []string
	for _, one := range e.Writes {
		tables = append(tables, one.Table)
	}
	slices.Sort(tables)
	return tables
}

func fields(err error) []string {
	if err == nil {
		return nil
	}
	var paths []string
	for _, f := range fault.From(err).Fields {
		paths = append(paths, f.Path)
	}
	return paths
}

func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}
