package fhir_test

import (
	"strings"
	"testing"

	"github.com/medward/medward/kit/fhir"
)

const loinc = `{"coding":[{"system":"http://loinc.org","code":"8480-6"}]}`

// sound holds one acceptable resource of every modelled kind.
var sound = map[string]string{
	"Patient": `"id":"p","gender":"male","birthDate":"1970","_birthDate":{"extension":[{"url":"urn:t","valueDateTime":"1970-01-01T08:00:00Z"}]},
		"name":[{"given":["三",null],"_given":[null,{"id":"g"}]}],"deceasedBoolean":false,
		"contact":[{"name":{"text":"张母"},"gender":"female"}],"managingOrganization":{"reference":"Organization/o"}`,
	"Practitioner":     `"qualification":[{"code":{"text":"主治医师"},"period":{"start":"2001","end":"2001"}}]`,
	"PractitionerRole": `"practitioner":{"reference":"Practitioner/p"},"availableTime":[{"daysOfWeek":["mon"],"availableStartTime":"08:00:00"}]`,
	"Organization":     `"name":"市一医院"`,
	"Location":         `"status":"active","position":{"longitude":118.79647,"latitude":3.2E1}`,
	"Encounter": `"status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},
		"period":{"start":"2026-01-01T08:00:00+08:00","end":"2026-01-01T08:00:00+08:00"},"diagnosis":[{"condition":{"reference":"Condition/c"},"rank":1}]`,
	"Condition": `"subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p"}],"onsetString":"幼年",
		"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}`,
	"Observation": `"status":"final","code":` + loinc + `,"valueQuantity":{"value":120,"unit":"mm[Hg]","system":"http://unitsofmeasure.org","code":"mm[Hg]"},
		"component":[{"code":` + loinc + `,"referenceRange":[{"text":"<140"}]}]`,
	"DiagnosticReport":  `"status":"final","code":` + loinc + `,"presentedForm":[{"contentType":"text/plain","data":"5q2j\n5bi4"}]`,
	"DocumentReference": `"status":"current","content":[{"attachment":{"url":"https://a.cn/x.pdf"}}],"relatesTo":[{"code":"replaces","target":{"identifier":{"value":"1"}}}]`,
	"Composition": `"status":"final","type":{"text":"入院记录"},"date":"2026-01-01","author":[{"reference":"Practitioner/p"}],"title":"入院记录",
		"section":[{"title":"主诉","section":[{"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">发热3天</div>"}}]}]`,
	"MedicationRequest": `"status":"active","intent":"order","medicationCodeableConcept":{"text":"阿莫西林"},"subject":{"reference":"Patient/p"},
		"dosageInstruction":[{"timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":0.5}}]}]`,
	"ServiceRequest": `"status":"active","intent":"order","code":` + loinc + `,"orderDetail":[{"text":"空腹"}],"subject":{"reference":"Patient/p"}`,
	"Procedure":      `"status":"completed","subject":{"reference":"Patient/p"},"performer":[{"actor":{"reference":"Practitioner/p"}}]`,
	"AllergyIntolerance": `"patient":{"reference":"Patient/p"},"category":["medication"],
		"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]}`,
	"Immunization": `"status":"completed","vaccineCode":{"text":"乙肝疫苗"},"patient":{"reference":"Patient/p"},"occurrenceDateTime":"2026","protocolApplied":[{"doseNumberPositiveInt":1}]`,
	"CarePlan":     `"status":"active","intent":"plan","subject":{"reference":"Patient/p"},"activity":[{"detail":{"status":"scheduled"}}]`,
	"ImagingStudy": `"status":"available","subject":{"reference":"Patient/p"},"series":[{"uid":"1.2.3","modality":{"code":"CT"},"instance":[{"uid":"1.2.3.4","sopClass":{"code":"urn:oid:1.2"}}]}]`,
}

func resourceOf(kind, body string) string {
	return `{"resourceType":"` + kind + `",` + body + `}`
}

func TestSoundResourcesHaveNoProblem(t *testing.T) {
	for kind, body := range sound {
		for _, p := range fhir.Check(openOne(t, resourceOf(kind, body))) {
			t.Errorf("%s: %v", kind, p)
		}
		if !fhir.IsModelled(kind) {
			t.Errorf("%s is not modelled", kind)
		}
	}
	if len(sound) != 18 {
		t.Errorf("%d kinds", len(sound))
	}
}

