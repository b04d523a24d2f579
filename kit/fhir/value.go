package fhir

import (
	"strings"
)

// Value is a choice element such as value[x] or effective[x]. Type is the R4
// datatype and tells which field is set; every other field is zero. A type with
// no field of its own is read from Raw.
type Value struct {
	Type string // "Quantity", "dateTime", …; empty when absent
	Raw  []byte // the JSON as sent

	Text            string    // string, markdown, code, uri, url, canonical, id, oid, uuid, time
	Boolean         bool      // boolean
	Number          Decimal   // decimal, integer, positiveInt, unsignedInt
	DateTime        DateTime  // date, dateTime, instant
	Quantity        *Quantity // Quantity, Age, Count, Distance, Duration
	CodeableConcept *CodeableConcept
	Coding          *Coding
	Identifier      *Identifier
	Reference       *Reference
	Period          *Period
	Range           *Range
	Ratio           *Ratio
	SampledData     *SampledData
	Attachment      *Attachment
	Timing          *Timing
}

// choiceTypes maps the ending of a choice element's name to its datatype.
var choiceTypes = func() map[string]string {
	const primitives = "base64Binary boolean canonical code date dateTime decimal id instant integer " +
		"markdown oid positiveInt string time unsignedInt uri url uuid"
	const complexes = "Address Age Annotation Attachment CodeableConcept Coding ContactPoint Count Distance " +
		"Duration HumanName Identifier Money Period Quantity Range Ratio Reference SampledData Signature " +
		"Timing ContactDetail Contributor DataRequirement Expression ParameterDefinition RelatedArtifact " +
		"TriggerDefinition UsageContext Dosage Meta"
	types := make(map[string]string)
	for t := range strings.FieldsSeq(primitives) {
		types[strings.ToUpper(t[:1])+t[1:]] = t
	}
	for t := range strings.FieldsSeq(complexes) {
		types[t] = t
	}
	return types
}()

func (d *decoder) choice(v value, kind string, dst *Value) {
	dst.Type, dst.Raw = kind, v.raw()
	switch kind {
	case "boolean":
		if v.kind() == kindTrue || d.expect(v, kindFalse, "boolean") {
			dst.Boolean = v.kind() == kindTrue
		}
	case "decimal", "integer", "positiveInt", "unsignedInt":
		if d.expect(v, kindNumber, "number") {
			dst.Number = Decimal(v.raw())
		}
	case "date", "dateTime", "instant":
		if !d.expect(v, kindString, "string") {
			return
		}
		date, err := ParseDateTime(v.text())
		if err != nil {
			d.fault(v, CodeFormat, kind)
		}
		dst.DateTime = date
	case "string", "markdown", "code", "uri", "url", "canonical", "id", "oid", "uuid", "time":
		if d.expect(v, kindString, "string") {
			dst.Text = v.text()
		}
	case "Quantity", "Age", "Count", "Distance", "Duration":
		dst.Quantity = into[Quantity](d, v)
	case "CodeableConcept":
		dst.CodeableConcept = into[CodeableConcept](d, v)
	case "Coding":
		dst.Coding = into[Coding](d, v)
	case "Identifier":
		dst.Identifier = into[Identifier](d, v)
	case "Reference":
		dst.Reference = into[Reference](d, v)
	case "Period":
		dst.Period = into[Period](d, v)
	case "Range":
		dst.Range = into[Range](d, v)
	case "Ratio":
		dst.Ratio = into[Ratio](d, v)
	case "SampledData":
		dst.SampledData = into[SampledData](d, v)
	case "Attachment":
		dst.Attachment = into[Attachment](d, v)
	case "Timing":
		dst.Timing = into[Timing](d, v)
	}
}

func into[T any](d *decoder, v value) *T {
	dst := new(T)
	d.read(v, dst)
	return dst
}
