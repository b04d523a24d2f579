package fhir_test

import (
	"fmt"
	"strings"
)

// syntheticBundle is a transaction of n visits, each a patient, an encounter,
// two observations and a report, all made up.
func syntheticBundle(visits int) []byte {
	var b strings.Builder
	b.WriteString(`{"resourceType":"Bundle","type":"transaction","entry":[`)
	entries := 0
	add := func(n int, kind, body string) string {
		url := fmt.Sprintf("urn:uuid:%08d-0000-4000-8000-%012d", n, entries)
		if entries > 0 {
			b.WriteByte(',')
		}
		entries++
		fmt.Fprintf(&b, "\n  {\"fullUrl\": %q, \"resource\": {\"resourceType\": %q, \"id\": \"c%d\", %s},\n   \"request\": {\"method\": \"POST\", \"url\": %q}}",
			url, kind, n, body, kind)
		return url
	}
	for n := range visits {
		patient := add(n, "Patient", fmt.Sprintf(
			`"identifier": [{"use": "official", "system": "urn:oid:2.16.156.10011.1.12", "value": "ZY%08d"}],
    "text": {"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>住院患者 <b>%d</b></p></div>"},
    "name": [{"use": "official", "text": "患者%d", "family": "患", "given": ["者%d"]}],
    "gender": "female", "birthDate": "1970-0%d", "address": [{"line": ["中山路 1 号"], "city": "南京市", "state": "江苏省"}]`,
			n, n, n, n, n%9+1))
		encounter := add(n, "Encounter", fmt.Sprintf(
			`"status": "finished", "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
    "subject": {"reference": %q}, "period": {"start": "2026-03-01T08:30:00+08:00", "end": "2026-03-09T10:00:00+08:00"}`, patient))
		var results []string
		for i, unit := range []string{"mmol/L", "g/L"} {
			o := add(n, "Observation", fmt.Sprintf(
				`"status": "final", "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}],
    "code": {"coding": [{"system": "http://loinc.org", "code": "0000-%d"}], "text": "检验项目"}, "subject": {"reference": %q},
    "encounter": {"reference": %q}, "effectiveDateTime": "2026-03-02T06:00:00+08:00",
    "valueQuantity": {"value": %d.50, "unit": %q, "system": "http://unitsofmeasure.org", "code": %q},
    "referenceRange": [{"low": {"value": 3.9}, "high": {"value": 6.10}, "text": "3.9–6.10"}]`, i, patient, encounter, n%20, unit, unit))
			results = append(results, fmt.Sprintf(`{"reference": %q}`, o))
		}
		add(n, "DiagnosticReport", fmt.Sprintf(
			`"status": "final", "code": {"text": "生化检验"}, "subject": {"reference": %q}, "result": [%s],
    "presentedForm": [{"contentType": "text/plain", "data": "5qOA6aqM5oql5ZGK"}]`, patient, strings.Join(results, ",")))
	}
	b.WriteString("\n]}")
	return []byte(b.String())
}
