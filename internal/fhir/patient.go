package fhir

import (
	"slices"
	"strconv"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

// Identifier systems of WS/T 500.
const (
	idNumbers     = "urn:oid:2.16.156.10011.1.3"
	recordNumbers = "urn:oid:2.16.156.10011.1.13"
)

// Patient is R4's Patient.
type Patient struct {
	Base
	Identifier []Identifier   `json:"identifier,omitempty"`
	Active     bool           `json:"active,omitempty"`
	Name       []HumanName    `json:"name,omitempty"`
	Telecom    []ContactPoint `json:"telecom,omitempty"`
	Gender     string         `json:"gender,omitempty"`
	BirthDate  string         `json:"birthDate,omitempty"`
	Address    []Address      `json:"address,omitempty"`
	Contact    []Contact      `json:"contact,omitempty"`
}

// Contact is a person to call.
type Contact struct {
	Relationship []Concept      `json:"relationship,omitempty"`
	Name         *HumanName     `json:"name,omitempty"`
	Telecom      []ContactPoint `json:"telecom,omitempty"`
}

// patientOf is a patient as he was opened. What the reader is not shown in full is not
// shown in part either: a program would take the dots for a number.
func patientOf(v *patient.View) *Patient {
	hides := func(field string) bool {
		return slices.ContainsFunc(v.Masks, func(m policy.Mask) bool { return m.Field == field })
	}
	p := &Patient{
		Base:   Base{"Patient", v.ID, updated(v.UpdatedAt).sensed(v.Level)},
		Active: true, Name: []HumanName{{Use: "official", Text: v.Name}}, Gender: v.Sex, BirthDate: v.BirthDate,
	}
	p.Meta.VersionID = strconv.Itoa(v.Rev)
	if len(v.Masks) > 0 {
		p.Meta.Security = append(p.Meta.Security, Coding{System: v3Observation, Code: "MASKED"})
	}
	p.Identifier = numbered(v.RecordNumber)
	if v.IDNumber != "" {
		id := Identifier{Use: "official", Type: concept(v2Identifier, "NI"), System: idNumbers}
		id.Value, id.Hidden = told(v.IDNumber, hides("idNumber"))
		p.Identifier = append(p.Identifier, id)
	}
	p.Telecom = phones(v.Phone, hides("phone"))
	if v.Address != "" {
		var a Address
		a.Text, a.Hidden = told(v.Address, hides("address"))
		p.Address = []Address{a}
	}
	for _, c := range v.Contacts {
		name := &HumanName{}
		name.Text, name.Hidden = told(c.Name, hides("contacts"))
		p.Contact = append(p.Contact, Contact{Relationship: []Concept{{Text: c.Relation}}, Name: name, Telecom: phones(c.Phone, hides("contacts"))})
	}
	return p
}

// listedPatient is a patient as a list tells of him.
func listedPatient(l patient.Listed) *Patient {
	p := &Patient{
		Base: Base{"Patient", l.ID, updated(l.UpdatedAt).sensed(l.Level)}, Identifier: numbered(l.RecordNumber),
		Active: true, Name: []HumanName{{Use: "official", Text: l.Name}}, Gender: l.Sex, BirthDate: l.BirthDate,
	}
	p.Meta.VersionID = strconv.Itoa(l.Rev)
	p.Meta.subsetted()
	return p
}

func numbered(record string) []Identifier {
	if record == "" {
		return nil
	}
	return []Identifier{{Use: "usual", Type: concept(v2Identifier, "MR"), System: recordNumbers, Value: record}}
}

func told(value string, hidden bool) (string, *Unsaid) {
	if hidden {
		return "", masked()
	}
	return value, nil
}

func phones(number string, hidden bool) []ContactPoint {
	if number == "" {
		return nil
	}
	c := ContactPoint{System: "phone"}
	c.Value, c.Hidden = told(number, hidden)
	return []ContactPoint{c}
}
