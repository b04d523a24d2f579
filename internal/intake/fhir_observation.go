package intake

import (
	"cmp"
	"context"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/fhir"
)

func (b *bundle) addObservation(u *unit, g *group, x *bundled) error {
	o, _ := fhir.ReadObservation(x.Entry)
	if withdrawn(o.Status) {
		x.found(ruleNotShown.warning("Observation.status"))
		b.addResource(u, x, g)
		return nil
	}
	at := b.dated(x, "effective[x]", append(moments(o.Effective), o.Issued)...)
	if b.count(u, x) {
		return nil
	}
	stay := b.stayOf(x, g, o.Encounter)
	sealed, err := b.room.records.SealObservation(g.subject, record.Observation{
		Org: b.org, Patient: g.id, Encounter: stay.ID, Code: codeOf(o.Code), At: at, Flag: flagOf(o.Interpretation),
		Sensitivity: max(levelOf(o.Meta), stay.Level), Department: stay.Department, Source: b.source.ID,
	}, findingOf(o))
	if err != nil {
		return err
	}
	b.addEntry(u, x, g, sealed.ID)
	u.add(1, func(ctx context.Context, w *act.Work) error { return b.room.records.ObserveIn(ctx, w, sealed) })
	return nil
}

func withdrawn(status string) bool { return status == "entered-in-error" || status == "cancelled" }

func findingOf(o fhir.Observation) record.Finding {
	f := record.Finding{Name: o.Code.Display(), Range: rangeText(o.ReferenceRange), State: o.Status}
	f.Value, f.Unit = valueText(o.Value)
	if o.Value.Type == "" && len(o.Component) == 0 {
		f.Value = o.DataAbsentReason.Display()
	}
	var notes []string
	for _, n := range o.Note {
		notes = append(notes, n.Text)
	}
	f.Note = joinLines(notes...)
	for _, c := range o.Component {
		part := record.Finding{Name: c.Code.Display(), Range: rangeText(c.ReferenceRange)}
		part.Value, part.Unit = valueText(c.Value)
		if c.Value.Type == "" {
			part.Value = c.DataAbsentReason.Display()
		}
		f.Parts = append(f.Parts, part)
	}
	return f
}

// shortSystems are the code systems with a short name of their own.
var shortSystems = map[string]string{
	"http://loinc.org": "loinc", "http://snomed.info/sct": "snomed", "http://unitsofmeasure.org": "ucum",
	"http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm", "http://hl7.org/fhir/sid/icd-10": "icd10",
}

// codeOf writes the first coding as system|code, LOINC before any other.
func codeOf(c fhir.CodeableConcept) string {
	if loinc, ok := c.In("http://loinc.org"); ok && loinc.Code != "" {
		return clip("loinc|"+loinc.Code, longestLabel)
	}
	for _, coding := range c.Coding {
		if coding.Code == "" {
			continue
		}
		system, known := shortSystems[coding.System]
		if !known {
			system = coding.System
		}
		return clip(system+"|"+coding.Code, longestLabel)
	}
	return ""
}

// flagOf keeps the interpretations that a result list shows.
func flagOf(interpretations []fhir.CodeableConcept) string {
	for _, i := range interpretations {
		for _, code := range typeCodes(i) {
			if flag := flagOfCode(code); flag != "" {
				return flag
			}
		}
	}
	return ""
}

// flagOfCode maps codes of HL7 table 0078.
func flagOfCode(code string) string {
	switch code {
	case "H", "L", "HH", "LL", "A":
		return code
	case "HU", ">":
		return "HH"
	case "LU", "<":
		return "LL"
	case "AA", "POS", "R":
		return "A"
	}
	return ""
}

// valueText writes a value as its source wrote it, and its unit.
func valueText(v fhir.Value) (value, unit string) {
	switch {
	case v.Quantity != nil:
		return quantityText(v.Quantity), cmp.Or(v.Quantity.Unit, v.Quantity.Code)
	case v.CodeableConcept != nil:
		return v.CodeableConcept.Display(), ""
	case v.Range != nil:
		return quantityText(v.Range.Low) + "–" + quantityText(v.Range.High), unitOf(v.Range.Low, v.Range.High)
	case v.Ratio != nil:
		return quantityText(v.Ratio.Numerator) + " / " + quantityText(v.Ratio.Denominator), unitOf(v.Ratio.Numerator)
	case v.Period != nil:
		return v.Period.Start.Text + " – " + v.Period.End.Text, ""
	case v.SampledData != nil:
		return v.SampledData.Data, ""
	}
	switch v.Type {
	case "boolean":
		if v.Boolean {
			return "true", ""
		}
		return "false", ""
	case "dateTime", "date", "instant":
		return v.DateTime.Text, ""
	case "decimal", "integer", "positiveInt", "unsignedInt":
		return string(v.Number), ""
	}
	return v.Text, ""
}

func quantityText(q *fhir.Quantity) string {
	if q == nil {
		return ""
	}
	return q.Comparator + string(q.Value)
}

func unitOf(quantities ...*fhir.Quantity) string {
	for _, q := range quantities {
		if q != nil {
			return cmp.Or(q.Unit, q.Code)
		}
	}
	return ""
}

func rangeText(ranges []fhir.ReferenceRange) string {
	for _, r := range ranges {
		switch {
		case r.Text != "":
			return r.Text
		case r.Low != nil && r.High != nil:
			return string(r.Low.Value) + "–" + string(r.High.Value)
		case r.Low != nil:
			return "≥ " + string(r.Low.Value)
		case r.High != nil:
			return "≤ " + string(r.High.Value)
		}
	}
	return ""
}
