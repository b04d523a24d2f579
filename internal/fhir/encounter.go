package fhir

import (
	"strings"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/staff"
)

// Encounter is R4's Encounter.
type Encounter struct {
	Base
	Status          string        `json:"status,omitempty"`
	Class           *Coding       `json:"class,omitempty"`
	Subject         *Reference    `json:"subject,omitempty"`
	Participant     []Participant `json:"participant,omitempty"`
	Period          *Period       `json:"period,omitempty"`
	Location        []Location    `json:"location,omitempty"`
	ServiceProvider *Reference    `json:"serviceProvider,omitempty"`
}

// Participant is somebody who took part in an encounter.
type Participant struct {
	Type       []Concept  `json:"type,omitempty"`
	Individual *Reference `json:"individual,omitempty"`
}

// Location is where the patient lies.
type Location struct {
	Location *Reference `json:"location,omitempty"`
}

var classes = map[string]Coding{
	patient.Inpatient:  {v3Act, "IMP", "inpatient encounter"},
	patient.Outpatient: {v3Act, "AMB", "ambulatory"},
	patient.Emergency:  {v3Act, "EMER", "emergency"},
}

func encounterOf(e patient.Encounter, names map[string]staff.Name) *Encounter {
	class := classes[e.Kind]
	r := &Encounter{
		Base:   Base{"Encounter", e.ID, (&Meta{}).sensed(e.Level).from(e.Source)},
		Status: "finished", Class: &class, Subject: to("Patient", e.Patient), Period: within(e.Since, e.Until), ServiceProvider: to("Organization", e.Department),
	}
	if e.Open() {
		r.Status = "in-progress"
	}
	if e.Attending != "" {
		r.Participant = []Participant{{Type: []Concept{*concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "ATND")}, Individual: practitioner(e.Attending, names)}}
	}
	if at := strings.TrimSpace(e.Ward + " " + e.Bed); at != "" {
		lies := &Reference{Display: at}
		if e.Department != "" {
			lies.Reference = "Location/" + e.Department
		}
		r.Location = []Location{{lies}}
	}
	return r
}
