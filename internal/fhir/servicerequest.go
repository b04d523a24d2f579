package fhir

import (
	"context"
	"slices"
	"time"

	"github.com/medward/medward/internal/patient"
)

// ServiceRequest is R4's ServiceRequest: a requisition.
type ServiceRequest struct {
	Base
	Identifier []Identifier `json:"identifier,omitempty"`
	Status     string       `json:"status,omitempty"`
	Intent     string       `json:"intent,omitempty"`
	Category   []Concept    `json:"category,omitempty"`
	Subject    *Reference   `json:"subject,omitempty"`
	Encounter  *Reference   `json:"encounter,omitempty"`
	Occurrence string       `json:"occurrenceDateTime,omitempty"`
	AuthoredOn string       `json:"authoredOn,omitempty"`
	Requester  *Reference   `json:"requester,omitempty"`
	Performer  []Reference  `json:"performer,omitempty"`
}

var requestStatus = map[string]string{patient.Asked: "active", patient.Taken: "active", patient.Answered: "completed", patient.CalledOff: "revoked"}

// serviceCategories are what R4 names of our kinds of requisition.
var serviceCategories = map[string]Coding{
	patient.Laboratory: {"http://snomed.info/sct", "108252007", "Laboratory procedure"},
	patient.Imaging:    {"http://snomed.info/sct", "363679005", "Imaging"},
	patient.Operation:  {"http://snomed.info/sct", "387713003", "Surgical procedure"},
}

func requestOf(s patient.Shown) *ServiceRequest {
	r := &ServiceRequest{
		Base: Base{"ServiceRequest", s.ID, updated(latest(s.Since, s.Closed)).from(s.Source)}, Status: requestStatus[s.State], Intent: "order",
		Category: []Concept{*concept(ours+"requisition-kind", s.Kind)}, Subject: to("Patient", s.Patient), Encounter: to("Encounter", s.Encounter),
		Occurrence: instant(s.Planned), AuthoredOn: instant(s.Since), Requester: practitioner(s.AskedBy, s.Names),
	}
	if known, there := serviceCategories[s.Kind]; there {
		r.Category[0].Coding = append(r.Category[0].Coding, known)
	}
	if s.Number != "" {
		r.Identifier = []Identifier{{Type: concept("http://terminology.hl7.org/CodeSystem/v2-0203", "PLAC"), Value: s.Number}}
	}
	if d := to("Organization", s.Department); d != nil {
		d.Display = s.Departments[s.Department].ZH
		r.Performer = []Reference{*d}
	}
	for _, p := range s.Performers {
		r.Performer = append(r.Performer, *practitioner(p.Person, s.Names))
	}
	return r
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (room *Room) requests() *kind {
	return &kind{
		name: "ServiceRequest", verb: "patient.see-asked", search: room.searchRequests, ofPatient: true, needs: ofSubject,
		params: append(slices.Clone(subjects),
			token("status", func(r Resource) []Coding { return []Coding{{Code: r.(*ServiceRequest).Status}} }),
			token("category", func(r Resource) []Coding { return r.(*ServiceRequest).Category[0].Coding }),
			reference("encounter", "Encounter", func(r Resource) []Reference { return one(r.(*ServiceRequest).Encounter) }),
			reference("requester", "Practitioner", func(r Resource) []Reference { return one(r.(*ServiceRequest).Requester) }),
			date("authored", func(r Resource) (string, string) {
				return r.(*ServiceRequest).AuthoredOn, r.(*ServiceRequest).AuthoredOn
			}),
		),
	}
}

func (room *Room) searchRequests(ctx context.Context, q *query) (found, error) {
	page, err := room.Patients.AskedOf(ctx, patient.AskedQuery{Patient: q.patient(), Cursor: q.cursor, Limit: q.limit})
	if err != nil {
		return found{}, err
	}
	return shown(page, func(s patient.Shown) Resource { return requestOf(s) }), nil
}