func TestOneFaultIsToldOnce(t *testing.T) {
	const nobody = `{"value":"1"}`
	for _, c := range []struct {
		kind, from, to string
		code           fhir.Code
		path           string
	}{
		{"Patient", `"gender":"male"`, `"gender":"男"`, fhir.CodeCode, "Patient.gender"},
		{"Patient", `"gender":"male"`, `"gender":1`, fhir.CodeType, "Patient.gender"},
		{"Patient", `"gender":"male"`, `"gender":null`, fhir.CodeNull, "Patient.gender"},
		{"Patient", `"gender":"male"`, `"gender":["male"]`, fhir.CodeMustBeSingle, "Patient.gender"},
		{"Patient", `"gender":"male"`, `"gender":""`, fhir.CodeEmptyElement, "Patient.gender"},
		{"Patient", `"gender":"male"`, `"sex":"male"`, fhir.CodeUnknownElement, "Patient.sex"},
		{"Patient", `"gender":"male"`, `"identifier":{}`, fhir.CodeMustBeArray, "Patient.identifier"},
		{"Patient", `"gender":"male"`, `"identifier":[]`, fhir.CodeEmptyElement, "Patient.identifier"},
		{"Patient", `"gender":"male"`, `"identifier":[{}]`, fhir.CodeEmptyElement, "Patient.identifier[0]"},
		{"Patient", `"gender":"male"`, `"identifier":[{"use":"main"}]`, fhir.CodeCode, "Patient.identifier[0].use"},
		{"Patient", `"gender":"male"`, `"identifier":[{"system":"a b"}]`, fhir.CodeFormat, "Patient.identifier[0].system"},
		{"Patient", `"gender":"male"`, `"telecom":[{"value":"13"}]`, fhir.CodeCpt2, "Patient.telecom[0]"},
		{"Patient", `"gender":"male"`, `"modifierExtension":[{"url":"urn:x","valueCode":"a"}]`, fhir.CodeModifier, "Patient.modifierExtension"},
		{"Patient", `"gender":"male"`, `"implicitRules":"urn:x"`, fhir.CodeImplicitRules, "Patient.implicitRules"},
		{"Patient", `"gender":"male"`, `"extension":[{"valueCode":"a"}]`, fhir.CodeRequired, "Patient.extension[0].url"},
		{"Patient", `"gender":"male"`, `"extension":[{"url":"urn:x"}]`, fhir.CodeExt1, "Patient.extension[0]"},
		{"Patient", `"gender":"male"`, `"_name":[{"id":"x"}]`, fhir.CodeExtends, "Patient._name"},
		{"Patient", `"gender":"male"`, `"_gender":[{"id":"x"}]`, fhir.CodeType, "Patient._gender"},
		{"Patient", `"gender":"male"`, `"deceasedDateTime":"2020"`, fhir.CodeChoiceTwice, "Patient.deceasedBoolean"},
		{"Patient", `"deceasedBoolean":false`, `"deceasedString":"yes"`, fhir.CodeChoiceType, "Patient.deceasedString"},
		{"Patient", `"birthDate":"1970"`, `"birthDate":"1970-1-1"`, fhir.CodeFormat, "Patient.birthDate"},
		{"Patient", `"birthDate":"1970"`, `"birthDate":"1970-01-01T00:00:00Z"`, fhir.CodeFormat, "Patient.birthDate"},
		{"Patient", `"_given":[null,{"id":"g"}]`, `"_given":[{"id":"g"}]`, fhir.CodeNull, "Patient.name[0].given[1]"},
		{"Patient", `"id":"p"`, `"id":"a_b"`, fhir.CodeFormat, "Patient.id"},
		{"Patient", `{"name":{"text":"张母"},"gender":"female"}`, `{"gender":"female"}`, fhir.CodePat1, "Patient.contact[0]"},
		{"Patient", `Organization/o`, `Patient/o`, fhir.CodeReferenceTarget, "Patient.managingOrganization"},
		{"Patient", `Organization/o`, `the hospital`, fhir.CodeReferenceFormat, "Patient.managingOrganization.reference"},
		{"Patient", `Organization/o`, `#o`, fhir.CodeReferenceContained, "Patient.managingOrganization.reference"},
		{"Patient", `Organization/o`, `urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0`, fhir.CodeReferenceUnresolved, "Patient.managingOrganization.reference"},
		{"Patient", `"reference":"Organization/o"`, `"type":"Location","identifier":` + nobody, fhir.CodeReferenceTarget, "Patient.managingOrganization"},
		{"Practitioner", `"end":"2001"`, `"end":"2000-12"`, fhir.CodePer1, "Practitioner.qualification[0].period"},
		{"PractitionerRole", `"mon"`, `"Monday"`, fhir.CodeCode, "PractitionerRole.availableTime[0].daysOfWeek[0]"},
		{"PractitionerRole", `08:00:00`, `08:00`, fhir.CodeFormat, "PractitionerRole.availableTime[0].availableStartTime"},
		{"Organization", `"name":"市一医院"`, `"active":true`, fhir.CodeOrg1, "Organization"},
		{"Location", `"latitude":3.2E1`, `"altitude":1`, fhir.CodeRequired, "Location.position.latitude"},
		{"Location", `"latitude":3.2E1`, `"latitude":"32"`, fhir.CodeType, "Location.position.latitude"},
		{"Encounter", `"status":"finished",`, ``, fhir.CodeRequired, "Encounter.status"},
		{"Encounter", `"finished"`, `"discharged"`, fhir.CodeCode, "Encounter.status"},
		{"Encounter", `"class":{"code":"IMP"},`, ``, fhir.CodeRequired, "Encounter.class"},
		{"Encounter", `"rank":1`, `"rank":0`, fhir.CodeFormat, "Encounter.diagnosis[0].rank"},
		{"Encounter", `"rank":1`, `"rank":1.0`, fhir.CodeFormat, "Encounter.diagnosis[0].rank"},
		{"Encounter", `"end":"2026-01-01T08:00:00+08:00"`, `"end":"2026-01-01T08:00:00+09:00"`, fhir.CodePer1, "Encounter.period"},
		{"Condition", `"code":"active"`, `"code":"on"`, fhir.CodeConcept, "Condition.clinicalStatus"},
		{"Condition", `"onsetString"`, `"abatementString"`, fhir.CodeCon4, "Condition"},
		{"Condition", `"resourceType":"Patient","id":"p"`, `"resourceType":"Device","id":"p"`, fhir.CodeReferenceTarget, "Condition.subject"},
		{"Condition", `"resourceType":"Patient","id":"p"`, `"resourceType":"Patient","id":"p","gender":"x"`, fhir.CodeCode, "Condition.contained[0].gender"},
		{"Condition", `"resourceType":"Patient","id":"p"`, `"resourceType":"Patient","id":"p","contained":[{"resourceType":"Basic","id":"b"}]`, fhir.CodeContainedNested, "Condition.contained[0].contained"},
		{"Condition", `"id":"p"}]`, `"id":"p"},{"resourceType":"Patient","id":"p"}]`, fhir.CodeContainedID, "Condition.contained[1]"},
		{"Observation", `"value":120`, `"value":"120"`, fhir.CodeType, "Observation.valueQuantity.value"},
		{"Observation", `"system":"http://unitsofmeasure.org",`, ``, fhir.CodeQty3, "Observation.valueQuantity"},
		{"Observation", `"status":"final"`, `"status":"final","dataAbsentReason":{"text":"溶血"}`, fhir.CodeObs6, "Observation"},
		{"Observation", `"text":"<140"`, `"text":140`, fhir.CodeType, "Observation.component[0].referenceRange[0].text"},
		{"DiagnosticReport", `"contentType":"text/plain",`, ``, fhir.CodeAtt1, "DiagnosticReport.presentedForm[0]"},
		{"DiagnosticReport", `5q2j\n5bi4`, `5q2j*`, fhir.CodeFormat, "DiagnosticReport.presentedForm[0].data"},
		{"DocumentReference", `"content":[{"attachment":{"url":"https://a.cn/x.pdf"}}],`, ``, fhir.CodeRequired, "DocumentReference.content"},
		{"DocumentReference", `"replaces"`, `"supersedes"`, fhir.CodeCode, "DocumentReference.relatesTo[0].code"},
		{"Composition", `发热3天`, `<script>x</script>发热3天`, fhir.CodeNarrativeActive, "Composition.section[0].section[0].text.div"},
		{"Composition", `,"section":[{"text"`, `,"section":[{"code":{"text":"x"}},{"text"`, fhir.CodeCmp1, "Composition.section[0].section[0]"},
		{"Composition", `,"title":"入院记录",`, `,`, fhir.CodeRequired, "Composition.title"},
		{"MedicationRequest", `"medicationCodeableConcept":{"text":"阿莫西林"},`, ``, fhir.CodeRequired, "MedicationRequest.medication"},
		{"MedicationRequest", `,"periodUnit":"d"`, ``, fhir.CodeTim2, "MedicationRequest.dosageInstruction[0].timing.repeat"},
		{"ServiceRequest", `"code":` + loinc + `,`, ``, fhir.CodePrr1, "ServiceRequest"},
		{"ServiceRequest", `"intent":"order"`, `"intent":"wish"`, fhir.CodeCode, "ServiceRequest.intent"},
		{"Procedure", `"subject":{"reference":"Patient/p"},`, ``, fhir.CodeRequired, "Procedure.subject"},
		{"AllergyIntolerance", `"clinicalStatus"`, `"verificationStatus"`, fhir.CodeConcept, "AllergyIntolerance.verificationStatus"},
		{"Immunization", `"doseNumberPositiveInt":1`, `"series":"a"`, fhir.CodeRequired, "Immunization.protocolApplied[0].doseNumber"},
		{"CarePlan", `{"detail":{"status":"scheduled"}}`, `{"detail":{"status":"scheduled"},"reference":{"reference":"Task/1"}}`, fhir.CodeCpl3, "CarePlan.activity[0]"},
		{"ImagingStudy", `,"modality":{"code":"CT"}`, ``, fhir.CodeRequired, "ImagingStudy.series[0].modality"},
	} {
		good := resourceOf(c.kind, sound[c.kind])
		bad := strings.Replace(good, c.from, c.to, 1)
		if bad == good {
			t.Errorf("%s: %s is not in the sound resource", c.kind, c.from)
			continue
		}
		problems := fhir.Check(openOne(t, bad))
		told := 0
		for _, p := range problems {
			if p.Code == c.code && p.Path == c.path {
				told++
			} else if p.Code != fhir.CodeAit1 {
				t.Errorf("%s with %s: also %v", c.kind, c.to, p)
			}
		}
		if told != 1 {
			t.Errorf("%s with %s: told %d times, want %s at %s", c.kind, c.to, told, c.code, c.path)
		}
	}
}

