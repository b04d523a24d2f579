package fhir

import (
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/staff"
)

// The datatypes of R4 of which our resources are made, their elements in the order of
// the standard, which XML wants.

// Meta is what a resource says of itself.
type Meta struct {
	VersionID   string   `json:"versionId,omitempty"`
	LastUpdated string   `json:"lastUpdated,omitempty"`
	Source      string   `json:"source,omitempty"`
	Security    []Coding `json:"security,omitempty"`
	Tag         []Coding `json:"tag,omitempty"`
}

// Extension is one extension of an element.
type Extension struct {
	URL          string `json:"url"`
	ValueBoolean *bool  `json:"valueBoolean,omitempty"`
	ValueCode    string `json:"valueCode,omitempty"`
}

// Unsaid stands beside a primitive that is not told.
type Unsaid struct {
	Extension []Extension `json:"extension"`
}

// Coding is a code in its system.
type Coding struct {
	System  string `json:"system,omitempty"`
	Code    string `json:"code,omitempty"`
	Display string `json:"display,omitempty"`
}

// Concept is a CodeableConcept.
type Concept struct {
	Coding []Coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

// Identifier is a number by which others know something.
type Identifier struct {
	Use    string   `json:"use,omitempty"`
	Type   *Concept `json:"type,omitempty"`
	System string   `json:"system,omitempty"`
	Value  string   `json:"value,omitempty"`
	Hidden *Unsaid  `json:"_value,omitempty"`
}

// HumanName is how a person is called.
type HumanName struct {
	Use    string  `json:"use,omitempty"`
	Text   string  `json:"text,omitempty"`
	Hidden *Unsaid `json:"_text,omitempty"`
}

// ContactPoint is a telephone number.
type ContactPoint struct {
	System string  `json:"system,omitempty"`
	Value  string  `json:"value,omitempty"`
	Hidden *Unsaid `json:"_value,omitempty"`
}

// Address is an address in one line.
type Address struct {
	Text   string  `json:"text,omitempty"`
	Hidden *Unsaid `json:"_text,omitempty"`
}

// Reference names another resource of this server, or somebody by his name only.
type Reference struct {
	Reference string `json:"reference,omitempty"`
	Display   string `json:"display,omitempty"`
}

// Period is from when to when.
type Period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

// Quantity is a measured amount, as its source wrote it.
type Quantity struct {
	Value json.Number `json:"value,omitempty"`
	Unit  string      `json:"unit,omitempty"`
}

// Annotation is a remark.
type Annotation struct {
	Text string `json:"text"`
}

// Base is what every resource begins with.
type Base struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id,omitempty"`
	Meta         *Meta  `json:"meta,omitempty"`
}

func (b *Base) base() *Base { return b }

// Resource is anything that this server answers with.
type Resource interface{ base() *Base }

// Code systems of HL7 and of ours.
const (
	v2Identifier    = "http://terminology.hl7.org/CodeSystem/v2-0203"
	v3Act           = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	v3Reason        = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	v3Observation   = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"
	v3Operation     = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
	confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	absentReason    = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
	ours            = "urn:medward:"
)

// masked stands where the reader is not shown a value (D-006).
func masked() *Unsaid { return &Unsaid{[]Extension{{URL: absentReason, ValueCode: "masked"}}} }

func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}

func updated(at time.Time) *Meta { return &Meta{LastUpdated: instant(at)} }

// sensed adds how confidential something is: our levels as HL7 names them.
func (m *Meta) sensed(level int) *Meta {
	code := "N"
	switch {
	case level >= 4:
		code = "V"
	case level == 3:
		code = "R"
	}
	m.Security = append(m.Security, Coding{System: confidentiality, Code: code})
	return m
}

func (m *Meta) subsetted() {
	m.Tag = append(m.Tag, Coding{System: v3Observation, Code: "SUBSETTED"})
}

func (m *Meta) from(source string) *Meta {
	if source != "" {
		m.Source = ours + "source:" + source
	}
	return m
}

func concept(system, code string) *Concept {
	return &Concept{Coding: []Coding{{System: system, Code: code}}}
}

func to(kind, id string) *Reference {
	if id == "" {
		return nil
	}
	return &Reference{Reference: kind + "/" + id}
}

func practitioner(id string, names map[string]staff.Name) *Reference {
	r := to("Practitioner", id)
	if r != nil {
		r.Display = names[id].ZH
	}
	return r
}

func within(since, until time.Time) *Period { return &Period{instant(since), instant(until)} }

func text(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }
