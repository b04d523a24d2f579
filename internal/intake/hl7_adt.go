package intake

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/kit/hl7v2"
)

// adt does what an ADT message says of a patient and his encounter.
func (m *message) adt(ctx context.Context) error {
	m.addIdentifiers()
	if err := m.updatePatient(ctx); err != nil {
		return err
	}
	switch m.header.Trigger {
	case "A01", "A04":
		return m.admit(ctx, true)
	case "A02", "A12":
		return m.transfer(ctx, "")
	case "A03":
		return m.discharge(ctx)
	case "A06":
		return m.transfer(ctx, patient.Inpatient)
	case "A07":
		return m.transfer(ctx, patient.Outpatient)
	case "A08":
		return m.admit(ctx, m.Get("PV1-44").IsPresent())
	case "A11":
		return m.cancelAdmission(ctx)
	case "A13":
		return m.reopen(ctx)
	case "A18", "A30", "A34", "A35", "A36", "A39", "A40", "A41", "A42":
		return m.merge(ctx)
	case "A05", "A28", "A31":
		return nil
	}
	m.found(ruleTrigger.warning("MSH-9.2"))
	return nil
}

// updatePatient brings what changed about a registered patient. Who he is, is
// for a person to decide.
func (m *message) updatePatient(ctx context.Context) error {
	if m.who.isNew() {
		return nil
	}
	old := m.who.facts.Demographics
	said := m.demographics()
	if refuses(m.unit.findings) {
		return nil
	}
	next, proposed, doubtful := m.merged(old, said)
	if doubtful {
		m.found(ruleIdentity.warning("PID"))
		if err := m.askIdentity(ctx, proposed); err != nil {
			return err
		}
	}
	if reflect.DeepEqual(next, old) {
		return nil
	}
	rev := m.who.facts.Rev
	prepare := func(ctx context.Context, r db.Reader) (*patient.Prepared, error) {
		return m.room.patients.PrepareUpdateFrom(ctx, r, m.org, m.who.id, rev, next)
	}
	var before *patient.Prepared
	if !m.who.young || m.who.written.Load() {
		err := m.room.look(ctx, func(r db.Reader) (err error) {
			before, err = prepare(ctx, r)
			return err
		})
		if err != nil {
			return m.foundBy(err, pidFields)
		}
	}
	m.did.updated = true
	m.unit.finally(1, func(ctx context.Context, w *act.Work) (err error) {
		p := before
		if p == nil { // this run brings him, and he is written only now
			if p, err = prepare(ctx, w); err != nil {
				return err
			}
		}
		return m.room.patients.UpdateIn(ctx, w, p)
	})
	m.learn(func(d *dossier) {
		d.facts.Demographics = next
		d.facts.Rev++
	})
	return nil
}

// merged returns what a registered patient becomes by a message: what was not
// known is filled in, what was sent replaces what was there, the null deletes.
// Name, sex, birth date and ID number that differ are only proposed.
func (m *message) merged(old, said patient.Demographics) (next, proposed patient.Demographics, doubtful bool) {
	next, proposed, doubtful = compareIdentity(old, said)
	for _, f := range []struct {
		field string
		to    *string
		said  string
	}{{"PID-11", &next.Address, said.Address}, {"PID-13", &next.Phone, said.Phone}, {"PID-3", &next.RecordNumber, said.RecordNumber}} {
		if v := m.Get(f.field); v.IsNull() {
			*f.to = ""
		} else if f.said != "" {
			*f.to = f.said
		}
	}
	if len(said.Contacts) > 0 {
		next.Contacts = said.Contacts
	}
	for _, a := range said.Allergies {
		if !slices.Contains(next.Allergies, a) && len(next.Allergies) < mostListed {
			next.Allergies = append(slices.Clip(next.Allergies), a)
		}
	}
	return next, proposed, doubtful
}

func (m *message) merge(ctx context.Context) error {
	var others []string
	for _, cx := range identifiers(m.Get("MRG-1")) {
		other, known, err := m.recallPatient(ctx, keyOf(cx))
		if err != nil {
			return err
		}
		if known && other != m.who.id && !slices.Contains(others, other) {
			others = append(others, other)
		}
	}
	if len(others) == 0 {
		m.found(ruleMergeUnknown.warning("MRG-1"))
		return nil
	}
	m.found(ruleMerge.warning("MRG-1"))
	m.did.updated = true
	return m.askWhether(m.unit, Merge, m.who.id, others, nil)
}

