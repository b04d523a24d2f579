package house

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/clock"
	"github.com/medward/medward/internal/identity"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/source"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/synth"
)

// demoSeed makes every demonstration the same hospital.
const demoSeed = 20260101

// demoSource is the foreign system from which the demonstration's records come:
// like in every large hospital, most of what Medward holds was written elsewhere.
const demoSource = "demo-emr"

func demoHospital(b Bearing) *synth.Hospital {
	if !b.Demo {
		return nil
	}
	at := b.Clock
	if at == nil {
		at = clock.System()
	}
	return synth.New(demoSeed, synth.Options{Anchor: at.Now().Truncate(time.Hour), Patients: b.Patients})
}

// settler moves an invented hospital into a store. The maps lead from the keys
// of the hospital to the ids of the store.
type settler struct {
	house       *House
	hospital    *synth.Hospital
	departments map[string]string
	people      map[string]string
	patients    map[string]string
	progress    func(doing string, done, of int)
}

func (h *House) settleHospital(ctx context.Context, hospital *synth.Hospital, progress func(string, int, int)) error {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	s := &settler{
		house: h, hospital: hospital, progress: progress,
		departments: map[string]string{}, people: map[string]string{}, patients: map[string]string{},
	}
	first := act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.FirstStart, ID: act.FirstStart, Org: h.Birth.Org}, Purpose: "operation"})
	if err := s.settleStaff(first); err != nil {
		return err
	}
	if err := s.settlePatients(s.asFeed(ctx)); err != nil {
		return err
	}
	if err := s.settleDuties(ctx); err != nil {
		return err
	}
	if err := s.settleConsents(ctx); err != nil {
		return err
	}
	if err := s.settleHistory(ctx); err != nil {
		return err
	}
	if err := s.settleSharing(ctx); err != nil {
		return err
	}
	if err := s.settleInspections(ctx); err != nil {
		return err
	}
	return s.settleOffices(ctx)
}

func (s *settler) asFeed(ctx context.Context) context.Context {
	return act.With(ctx, act.Actor{Actor: policy.Actor{Kind: act.Feed, ID: demoSource, Org: s.house.Birth.Org, Agreed: source.Records()}, Purpose: "care"})
}

func (s *settler) settleStaff(ctx context.Context) error {
	for _, d := range s.hospital.Departments {
		made, err := s.house.Staff.AddDepartment(ctx, staff.NewDepartment{
			Code: d.Code, NameZH: d.Name.Zh, NameEN: d.Name.En, Kind: staff.DepartmentKind(d.Kind), Campus: d.Campus,
		})
		if err != nil {
			return fmt.Errorf("department %s: %w", d.Key, err)
		}
		s.departments[d.Key] = made.ID
	}
	for i, p := range s.hospital.People {
		if err := s.settlePerson(ctx, p); err != nil {
			return fmt.Errorf("person %s: %w", p.Key, err)
		}
		s.progress("people", i+1, len(s.hospital.People))
	}
	return nil
}

func (s *settler) settlePerson(ctx context.Context, p synth.Person) error {
	made, err := s.house.Staff.AddPerson(ctx, staff.NewPerson{
		Number: p.StaffNumber, NameZH: p.Name.Full, NameEN: p.Name.Pinyin, Phone: p.Phone, Category: staff.Employee,
	})
	if err != nil {
		return err
	}
	s.people[p.Key] = made.ID
	_, err = s.house.Staff.Appoint(ctx, staff.NewAppointment{
		Person: made.ID, Role: string(p.Role), Department: s.departments[p.Department], TitleZH: p.Title.Zh, TitleEN: p.Title.En,
		Team: p.Group, Until: s.house.Clock.Now().Add(3 * 365 * 24 * time.Hour),
	})
	if err != nil {
		return err
	}
	_, err = s.house.Identity.CreateAccount(ctx, identity.NewAccount{Person: made.ID, Name: p.StaffNumber, ByChoice: true})
	return err
}

// settlePatients brings every patient, and each of his encounters with all that
// belongs to it, in acts of their own.
func (s *settler) settlePatients(ctx context.Context) error {
	by := s.sortByPatient()
	for i, p := range s.hospital.Patients {
		ready, err := s.prepare(ctx, p, by)
		if err == nil {
			err = s.bring(ctx, ready)
		}
		if err != nil {
			return fmt.Errorf("patient %s: %w", p.Key, err)
		}
		s.progress("patients", i+1, len(s.hospital.Patients))
	}
	return nil
}

func (s *settler) bring(ctx context.Context, ready *readyPatient) error {
	err := s.act(ctx, func(ctx context.Context, w *act.Work) error {
		return s.house.Patients.RegisterIn(ctx, w, ready.patient)
	})
	for _, a := range ready.admissions {
		if err != nil {
			return err
		}
		err = s.bringEncounter(ctx, a)
	}
	return err
}

// rowsAtOnce keeps the acts of a long stay within what one act may write.
const rowsAtOnce = 200

