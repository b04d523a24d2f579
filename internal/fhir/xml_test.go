package fhir

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestXMLSaysWhatJSONSays(t *testing.T) {
	yes := true
	p := &Patient{
		Base: Base{"Patient", "1", &Meta{VersionID: "2"}}, Active: true, Name: []HumanName{{Text: `王 "<&>`}},
		Identifier: []Identifier{{System: "urn:a", Value: "1"}, {System: "urn:b", Hidden: masked()}},
	}
	b := bundle("searchset")
	b.add("https://records.example/fhir", "match", p)
	b.add("https://records.example/fhir", "match", &Observation{Base: Base{ResourceType: "Observation", ID: "3"}, ValueQuantity: &Quantity{Value: json.Number("98.50"), Unit: "g/L"}})
	b.add("", "outcome", outcome(Issue{Severity: "warning", Code: "informational"}))
	b.add("", "match", &Provenance{Base: Base{ResourceType: "Provenance"}, Signature: []Signature{{Extension: []Extension{{URL: "urn:c", ValueBoolean: &yes}}, Data: []byte{1, 2}}}})
	text, err := asXML(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<Bundle xmlns="http://hl7.org/fhir"><type value="searchset"/><entry><fullUrl value="https://records.example/fhir/Patient/1"/><resource><Patient><id value="1"/><meta><versionId value="2"/></meta>`,
		`<identifier><system value="urn:a"/><value value="1"/></identifier><identifier><system value="urn:b"/><value><extension url="http://hl7.org/fhir/StructureDefinition/data-absent-reason"><valueCode value="masked"/></extension></value></identifier><active value="true"/>`,
		`<text value="王 &#34;&lt;&amp;&gt;"/>`, `<valueQuantity><value value="98.50"/><unit value="g/L"/></valueQuantity>`, `<valueBoolean value="true"/>`, `<data value="AQI="/>`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "resourceType") {
		t.Errorf("%s", text)
	}
}

func TestAResourceIsInAnAnswerOnce(t *testing.T) {
	b := bundle("searchset")
	for range 2 {
		b.add("/fhir", "match", &Patient{Base: Base{ResourceType: "Patient", ID: "1"}})
	}
	if len(b.Entry) != 1 {
		t.Errorf("%+v", b.Entry)
	}
}

func TestTheIdOfAVersionIsReadBack(t *testing.T) {
	for id, want := range map[string]int{versioned("01J", 3): 3, "01J": 0} {
		if document, number := versionIn(id); document != "01J" || number != want {
			t.Errorf("%s: %s %d", id, document, number)
		}
	}
	if document, _ := versionIn("01J-x"); document == "01J" {
		t.Error("what is no version was taken for the newest")
	}
}
