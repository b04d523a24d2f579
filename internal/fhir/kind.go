package fhir

import (
	"context"
	"slices"
)

// kind is a kind of resource that this server answers with: what it is read from, by
// what it is searched, and which act that is.
type kind struct {
	room      *Room
	name      string
	verb      string // the act of the room behind it
	ofPatient bool
	needs     []string // parameters of which a search must have one
	params    []parameter
	read      func(ctx context.Context, id string) (Resource, error)
	history   func(ctx context.Context, id string) ([]Resource, error)
	version   func(ctx context.Context, id string, number int) (Resource, error)
	search    func(ctx context.Context, q *query) (found, error)
}

// every is what a search of the kind takes beside what every search does.
func (k *kind) every() []parameter {
	return append(slices.Clone(k.params), date(lastUpdated, func(r Resource) (string, string) {
		if m := r.base().Meta; m != nil {
			return m.LastUpdated, m.LastUpdated
		}
		return "", ""
	}))
}

var (
	ofPatient = []string{"patient"}
	ofSubject = []string{"patient", "subject"}
	patients  = []parameter{asked("patient", "reference", "whose")}
	subjects  = []parameter{asked("patient", "reference", "whose"), asked("subject", "reference", "whose")}
)

func (room *Room) kindsOfResource() []*kind {
	return []*kind{
		{
			name: "Patient", verb: "patient.view", read: room.readPatient, search: room.searchPatients, ofPatient: true,
			params: []parameter{
				{name: "name", kind: "string", about: "part of a name, of its pinyin or initials", key: func(r Resource) string { return r.(*Patient).Name[0].Text }},
				asked("identifier", "token", "exact record number, ID number or telephone number"),
				token("gender", func(r Resource) []Coding { return []Coding{{Code: r.(*Patient).Gender}} }),
				date("birthdate", func(r Resource) (string, string) { return r.(*Patient).BirthDate, r.(*Patient).BirthDate }),
			},
		},
		{
			name: "Encounter", verb: "patient.view", read: room.readEncounter, search: room.searchEncounters, ofPatient: true, needs: ofSubject,
			params: append(slices.Clone(subjects),
				token("status", func(r Resource) []Coding { return []Coding{{Code: r.(*Encounter).Status}} }),
				token("class", func(r Resource) []Coding { return []Coding{*r.(*Encounter).Class} }),
				date("date", func(r Resource) (string, string) { return r.(*Encounter).Period.Start, r.(*Encounter).Period.End }),
			),
		},
		{name: "AllergyIntolerance", verb: "patient.view", read: room.readAllergy, search: room.searchAllergies, ofPatient: true, needs: ofPatient, params: patients},
		{
			name: "DocumentReference", verb: "record.list", read: room.readDocument, version: room.readDocumentVersion, history: room.documentHistory, search: room.searchDocuments, ofPatient: true, needs: ofSubject,
			params: append(slices.Clone(subjects),
				token("status", func(r Resource) []Coding { return []Coding{{Code: r.(*DocumentReference).Status}} }),
				token("type", func(r Resource) []Coding { return r.(*DocumentReference).Type.Coding }),
				reference("encounter", "Encounter", func(r Resource) []Reference { return r.(*DocumentReference).Context.Encounter }),
				date("date", func(r Resource) (string, string) { return r.(*DocumentReference).Date, r.(*DocumentReference).Date }),
				date("period", func(r Resource) (string, string) {
					return r.(*DocumentReference).Context.Period.Start, r.(*DocumentReference).Context.Period.Start
				}),
			),
		},
		{name: "Binary", verb: "record.view", read: room.readBinary},
		{
			name: "Observation", verb: "record.observations", read: room.readObservation, search: room.searchObservations, ofPatient: true, needs: ofSubject,
			params: append(slices.Clone(subjects),
				token("code", func(r Resource) []Coding { return r.(*Observation).Code.Coding }),
				token("status", func(r Resource) []Coding { return []Coding{{Code: r.(*Observation).Status}} }),
				reference("encounter", "Encounter", func(r Resource) []Reference { return one(r.(*Observation).Encounter) }),
				date("date", func(r Resource) (string, string) { return r.(*Observation).Effective, r.(*Observation).Effective }),
			),
		},
		{
			name: "Practitioner", verb: "staff.view", read: room.readPractitioner, search: room.searchPractitioners,
			params: []parameter{
				asked("name", "string", "part of a name, of its pinyin or initials"), asked("identifier", "token", "staff number"),
				token("active", func(r Resource) []Coding { return truth(r.(*Practitioner).Active) }),
			},
		},
		{
			name: "PractitionerRole", verb: "staff.view", search: room.searchRoles, needs: []string{"practitioner"},
			params: []parameter{
				asked("practitioner", "reference", "whose"), token("active", func(r Resource) []Coding { return truth(r.(*PractitionerRole).Active) }),
				token("role", func(r Resource) []Coding { return r.(*PractitionerRole).Code[0].Coding }),
			},
		},
		{
			name: "Organization", verb: "staff.list", read: room.readOrganization, search: room.searchOrganizations,
			params: []parameter{token("identifier", func(r Resource) []Coding {
				return []Coding{{System: r.(*Organization).Identifier[0].System, Code: r.(*Organization).Identifier[0].Value}}
			})},
		},
		room.sites(), room.requests(),
		{
			name: "Provenance", verb: "record.view", read: room.readProvenance, search: room.searchProvenances, needs: []string{"target"},
			params: []parameter{asked("target", "reference", "DocumentReference, with or without /_history/ and a version")},
		},
		{
			name: "AuditEvent", verb: "ledger.view", read: room.readEvent, search: room.searchEvents,
			params: []parameter{
				asked("patient", "reference", "about whom"), asked("agent", "reference", "who acted"), asked("subtype", "token", "verb of the act"),
				token("outcome", func(r Resource) []Coding { return []Coding{{Code: r.(*AuditEvent).Outcome}} }),
				date("date", func(r Resource) (string, string) { return r.(*AuditEvent).Recorded, r.(*AuditEvent).Recorded }),
			},
		},
		{
			name: "Consent", verb: "consent.view", read: room.readConsent, search: room.searchConsents, ofPatient: true, needs: ofPatient,
			params: append(slices.Clone(patients), token("status", func(r Resource) []Coding { return []Coding{{Code: r.(*Consent).Status}} })),
		},
	}
}

func one(r *Reference) []Reference {
	if r == nil {
		return nil
	}
	return []Reference{*r}
}

func truth(b *bool) []Coding {
	if *b {
		return []Coding{{Code: "true"}}
	}
	return []Coding{{Code: "false"}}
}