func (s *settler) bringEncounter(ctx context.Context, a readyAdmission) error {
	var encounter string
	err := s.act(ctx, func(ctx context.Context, w *act.Work) (err error) {
		if encounter, err = s.house.Patients.AdmitIn(ctx, w, a.admission); err != nil {
			return err
		}
		for _, d := range a.documents {
			if err := s.house.Records.FileIn(ctx, w, d.During(encounter)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(a.observations, rowsAtOnce) {
		err := s.act(ctx, func(ctx context.Context, w *act.Work) error {
			for _, o := range some {
				o.Encounter = encounter
				if err := s.house.Records.ObserveIn(ctx, w, o); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for some := range slices.Chunk(a.orders, rowsAtOnce) {
		err := s.act(ctx, func(ctx context.Context, w *act.Work) error {
			for _, o := range some {
				o.Encounter = encounter
				if err := s.house.Records.OrderIn(ctx, w, o); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// act is one act of the demonstration's feed.
func (s *settler) act(ctx context.Context, fn func(ctx context.Context, w *act.Work) error) error {
	return s.house.Door.Desk("intake").Do(ctx, "intake.import", func(ctx context.Context, w *act.Work) error {
		org := w.Actor().Org
		if err := w.Permit(ctx, policy.Object{Kind: "Import", ID: demoSource, Org: org, CreatedBy: demoSource}); err != nil {
			return err
		}
		return fn(ctx, w)
	})
}

// belongings are what belongs to patients, by patient.
type belongings struct {
	staff      map[string]string
	encounters map[string][]synth.Encounter
	documents  map[string][]synth.Document
	labs       map[string][]synth.LabReport
	orders     map[string][]synth.Order
	vitals     map[string][]synth.Vitals
}

func (s *settler) sortByPatient() belongings {
	b := belongings{
		staff: map[string]string{}, encounters: map[string][]synth.Encounter{}, documents: map[string][]synth.Document{},
		labs: map[string][]synth.LabReport{}, orders: map[string][]synth.Order{}, vitals: map[string][]synth.Vitals{},
	}
	for _, l := range s.hospital.Links {
		if l.Kind == synth.StaffPatient {
			b.staff[l.Patient] = s.people[l.Other]
		}
	}
	for _, e := range s.hospital.Encounters {
		b.encounters[e.Patient] = append(b.encounters[e.Patient], e)
	}
	for _, d := range s.hospital.Documents {
		b.documents[d.Patient] = append(b.documents[d.Patient], d)
	}
	for _, l := range s.hospital.LabReports {
		b.labs[l.Patient] = append(b.labs[l.Patient], l)
	}
	for _, o := range s.hospital.Orders {
		b.orders[o.Patient] = append(b.orders[o.Patient], o)
	}
	for _, v := range s.hospital.Vitals {
		b.vitals[v.Patient] = append(b.vitals[v.Patient], v)
	}
	return b
}

// readyPatient is a patient with everything sealed, ready to be written. What
// belongs to an encounter waits for the encounter's id.
type readyPatient struct {
	patient    *patient.Prepared
	admissions []readyAdmission
}

type readyAdmission struct {
	admission    patient.Admission
	documents    []*record.PreparedFiling
	observations []record.Observation
	orders       []record.Order
}

func (s *settler) prepare(ctx context.Context, p synth.Patient, by belongings) (*readyPatient, error) {
	prepared, err := s.house.Patients.Prepare(s.house.Birth.Org, s.registration(p, by.staff[p.Key]))
	if err != nil {
		return nil, err
	}
	ready := &readyPatient{patient: prepared}
	s.patients[p.Key] = prepared.ID()
	for _, e := range by.encounters[p.Key] {
		a := readyAdmission{admission: s.admission(prepared.ID(), e)}
		if err := s.prepareContent(ctx, prepared, e, by, &a); err != nil {
			return nil, fmt.Errorf("encounter %s: %w", e.Key, err)
		}
		ready.admissions = append(ready.admissions, a)
	}
	return ready, nil
}

func (s *settler) registration(p synth.Patient, staffID string) patient.Registration {
	level := 1
	if p.VIP {
		level = 4
	}
	return patient.Registration{
		Demographics: patient.Demographics{
			Name: p.Name.Full, Sex: string(p.Sex), BirthDate: p.BirthDate, IDNumber: p.IDNumber, Phone: p.Phone, RecordNumber: p.RecordNumber,
			Address:   p.Address.Province + p.Address.City + p.Address.County + p.Address.Street + p.Address.House,
			BloodType: p.BloodABO + " " + p.BloodRh, Allergies: p.Allergies, Insurance: p.Insurance.Zh,
			Contacts: []patient.Contact{{Name: p.Kin.Name, Relation: p.Kin.Relation, Phone: p.Kin.Phone}},
		},
		Level: level, Staff: staffID, Source: demoSource,
	}
}

func (s *settler) admission(patientID string, e synth.Encounter) patient.Admission {
	a := patient.Admission{
		Patient: patientID, Kind: string(e.Class), Department: s.departments[e.Department], Ward: e.Ward, Bed: e.Bed,
		Attending: s.people[e.Attending], Since: e.Begin, Level: e.Sensitivity, Source: demoSource,
	}
	if e.End != nil {
		a.Until = *e.End
	}
	for _, m := range e.Team {
		if m.Person != e.Attending && (m.To == nil || m.To.After(s.house.Clock.Now())) {
			a.Team = append(a.Team, patient.Member{Person: s.people[m.Person], Role: string(m.Duty)})
		}
	}
	return a
}

func (s *settler) prepareContent(ctx context.Context, prepared *patient.Prepared, e synth.Encounter, by belongings, into *readyAdmission) error {
	for _, d := range by.documents[e.Patient] {
		if d.Encounter != e.Key {
			continue
		}
		filing, err := s.house.Records.PrepareFiling(ctx, prepared.Subject(), s.filing(prepared.ID(), d))
		if err != nil {
			return fmt.Errorf("document %s: %w", d.Key, err)
		}
		into.documents = append(into.documents, filing)
	}
	for _, l := range by.labs[e.Patient] {
		if l.Encounter != e.Key {
			continue
		}
		for _, result := range l.Results {
			o, err := s.house.Records.SealObservation(prepared.Subject(), s.observation(prepared.ID(), e, l, result), findingOf(result))
			if err != nil {
				return err
			}
			into.observations = append(into.observations, o)
		}
	}
	return s.prepareBedside(prepared, e, by, into)
}

func (s *settler) filing(patientID string, d synth.Document) record.Filing {
	sections := make([]record.Section, len(d.Sections))
	for i, section := range d.Sections {
		sections[i] = record.Section{Key: section.Key, Title: section.Title, Text: section.Text}
	}
	return record.Filing{
		Patient: patientID, Kind: d.Kind, Title: d.Title, Sensitivity: d.Sensitivity, At: d.At, Content: record.Content{Sections: sections},
		Author: s.people[d.Author], Source: demoSource, Department: s.departments[d.Department],
	}
}

func (s *settler) observation(patientID string, e synth.Encounter, l synth.LabReport, result synth.Observation) record.Observation {
	code := "local|" + result.Code
	if result.LOINC != "" {
		code = "loinc|" + result.LOINC
	}
	return record.Observation{
		Org: s.house.Birth.Org, Patient: patientID, Code: code, At: l.Reported, Flag: string(result.Flag), Sensitivity: e.Sensitivity,
		Department: s.departments[e.Department], Source: demoSource,
	}
}

func findingOf(o synth.Observation) record.Finding {
	return record.Finding{Name: o.Name.Zh, Value: o.Value, Unit: o.Unit, Range: o.Reference, State: "final"}
}

// prepareBedside seals vital signs and orders.
func (s *settler) prepareBedside(prepared *patient.Prepared, e synth.Encounter, by belongings, into *readyAdmission) error {
	for _, v := range by.vitals[e.Patient] {
		if v.Encounter != e.Key {
			continue
		}
		o, err := s.house.Records.SealObservation(prepared.Subject(), record.Observation{
			Org: s.house.Birth.Org, Patient: prepared.ID(), Code: "loinc|8716-3", At: v.At, Sensitivity: e.Sensitivity,
			Department: s.departments[e.Department], Source: demoSource,
		}, vitalSigns(v))
		if err != nil {
			return err
		}
		into.observations = append(into.observations, o)
	}
	for _, o := range by.orders[e.Patient] {
		if o.Encounter != e.Key {
			continue
		}
		state := "active"
		if o.Stop != nil {
			state = "completed"
		}
		order, err := s.house.Records.SealOrder(prepared.Subject(), record.Order{
			Org: s.house.Birth.Org, Patient: prepared.ID(), Kind: string(o.Kind), State: state, At: o.Begin, Sensitivity: e.Sensitivity,
			Department: s.departments[e.Department], Source: demoSource,
		}, record.Instruction{Name: o.Text, Dose: o.Dose, Route: o.Route, Frequency: o.Frequency})
		if err != nil {
			return err
		}
		into.orders = append(into.orders, order)
	}
	return nil
}

func vitalSigns(v synth.Vitals) record.Finding {
	part := func(name string, value any, unit string) record.Finding {
		return record.Finding{Name: name, Value: fmt.Sprint(value), Unit: unit}
	}
	return record.Finding{Name: "生命体征", State: "final", Parts: []record.Finding{
		part("体温", v.Temperature, "℃"), part("脉搏", v.Pulse, "次/分"), part("呼吸", v.Breaths, "次/分"),
		part("收缩压", v.Systolic, "mmHg"), part("舒张压", v.Diastolic, "mmHg"), part("血氧饱和度", v.SpO2, "%"),
	}}
}
