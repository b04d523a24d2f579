package fhir

import "github.com/medward/medward/internal/staff"

// Practitioner is R4's Practitioner: somebody who works here. His telephone number is
// not told.
type Practitioner struct {
	Base
	Identifier []Identifier `json:"identifier,omitempty"`
	Active     *bool        `json:"active,omitempty"`
	Name       []HumanName  `json:"name,omitempty"`
}

func practitionerOf(p staff.Person, active bool) *Practitioner {
	r := &Practitioner{
		Base: Base{ResourceType: "Practitioner", ID: p.ID}, Identifier: []Identifier{{Use: "usual", System: ours + "staff-number", Value: p.Number}},
		Active: &active, Name: []HumanName{{Use: "official", Text: p.NameZH}},
	}
	if p.NameEN != "" {
		r.Name = append(r.Name, HumanName{Use: "usual", Text: p.NameEN})
	}
	return r
}

// PractitionerRole is R4's PractitionerRole: an appointment.
type PractitionerRole struct {
	Base
	Active       *bool      `json:"active,omitempty"`
	Period       *Period    `json:"period,omitempty"`
	Practitioner *Reference `json:"practitioner,omitempty"`
	Organization *Reference `json:"organization,omitempty"`
	Code         []Concept  `json:"code,omitempty"`
}

func roleOf(a staff.Appointment, live bool) *PractitionerRole {
	c := concept(ours+"role", a.Role)
	c.Text = a.TitleZH
	return &PractitionerRole{
		Base: Base{ResourceType: "PractitionerRole", ID: a.ID}, Active: &live, Period: within(a.Since, a.End()), Practitioner: to("Practitioner", a.Person),
		Organization: to("Organization", a.Department), Code: []Concept{*c},
	}
}

// Organization is R4's Organization: a department.
type Organization struct {
	Base
	Identifier []Identifier `json:"identifier,omitempty"`
	Type       []Concept    `json:"type,omitempty"`
	Name       string       `json:"name,omitempty"`
	Alias      []string     `json:"alias,omitempty"`
	PartOf     *Reference   `json:"partOf,omitempty"`
}

func organizationOf(d staff.Department) *Organization {
	r := &Organization{
		Base: Base{"Organization", d.ID, updated(d.Made)}, Identifier: []Identifier{{System: ours + "department", Value: d.Code}},
		Type: []Concept{*concept("http://terminology.hl7.org/CodeSystem/organization-type", "dept")}, Name: d.NameZH, PartOf: to("Organization", d.Parent),
	}
	if d.NameEN != "" {
		r.Alias = []string{d.NameEN}
	}
	return r
}
