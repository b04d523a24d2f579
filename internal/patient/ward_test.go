package patient_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/act/acttest"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/db/dbtest"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/schema/schematest"
	"github.com/medward/medward/internal/staff"
)

const day = 24 * time.Hour

// ctx shortens what is given to the door.
type ctx = context.Context

// ward is a bench with the rooms of staff and patients, two departments, and
// people who work in them.
type ward struct {
	*acttest.Bench
	room                *patient.Room
	cardiology, surgery string
	radiology, records  string
	ids                 map[string]string // of people, by their names here
	actors              map[string]act.Actor
	shifts              map[string][]patient.Shift // of people, by their ids
	appoint             func(name, role, department, team string)
}

func both(t *testing.T, fn func(t *testing.T, w *ward)) {
	t.Helper()
	acttest.Both(t, func(t *testing.T, b *acttest.Bench) { fn(t, newWard(b)) })
}

func newWard(b *acttest.Bench) *ward {
	b.T.Helper()
	w := &ward{Bench: b, room: patient.New(b.Door, b.Vault), ids: map[string]string{}, actors: map[string]act.Actor{}, shifts: map[string][]patient.Shift{}}
	w.room.Rosters(func(_ ctx, _ db.Reader, _, person string, at time.Time) ([]patient.Shift, error) {
		return slices.DeleteFunc(slices.Clone(w.shifts[person]), func(s patient.Shift) bool { return s.Since.After(at) || !s.Until.After(at) }), nil
	})
	people := staff.New(staff.Options{Desk: b.Door.Desk("staff"), Vault: b.Vault})
	admin := acttest.For(b.Person("admin", nil, 1, "security-administrator"), "operation")
	w.appoint = func(name, role, department, team string) {
		b.T.Helper()
		_, err := people.Appoint(admin, staff.NewAppointment{Person: w.ids[name], Role: role, Department: department, Team: team, Until: b.Clock.Now().Add(300 * day)})
		if err != nil {
			b.T.Fatal(err)
		}
	}
	department := func(code, name string) string {
		d, err := people.AddDepartment(admin, staff.NewDepartment{Code: code, NameZH: name, Kind: staff.Clinical})
		if err != nil {
			b.T.Fatal(err)
		}
		return d.ID
	}
	w.cardiology, w.surgery = department("0301", "心内科"), department("0401", "外科")
	w.radiology, w.records = department("0501", "放射科"), department("0901", "病案室")
	for _, p := range []struct{ name, role, department string }{
		{"chen", "attending", w.cardiology}, {"lin", "resident", w.cardiology}, {"zhou", "head-nurse", w.cardiology}, {"he", "nurse", w.cardiology},
		{"gu", "attending", w.surgery}, {"ma", "nurse", w.surgery}, {"su", "head-nurse", w.surgery},
		{"xu", "technician", w.radiology}, {"song", "technician", w.radiology}, {"rong", "attending", w.radiology},
		{"wen", "records-clerk", w.records}, {"bai", "coder", w.records}, {"min", "coder", w.records}, {"hao", "quality", w.records}, {"fang", "quality", w.records},
	} {
		made, err := people.AddPerson(admin, staff.NewPerson{Number: p.name, NameZH: p.name, Category: staff.Employee})
		if err != nil {
			b.T.Fatal(err)
		}
		w.ids[p.name] = made.ID
		w.actors[p.name] = act.From(b.Person(made.ID, []string{p.department}, 3, p.role))
	}
	return w
}

// onShift puts a colleague on duty in a department for some time.
func (w *ward) onShift(name, department string, lasting time.Duration) {
	w.shifts[w.ids[name]] = append(w.shifts[w.ids[name]], patient.Shift{ID: "shift-" + name, Department: department, Since: w.Clock.Now(), Until: w.Clock.Now().Add(lasting)})
}

// opensFor reports whether somebody may open a patient for another purpose than care.
func (w *ward) opensFor(purpose, name, id string) bool {
	w.T.Helper()
	_, err := w.room.View(acttest.For(w.as(name), purpose), id)
	if err != nil && !errors.Is(err, act.ErrRefused) {
		w.T.Fatalf("%s: %v", name, err)
	}
	return err == nil
}

// as returns a context in which a colleague works.
func (w *ward) as(name string) ctx { return act.With(w.T.Context(), w.actors[name]) }

// feed returns a context in which the foreign system "his" speaks.
func (w *ward) feed() ctx {
	return w.Feed("his")
}

// elsewhere returns a context in which somebody of another organisation works.
func elsewhere(ctx context.Context) context.Context {
	a := act.From(ctx)
	a.Org = "org-elsewhere"
	return act.With(ctx, a)
}

func person(name string) patient.Registration {
	return patient.Registration{Demographics: patient.Demographics{Name: name, Sex: "female", BirthDate: "1960-03-02"}}
}

func (w *ward) register(ctx context.Context, in patient.Registration) string {
	w.T.Helper()
	made, err := w.room.Register(ctx, in)
	if err != nil {
		w.T.Fatal(err)
	}
	return made
}

func (w *ward) admit(ctx context.Context, in patient.Admission) string {
	w.T.Helper()
	made, err := w.room.Admit(ctx, in)
	if err != nil {
		w.T.Fatal(err)
	}
	return made
}

// inpatient registers a patient and lays him in cardiology under chen.
func (w *ward) inpatient(name string) (id, encounter string) {
	w.T.Helper()
	id = w.register(w.as("zhou"), person(name))
	return id, w.admit(w.as("zhou"), patient.Admission{
		Patient: id, Kind: patient.Inpatient, Department: w.cardiology, Attending: w.ids["chen"], Team: []patient.Member{{Person: w.ids["lin"], Role: "resident"}},
	})
}

// opens reports whether somebody may open a patient; anything but a yes or a
// refusal fails the test.
func (w *ward) opens(name, id string) bool {
	w.T.Helper()
	_, err := w.room.View(w.as(name), id)
	if err != nil && !errors.Is(err, act.ErrRefused) {
		w.T.Fatalf("%s: %v", name, err)
	}
	return err == nil
}

// team returns the live relations of a patient by the name of the person here.
func (w *ward) team(id string) map[string]patient.Relation {
	w.T.Helper()
	v, err := w.room.View(w.as("chen"), id)
	if err != nil {
		w.T.Fatal(err)
	}
	team := map[string]patient.Relation{}
	for _, relation := range v.Team {
		for name, person := range w.ids {
			if person == relation.Person {
				if _, twice := team[name]; twice {
					w.T.Errorf("%s is in the team twice", name)
				}
				team[name] = relation
			}
		}
	}
	return team
}

// wrote returns the tables that an entry says were written, each with how often.
func wrote(e ledger.Entry) map[string]int {
	tables := map[string]int{}
	for _, one := range e.Writes {
		tables[one.Table]++
	}
	return tables
}

// fields returns the places that an error names.
func fields(err error) []string {
	var paths []string
	for _, f := range fault.From(err).Fields {
		paths = append(paths, f.Path)
	}
	return paths
}

// codeOf returns the code of an error.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.From(err).Code.Name
}

func (w *ward) read(fn func(r db.Reader) error) {
	w.T.Helper()
	if err := w.Store.Read(w.T.Context(), fn); err != nil {
		w.T.Fatal(err)
	}
}

func patientPlace(t testing.TB, engine db.Engine) dbtest.Place {
	return schematest.Prepared.On(t, engine)
}