func (m *message) visit(ctx context.Context) (visit, error) {
	for _, field := range []string{"PV1-19", "PV1-50", "PID-18"} {
		if cx := m.Get(field).CX(); cx.ID != "" {
			return m.visitKnownAs(ctx, m.who.id+"\x00"+keyOf(cx))
		}
	}
	return m.visitKnownAs(ctx, "")
}

// admit begins the encounter of a message, if it may begin one and did not before.
func (m *message) admit(ctx context.Context, may bool) error {
	if m.Segment("PV1", 1) == nil {
		return nil
	}
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	if v.known && v.key != "" {
		return m.move(ctx, v.encounter, "")
	}
	if !may {
		return nil
	}
	return m.begin(ctx, v, time.Time{})
}

// begin admits the patient, until a moment when the encounter is over already.
func (m *message) begin(ctx context.Context, v visit, until time.Time) error {
	in, err := m.admission(ctx)
	if err != nil {
		return err
	}
	in.Since = m.time("PV1-44", "EVN-6", "EVN-2", "MSH-7")
	if in.Since.IsZero() {
		in.Since = m.room.desk.Now()
	}
	if in.Since.After(m.room.desk.Now()) {
		m.found(ruleNoStart.warning("PV1-44"))
		return nil
	}
	if in.Until = until; !until.IsZero() && until.Before(in.Since) {
		in.Until = in.Since
	}
	in.ID = id.New(m.room.desk.Now())
	if v.key != "" {
		e := m.entry(scopeVisit, v.key, "Encounter", in.ID)
		m.unit.finally(1, func(ctx context.Context, w *act.Work) error { return entries.Insert(ctx, w, &e) })
		m.learn(func(d *dossier) { d.learn(e) })
	}
	m.did.created = true
	registered := m.who.prepared
	m.unit.finally(encounterRows, func(ctx context.Context, w *act.Work) (err error) {
		if registered != nil {
			_, err = m.room.patients.AdmitStaged(ctx, w, registered, in)
		} else {
			_, err = m.room.patients.AdmitIn(ctx, w, in)
		}
		return err
	})
	m.learn(func(d *dossier) {
		d.facts.Encounters = append([]patient.Encounter{encounterOf(m.org, in)}, d.facts.Encounters...)
	})
	return nil
}

// encounterOf is the encounter that an admission makes.
func encounterOf(org string, in patient.Admission) patient.Encounter {
	return patient.Encounter{
		Org: org, ID: in.ID, Patient: in.Patient, Kind: in.Kind, Department: in.Department, Ward: in.Ward, Bed: in.Bed,
		Attending: in.Attending, Since: in.Since, Until: in.Until, Level: max(1, in.Level), Source: in.Source,
	}
}

// admission maps PV1.
func (m *message) admission(ctx context.Context) (patient.Admission, error) {
	place := m.Get("PV1-3").PL()
	in := patient.Admission{
		Patient: m.who.id, Kind: classOf(m.Get("PV1-2").Text()), Source: m.source.ID,
		Ward: clip(place.PointOfCare, longestLabel), Bed: clip(joined(place.Room, place.Bed), longestLabel),
	}
	var err error
	if in.Department, err = m.department(ctx, m.Get("PV1-10").Text(), place.PointOfCare, place.Description); err != nil {
		return in, err
	}
	if in.Department == "" {
		m.found(ruleDepartment.warning("PV1-10"))
		in.Department = Unassigned
	}
	in.Attending, err = m.attending(ctx)
	return in, err
}

// classOf maps HL7 table 0004.
func classOf(code string) string {
	switch code {
	case "I", "B":
		return patient.Inpatient
	case "E":
		return patient.Emergency
	}
	return patient.Outpatient
}

func joined(room, bed string) string {
	if room != "" && bed != "" {
		return room + "-" + bed
	}
	return room + bed
}

// attending is the person of the staff who treats, if exactly one can be meant
// and neither sends nor hands in the message himself.
func (m *message) attending(ctx context.Context) (string, error) {
	return m.staffNamed(ctx, "PV1-7", m.Get("PV1-7").XCN())
}

