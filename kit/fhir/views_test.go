package fhir_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/medward/medward/kit/fhir"
)

func readWhole[View any](t *testing.T, read func(*fhir.Entry) (View, []fhir.Problem), text string) View {
	t.Helper()
	view, problems := read(openOne(t, text))
	for _, p := range problems {
		t.Errorf("reading: %v", p)
	}
	return view
}

func TestPatientInChinese(t *testing.T) {
	p := readWhole(t, fhir.ReadPatient, `{"resourceType":"Patient","id":"p","meta":{"versionId":"3"},
	 "identifier":[{"use":"official","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:oid:2.16.156.10011.1.12","value":"ZY001"}],
	 "name":[{"use":"official","family":"欧阳","given":["若\u5170"],"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}]},
	         {"family":"Ouyang","given":["Ruolan"]}],
	 "gender":"female","birthDate":"1984-03","deceasedDateTime":"2026-02-01T05:06:07+08:00",
	 "telecom":[{"system":"phone","value":"025-1","use":"home"}],
	 "address":[{"line":["中山路 1 号"],"city":"南京市","district":"玄武区","postalCode":"210000"}],
	 "maritalStatus":{"text":"已婚"},
	 "contact":[{"relationship":[{"text":"母亲"}],"name":{"text":"李梅"}}],
	 "managingOrganization":{"reference":"Organization/o"},"somethingNew":{"a":[1,2]}}`)
	if got := p.Name[0].Full(); got != "欧阳若兰" || p.Name[0].Representation() != "IDE" {
		t.Errorf("name %q (%s)", got, p.Name[0].Representation())
	}
	if got := p.Name[1].Full(); got != "Ruolan Ouyang" {
		t.Errorf("name %q", got)
	}
	if id := p.Identifier[0]; id.Value != "ZY001" || id.Type.Coding[0].Code != "MR" || p.Meta.VersionID != "3" || p.ID != "p" {
		t.Errorf("identifier %+v, id %q", id, p.ID)
	}
	if p.BirthDate.Precision != fhir.ToMonth || p.Deceased.Type != "dateTime" || !p.Deceased.DateTime.HasZone() {
		t.Errorf("birth %+v, death %+v", p.BirthDate, p.Deceased)
	}
	if p.Address[0].District != "玄武区" || p.Telecom[0].Value != "025-1" || p.MaritalStatus.Display() != "已婚" ||
		p.Contact[0].Name.Full() != "李梅" || p.ManagingOrganization.Link().ID != "o" {
		t.Errorf("patient %+v", p)
	}
}

func TestObservationValues(t *testing.T) {
	for text, want := range map[string]func(fhir.Value) bool{
		`"valueQuantity":{"value":0.10,"comparator":"<","unit":"mg"}`: func(v fhir.Value) bool {
			return v.Quantity.Value == "0.10" && v.Quantity.Comparator == "<"
		},
		`"valueCodeableConcept":{"text":"阳性"}`: func(v fhir.Value) bool { return v.CodeableConcept.Display() == "阳性" },
		`"valueString":"见\n附图"`:                func(v fhir.Value) bool { return v.Text == "见\n附图" },
		`"valueBoolean":true`:                  func(v fhir.Value) bool { return v.Boolean },
		`"valueInteger":-7`:                    func(v fhir.Value) bool { n, err := v.Number.Int64(); return n == -7 && err == nil },
		`"valueRange":{"low":{"value":1},"high":{"value":2}}`: func(v fhir.Value) bool {
			return v.Range.Low.Value == "1" && v.Range.High.Value == "2"
		},
		`"valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}`: func(v fhir.Value) bool { return v.Ratio.Denominator.Value == "128" },
		`"valueSampledData":{"origin":{"value":0},"period":10,"dimensions":1,"data":"1 2"}`: func(v fhir.Value) bool {
			return v.SampledData.Data == "1 2" && v.SampledData.Period == "10"
		},
		`"valueTime":"08:30:00"`:                      func(v fhir.Value) bool { return v.Text == "08:30:00" },
		`"valueDateTime":"2026"`:                      func(v fhir.Value) bool { return v.DateTime.Precision == fhir.ToYear },
		`"valuePeriod":{"start":"2026","end":"2027"}`: func(v fhir.Value) bool { return v.Period.End.Text == "2027" },
	} {
		o := readWhole(t, fhir.ReadObservation, `{"resourceType":"Observation",`+text+`,"component":[{"code":{"text":"c"},`+text+`}]}`)
		if !want(o.Value) || !want(o.Component[0].Value) || len(o.Value.Raw) == 0 {
			t.Errorf("%s is read as %+v", text, o.Value)
		}
	}
}

func TestNestedSectionsAndNarrative(t *testing.T) {
	c := readWhole(t, fhir.ReadComposition, resourceOf("Composition", sound["Composition"]))
	inner := c.Section[0].Section[0]
	if text, problems := fhir.Narrative(inner.Text.Div); text != "发热3天" || len(problems) > 0 {
		t.Errorf("narrative %q, %v", text, problems)
	}
}

func TestWhatCannotBeReadIsToldAndTheRestStands(t *testing.T) {
	o, problems := fhir.ReadObservation(openOne(t, `{"resourceType":"Observation","status":["final"],"issued":"today",
	 "code":{"coding":[{"code":1,"display":"钾"}]},"valueQuantity":{"value":"4.1","unit":"mmol/L"},"note":{"text":"x"}}`))
	got := map[string]fhir.Code{}
	for _, p := range problems {
		got[p.Path] = p.Code
	}
	want := map[string]fhir.Code{
		"Observation.status":              fhir.CodeType,
		"Observation.issued":              fhir.CodeFormat,
		"Observation.code.coding[0].code": fhir.CodeType,
		"Observation.valueQuantity.value": fhir.CodeType,
		"Observation.note":                fhir.CodeType,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if o.Code.Display() != "钾" || o.Value.Quantity.Unit != "mmol/L" || o.Issued.Text != "today" || !o.Issued.IsZero() {
		t.Errorf("the rest is %+v", o)
	}
}

func TestAViewOfAnotherKindIsRefused(t *testing.T) {
	_, problems := fhir.ReadEncounter(openOne(t, zhang))
	if len(problems) != 1 || problems[0].Code != fhir.CodeOtherKind {
		t.Errorf("problems %v", problems)
	}
}

func TestAttachmentContent(t *testing.T) {
	report := func(fields string) fhir.Attachment {
		text := `{"resourceType":"DiagnosticReport","presentedForm":[{"contentType":"text/plain","data":"5q2j\n 5bi4",` + fields + `"title":"t"}]}`
		return readWhole(t, fhir.ReadDiagnosticReport, text).PresentedForm[0]
	}
	const hash = `"hash":"w8X9RM+4dWKPSUyE5RUNE9ZJzTU=",`
	for fields, want := range map[string]error{
		"":             nil,
		`"size":6,`:    nil,
		`"size":7,`:    fhir.ErrSize,
		hash:           fhir.ErrHash,
		`"hash":"**",`: fhir.ErrHash,
	} {
		content, err := report(fields).Content(6)
		if string(content) != "正常" || !errors.Is(err, want) {
			t.Errorf("%s: %q, %v", fields, content, err)
		}
	}
	if _, err := report("").Content(5); !errors.Is(err, fhir.ErrTooLarge) {
		t.Errorf("5 bytes: %v", err)
	}
	if _, err := (fhir.Attachment{Data: fhir.Base64("5q2j5bi")}).Content(9); !errors.Is(err, fhir.ErrBase64) {
		t.Errorf("broken: %v", err)
	}
}
