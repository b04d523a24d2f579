package fhir

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/medward/medward/internal/record"
)

// Observation is R4's Observation.
type Observation struct {
	Base
	Status         string       `json:"status,omitempty"`
	Code           *Concept     `json:"code,omitempty"`
	Subject        *Reference   `json:"subject,omitempty"`
	Encounter      *Reference   `json:"encounter,omitempty"`
	Effective      string       `json:"effectiveDateTime,omitempty"`
	ValueQuantity  *Quantity    `json:"valueQuantity,omitempty"`
	ValueString    string       `json:"valueString,omitempty"`
	Interpretation []Concept    `json:"interpretation,omitempty"`
	Note           []Annotation `json:"note,omitempty"`
	ReferenceRange []Range      `json:"referenceRange,omitempty"`
	Component      []Component  `json:"component,omitempty"`
}

// Range is what would be usual.
type Range struct {
	Text string `json:"text"`
}

// Component is a part of an observation, such as the systolic pressure.
type Component struct {
	Code           *Concept  `json:"code,omitempty"`
	ValueQuantity  *Quantity `json:"valueQuantity,omitempty"`
	ValueString    string    `json:"valueString,omitempty"`
	ReferenceRange []Range   `json:"referenceRange,omitempty"`
}

// codeSystems are the systems that room record writes by a short name.
var codeSystems = map[string]string{
	"loinc": "http://loinc.org", "snomed": "http://snomed.info/sct", "ucum": "http://unitsofmeasure.org",
	"rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm", "icd10": "http://hl7.org/fhir/sid/icd-10",
}

var observationStates = map[string]bool{
	"registered": true, "preliminary": true, "final": true, "amended": true, "corrected": true, "cancelled": true, "entered-in-error": true,
}

func observationOf(o record.Observed) *Observation {
	r := &Observation{
		Base:   Base{"Observation", o.ID, (&Meta{VersionID: strconv.Itoa(o.Rev)}).sensed(o.Sensitivity).from(o.Source)},
		Status: "unknown", Code: coded(o.Code, o.Finding.Name), Subject: to("Patient", o.Patient), Encounter: to("Encounter", o.Encounter), Effective: instant(o.At),
		ReferenceRange: usual(o.Finding.Range),
	}
	if o.Rev == 1 {
		r.Meta.LastUpdated = instant(o.CreatedAt)
	}
	if observationStates[o.Finding.State] {
		r.Status = o.Finding.State
	}
	r.ValueQuantity, r.ValueString = valued(o.Finding)
	if o.Flag != "" {
		r.Interpretation = []Concept{*concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", o.Flag)}
	}
	if o.Finding.Note != "" {
		r.Note = []Annotation{{o.Finding.Note}}
	}
	for _, part := range o.Finding.Parts {
		c := Component{Code: &Concept{Text: part.Name}, ReferenceRange: usual(part.Range)}
		c.ValueQuantity, c.ValueString = valued(part)
		r.Component = append(r.Component, c)
	}
	return r
}

// coded is a code of room record, system|code, as FHIR writes it.
func coded(code, name string) *Concept {
	c := &Concept{Text: name}
	if system, inside, some := strings.Cut(code, "|"); some {
		c.Coding = []Coding{{System: wholeSystem(system), Code: inside}}
	}
	return c
}

func wholeSystem(system string) string {
	if whole, short := codeSystems[system]; short {
		return whole
	}
	return system
}

// asKept is a token of a search as room record writes the code.
func asKept(token string) string {
	system, code, some := strings.Cut(token, "|")
	if !some {
		return ""
	}
	for short, whole := range codeSystems {
		if whole == system {
			return short + "|" + code
		}
	}
	return system + "|" + code
}

// decimal is a number as JSON and R4 write it.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

func valued(f record.Finding) (*Quantity, string) {
	if decimal.MatchString(f.Value) {
		return &Quantity{Value: json.Number(f.Value), Unit: f.Unit}, ""
	}
	return nil, strings.TrimSpace(f.Value + " " + f.Unit)
}

func usual(text string) []Range {
	if text == "" {
		return nil
	}
	return []Range{{text}}
}
