package fhir

import (
	"strings"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
)

// AuditEvent is R4's AuditEvent: an entry of the ledger.
type AuditEvent struct {
	Base
	Type           *Coding       `json:"type,omitempty"`
	Subtype        []Coding      `json:"subtype,omitempty"`
	Recorded       string        `json:"recorded,omitempty"`
	Outcome        string        `json:"outcome,omitempty"`
	OutcomeDesc    string        `json:"outcomeDesc,omitempty"`
	PurposeOfEvent []Concept     `json:"purposeOfEvent,omitempty"`
	Agent          []AuditAgent  `json:"agent,omitempty"`
	Source         *AuditSource  `json:"source,omitempty"`
	Entity         []AuditEntity `json:"entity,omitempty"`
}

// AuditAgent is who acted, from where, by which rules.
type AuditAgent struct {
	Who       *Reference `json:"who,omitempty"`
	Requestor bool       `json:"requestor"`
	Policy    []string   `json:"policy,omitempty"`
	Network   *Network   `json:"network,omitempty"`
}

// Network is the address from which somebody acted.
type Network struct {
	Address string `json:"address"`
	Type    string `json:"type"`
}

// AuditSource is who tells of it.
type AuditSource struct {
	Observer *Reference `json:"observer,omitempty"`
}

// AuditEntity is what an act was about.
type AuditEntity struct {
	What *Reference `json:"what,omitempty"`
}

// audited are the rooms whose acts have an event of their own in DICOM PS3.15.
var audited = map[string]Coding{
	"identity": {dicom, "110114", "User Authentication"}, "ledger": {dicom, "110101", "Audit Log Used"}, "patient": {dicom, "110110", "Patient Record"},
	"record": {dicom, "110110", "Patient Record"}, "access": {dicom, "110113", "Security Alert"}, "output": {dicom, "110106", "Export"}, "intake": {dicom, "110107", "Import"},
}

const (
	dicom = "http://dicom.nema.org/resources/ontology/DCM"
	// addressIsIP says that a network address is of the internet protocol.
	addressIsIP = "2"
)

func event(id, verb, outcome, purpose string, at time.Time) *AuditEvent {
	room, _, _ := strings.Cut(verb, ".")
	kind, some := audited[room]
	if !some {
		kind = Coding{dicom, "110100", "Application Activity"}
	}
	e := &AuditEvent{
		Base: Base{"AuditEvent", id, &Meta{LastUpdated: instant(at)}}, Type: &kind, Subtype: []Coding{{System: ours + "verb", Code: verb}}, Recorded: instant(at), Outcome: "0",
		Source: &AuditSource{&Reference{Display: "Medward"}},
	}
	switch outcome {
	case ledger.Refused:
		e.Outcome, e.OutcomeDesc = "4", outcome
	case ledger.Reported:
		e.OutcomeDesc = outcome
	}
	if purpose != "" {
		e.PurposeOfEvent = []Concept{*concept(ours+"purpose", purpose)}
	}
	return e
}

// lineOf is an event as a list of the ledger tells of it: with the first of its objects.
func lineOf(l ledger.Line, people map[string]staff.Name) *AuditEvent {
	e := event(l.ID, l.Verb, l.Outcome, l.Purpose, l.At)
	e.Meta.subsetted()
	e.Agent = []AuditAgent{{Who: acting(l.ActorKind, l.Actor, people), Requestor: true}}
	e.about(ledger.Object{Kind: l.Kind, ID: l.Object, Patient: l.Patient})
	return e
}

// entryOf is a whole event.
func entryOf(p ledger.Placed, people map[string]staff.Name) *AuditEvent {
	e := event(p.Entry.ID, p.Entry.Verb, p.Entry.Outcome, p.Entry.Purpose, time.UnixMicro(p.Entry.At))
	agent := AuditAgent{Who: acting(p.Entry.Actor.Kind, p.Entry.Actor.ID, people), Requestor: true}
	for _, rule := range p.Entry.Why.Rules {
		agent.Policy = append(agent.Policy, ours+"rule:"+rule)
	}
	if p.Entry.Actor.IP != "" {
		agent.Network = &Network{p.Entry.Actor.IP, addressIsIP}
	}
	e.Agent = []AuditAgent{agent}
	for _, o := range p.Entry.Objects {
		e.about(o)
	}
	return e
}

func acting(kind, id string, people map[string]staff.Name) *Reference {
	if kind == act.Person {
		return practitioner(id, people)
	}
	return &Reference{Display: kind + " " + id}
}

// shapes are the resources in which objects of the ledger are shown here.
var shapes = map[string]string{
	"Patient": "Patient", "Encounter": "Encounter", "Document": "DocumentReference", "Observation": "Observation", "Person": "Practitioner", "Consent": "Consent", "Department": "Organization",
}

func (e *AuditEvent) about(o ledger.Object) {
	switch shape, shown := shapes[o.Kind]; {
	case shown:
		e.Entity = append(e.Entity, AuditEntity{to(shape, o.ID)})
	case o.ID != "":
		e.Entity = append(e.Entity, AuditEntity{&Reference{Display: o.Kind + " " + o.ID}})
	}
	if o.Patient != "" && o.Kind != "Patient" {
		e.Entity = append(e.Entity, AuditEntity{to("Patient", o.Patient)})
	}
}
