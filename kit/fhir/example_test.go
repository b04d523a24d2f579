package fhir_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/medward/medward/kit/fhir"
)

func Example() {
	text := `{"resourceType":"Bundle","type":"transaction","entry":[
	 {"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
	  "resource":{"resourceType":"Patient","name":[{"family":"张","given":["三"]}]},
	  "request":{"method":"POST","url":"Patient"}},
	 {"resource":{"resourceType":"Observation","status":"final","code":{"text":"血钾"},
	   "subject":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},
	   "valueQuantity":{"value":4.10,"unit":"mmol/L"}},
	  "request":{"method":"POST","url":"Observation"}}]}`
	in, _, err := fhir.Open(strings.NewReader(text), fhir.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range in.Entries {
		if e.Type != "Observation" || len(fhir.Check(e)) > 0 {
			continue
		}
		o, _ := fhir.ReadObservation(e)
		subject, _ := in.Resolve(e, o.Subject.Reference)
		patient, _ := fhir.ReadPatient(subject)
		fmt.Println(patient.Name[0].Full(), o.Code.Display(), o.Value.Quantity.Value, o.Value.Quantity.Unit)
	}
	// Output: 张三 血钾 4.10 mmol/L
}

func ExampleOpen_refused() {
	_, _, err := fhir.Open(strings.NewReader(`<Patient xmlns="http://hl7.org/fhir"/>`), fhir.Limits{})
	if refusal, ok := errors.AsType[*fhir.Refusal](err); ok {
		fmt.Println(refusal.Problem.Code, refusal.Problem.Rule.Zh)
	}
	// Output: fhir.xml 内容是 XML，本系统只读取 FHIR JSON
}

func ExampleCheck() {
	in, _, err := fhir.OpenBytes([]byte(`{"resourceType":"Patient","gender":"男"}`), fhir.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range fhir.Check(in.Entries[0]) {
		fmt.Println(p.Severity, p.Code, p.Path)
		fmt.Println(p.Rule.Zh, p.Remedy.Zh)
	}
	// Output:
	// error fhir.code Patient.gender
	// gender 不在规定的代码之内 请使用其中之一：male | female | other | unknown
}

func ExampleNarrative() {
	text, problems := fhir.Narrative(`<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="x()">主诉：发热</p><script>y()</script></div>`)
	fmt.Println(text)
	for _, p := range problems {
		fmt.Println(p.Code)
	}
	// Output:
	// 主诉：发热
	// fhir.narrative.active
}

func ExampleParseDateTime() {
	d, err := fhir.ParseDateTime("1951-06")
	fmt.Println(d.Precision == fhir.ToMonth, d.HasZone(), err)
	// Output: true false <nil>
}
