package intake

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/fhir"
)

// ordered is a MedicationRequest or ServiceRequest as we keep it.
type ordered struct {
	kind, state string
	number      string
	by          *fhir.Reference
	at          time.Time
	level       int
	encounter   *fhir.Reference
	in          record.Instruction
}

func (b *bundle) addOrder(ctx context.Context, u *unit, g *group, x *bundled) error {
	var o ordered
	if x.Type == "MedicationRequest" {
		o = b.medication(x)
	} else {
		o = b.service(x)
	}
	if withdrawn(o.state) {
		x.found(ruleNotShown.warning(x.Type + ".status"))
		b.addResource(u, x, g)
		return nil
	}
	if b.count(u, x) {
		return nil
	}
	stay := b.stayOf(x, g, o.encounter)
	sealed, err := b.room.records.SealOrder(g.subject, record.Order{
		Org: b.org, Patient: g.id, Encounter: stay.ID, Kind: o.kind, State: o.state, At: o.at,
		Sensitivity: max(o.level, stay.Level), Department: stay.Department, Source: b.source.ID,
	}, o.in)
	if err != nil {
		return err
	}
	b.addEntry(u, x, g, sealed.ID)
	u.add(1, func(ctx context.Context, w *act.Work) error { return b.room.records.OrderIn(ctx, w, sealed) })
	return b.follow(ctx, u, g, x, o, sealed)
}

func (b *bundle) medication(x *bundled) ordered {
	m, _ := fhir.ReadMedicationRequest(x.Entry)
	o := ordered{kind: "drug", state: m.Status, number: numberOf(m.Identifier), by: m.Requester, at: b.dated(x, "authoredOn", m.AuthoredOn), level: levelOf(m.Meta), encounter: m.Encounter}
	switch {
	case m.Medication.CodeableConcept != nil:
		o.in.Name, o.in.Code = m.Medication.CodeableConcept.Display(), codeOf(*m.Medication.CodeableConcept)
	case m.Medication.Reference != nil:
		o.in.Name = m.Medication.Reference.Display
	}
	for i, d := range m.DosageInstruction {
		if i > 0 {
			o.in.Note = joinLines(o.in.Note, d.Text)
			continue
		}
		o.in.Dose, o.in.Route, o.in.Frequency = doseText(d), d.Route.Display(), timingText(d.Timing)
		o.in.Note = joinLines(d.Text, d.PatientInstruction)
	}
	o.in.Note = joinLines(append([]string{o.in.Note}, noteTexts(m.Note)...)...)
	o.in.Requester = b.nameOf(x, m.Requester)
	return o
}

func (b *bundle) service(x *bundled) ordered {
	s, _ := fhir.ReadServiceRequest(x.Entry)
	o := ordered{kind: serviceKind(s.Category), state: s.Status, number: numberOf(s.Identifier), by: s.Requester, level: levelOf(s.Meta), encounter: s.Encounter}
	o.at = b.dated(x, "authoredOn", append([]fhir.DateTime{s.AuthoredOn}, moments(s.Occurrence)...)...)
	o.in = record.Instruction{Name: s.Code.Display(), Code: codeOf(s.Code), Requester: b.nameOf(x, s.Requester)}
	if s.Occurrence.Timing != nil {
		o.in.Frequency = timingText(s.Occurrence.Timing)
	}
	o.in.Note = joinLines(append([]string{s.PatientInstruction}, noteTexts(s.Note)...)...)
	return o
}

// serviceKind maps the SNOMED CT categories that R4 proposes.
func serviceKind(categories []fhir.CodeableConcept) string {
	for _, c := range categories {
		for _, code := range typeCodes(c) {
			switch code {
			case "108252007", "laboratory":
				return "lab"
			case "363679005", "imaging":
				return "imaging"
			case "387713003", "surgical-procedure":
				return "procedure"
			case "9632001":
				return "nursing"
			}
		}
	}
	return "other"
}

func doseText(d fhir.Dosage) string {
	for _, dose := range d.DoseAndRate {
		value, unit := valueText(dose.Dose)
		if value != "" {
			return strings.TrimSpace(value + " " + unit)
		}
	}
	return ""
}

func timingText(t *fhir.Timing) string {
	switch {
	case t == nil:
		return ""
	case t.Code != nil && t.Code.Display() != "":
		return t.Code.Display()
	case t.Repeat == nil:
		return ""
	}
	r := t.Repeat
	text := string(r.Frequency)
	if text == "" {
		text = "1"
	}
	if r.PeriodUnit == "" {
		return strings.Join(r.When, " ")
	}
	return strings.TrimSpace(text + " × / " + string(r.Period) + " " + r.PeriodUnit + " " + strings.Join(r.When, " "))
}

func noteTexts(notes []fhir.Annotation) []string {
	texts := make([]string, len(notes))
	for i, n := range notes {
		texts[i] = n.Text
	}
	return texts
}

func joinLines(lines ...string) string { return strings.Join(filled(lines), "\n") }

// nameOf is the name under which a reference names somebody.
func (b *bundle) nameOf(x *bundled, ref *fhir.Reference) string {
	if ref == nil {
		return ""
	}
	_, names := b.calledBy(x, *ref)
	return clip(cmp.Or(names...), longestLabel)
}