func TestOtherKindsAreCheckedAtTheBase(t *testing.T) {
	for text, code := range map[string]fhir.Code{
		`{"resourceType":"Claim","id":"c","anything":{}}`:                     "",
		`{"resourceType":"Claim","id":"c d"}`:                                 fhir.CodeFormat,
		`{"resourceType":"PatientX"}`:                                         fhir.CodeKindUnknown,
		`{"resourceType":"DomainResource"}`:                                   fhir.CodeKindUnknown,
		`{"resourceType":"Claim","contained":[{"resourceType":"Patient"}]}`:   fhir.CodeContainedID,
		`{"resourceType":"Claim","contained":{"resourceType":"Patient"}}`:     fhir.CodeMustBeArray,
		`{"resourceType":"Claim","contained":[7]}`:                            fhir.CodeType,
		`{"resourceType":"SubscriptionStatus","status":"active","type":"ok"}`: fhir.CodeKindUnknown,
	} {
		problems := fhir.Check(openOne(t, text))
		switch {
		case code == "" && len(problems) > 0:
			t.Errorf("%s: %v", text, problems)
		case code != "" && (len(problems) != 1 || problems[0].Code != code):
			t.Errorf("%s: %v, want %s", text, problems, code)
		}
	}
}

func TestUnresolvedLinksWeighMoreInATransaction(t *testing.T) {
	const gone = `{"resourceType":"Procedure","status":"completed","subject":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}}`
	for kind, want := range map[string]fhir.Severity{"transaction": fhir.Error, "collection": fhir.Warning} {
		request := ""
		if kind == "transaction" {
			request = `"request":{"method":"POST","url":"Procedure"},`
		}
		e := openOne(t, `{"resourceType":"Bundle","type":"`+kind+`","entry":[{`+request+`"resource":`+gone+`}]}`)
		problems := fhir.Check(e)
		if len(problems) != 1 || problems[0].Code != fhir.CodeReferenceUnresolved || problems[0].Severity != want {
			t.Errorf("%s: %v", kind, problems)
		}
	}
}