// staffNamed is the person of the staff whom an element names, if exactly one can be
// meant and neither sends nor hands in the message himself.
func (m *message) staffNamed(ctx context.Context, element string, named hl7v2.XCN) (string, error) {
	if named.ID == "" && named.Family == "" {
		return "", nil
	}
	id, err := m.person(ctx, []string{named.ID}, []string{named.Display(), named.Family + named.Given})
	if err != nil {
		return "", err
	}
	if id == "" {
		m.found(ruleAttending.warning(element))
		return "", nil
	}
	for _, field := range []string{"EVN-5", "MSH-3", "MSH-4"} {
		sender := m.Get(field).XCN()
		who, err := m.person(ctx, []string{sender.ID}, []string{sender.Display(), sender.ID})
		if err != nil {
			return "", err
		}
		if who == id {
			m.found(ruleOwnBenefit.warning(element))
			return "", nil
		}
	}
	if id == m.importer.ID {
		m.found(ruleOwnBenefit.warning(element))
		return "", nil
	}
	return id, nil
}

// transfer moves the patient, or admits one whose admission never came.
func (m *message) transfer(ctx context.Context, kind string) error {
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	if !v.known {
		return m.begin(ctx, v, time.Time{})
	}
	return m.move(ctx, v.encounter, kind)
}

// move brings an encounter to where the message says it is.
func (m *message) move(ctx context.Context, e patient.Encounter, kind string) error {
	to, err := m.admission(ctx)
	if err != nil {
		return err
	}
	to.Kind = kind
	if to.Attending == "" {
		to.Attending = e.Attending
	}
	if to.Department == Unassigned {
		to.Department = e.Department
	}
	same := to.Department == e.Department && to.Ward == e.Ward && to.Bed == e.Bed && to.Attending == e.Attending && (kind == "" || kind == e.Kind)
	if same || !e.Open() {
		return nil
	}
	m.did.updated = true
	m.unit.finally(2*encounterRows, func(ctx context.Context, w *act.Work) error { return m.room.patients.TransferIn(ctx, w, e.ID, to) })
	m.learn(func(d *dossier) {
		d.stay(e.ID, func(e *patient.Encounter) {
			e.Kind, e.Department, e.Ward, e.Bed, e.Attending = cmp.Or(kind, e.Kind), to.Department, to.Ward, to.Bed, to.Attending
		})
	})
	return nil
}

func (m *message) discharge(ctx context.Context) error {
	v, err := m.visit(ctx)
	if err != nil {
		return err
	}
	until := m.time("PV1-45", "EVN-6", "EVN-2", "MSH-7")
	if now := m.room.desk.Now(); until.IsZero() || until.After(now) {
		until = now
	}
	if !v.known {
		return m.begin(ctx, v, until)
	}
	return m.end(v.encounter, until)
}

func (m *message) end(e patient.Encounter, until time.Time) error {
	if !e.Open() {
		return nil
	}
	if until.Before(e.Since) {
		until = e.Since
	}
	m.did.updated = true
	m.unit.finally(2*encounterRows, func(ctx context.Context, w *act.Work) error { return m.room.patients.DischargeIn(ctx, w, e.ID, until) })
	m.learn(func(d *dossier) { d.stay(e.ID, func(e *patient.Encounter) { e.Until = until }) })
	return nil
}

func (m *message) cancelAdmission(ctx context.Context) error {
	v, err := m.visit(ctx)
	if err != nil || !v.known {
		m.found(ruleEncounterUnknown.warning("PV1-19"))
		return err
	}
	m.found(ruleCancelled.warning("MSH-9.2"))
	return m.end(v.encounter, v.encounter.Since)
}

func (m *message) reopen(ctx context.Context) error {
	v, err := m.visit(ctx)
	if err != nil || !v.known {
		m.found(ruleEncounterUnknown.warning("PV1-19"))
		return err
	}
	if v.encounter.Open() {
		return nil
	}
	m.did.updated = true
	m.unit.finally(2*encounterRows, func(ctx context.Context, w *act.Work) error { return m.room.patients.ReopenIn(ctx, w, v.encounter.ID) })
	m.learn(func(d *dossier) { d.stay(v.encounter.ID, func(e *patient.Encounter) { e.Until = time.Time{} }) })
	return nil
}

// time is the first of the fields that gives a time. One in the future is a
// finding.
func (m *message) time(fields ...string) time.Time {
	for _, field := range fields {
		if at := m.timeOf(m.Get(field), field); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

func (m *message) timeOf(v hl7v2.Value, element string) time.Time {
	if !v.IsPresent() {
		return time.Time{}
	}
	at, err := v.Component(1).Time(m.room.zone)
	if err != nil {
		m.found(ruleTime.warning(element))
		return time.Time{}
	}
	moment := at.Time.UTC().Truncate(time.Microsecond)
	if moment.After(m.room.desk.Now().Add(ahead)) {
		m.found(ruleFuture.warning(element))
	}
	return moment
}