func TestSyntheticBundleIsSound(t *testing.T) {
	in := mustOpen(t, string(syntheticBundle(3)))
	for _, e := range in.Entries {
		for _, p := range fhir.Check(e) {
			t.Errorf("entry %d: %v", e.Index, p)
		}
	}
	if len(in.Entries) != 15 {
		t.Errorf("%d entries", len(in.Entries))
	}
}

func TestProblemsNeverQuoteContent(t *testing.T) {
	const secret = "王小明13900000000"
	for kind, body := range sound {
		text := resourceOf(kind, body)
		for _, value := range []string{`"final"`, `"male"`, `"active"`, `"completed"`, `"1970"`, `"text/plain"`, `"#p"`, `"Patient/p"`, `"1.2.3"`} {
			text = strings.ReplaceAll(text, value, `"`+secret+`"`)
		}
		in, problems, err := fhir.OpenBytes([]byte(text), fhir.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		problems = append(problems, fhir.Check(in.Entries[0])...)
		for _, p := range problems {
			all := p.String() + p.Path + p.Rule.Zh + p.Rule.En + p.Remedy.Zh + p.Remedy.En
			if strings.Contains(all, "王") || strings.Contains(all, "139") {
				t.Errorf("quotes content: %v", p)
			}
		}
	}
}
