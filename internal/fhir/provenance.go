package fhir

import (
	"strconv"

	"github.com/medward/medward/internal/record"
)

// Provenance is R4's Provenance: how a version of a document came to be, and who
// signed it.
type Provenance struct {
	Base
	Target    []Reference        `json:"target,omitempty"`
	Recorded  string             `json:"recorded,omitempty"`
	Reason    []Concept          `json:"reason,omitempty"`
	Activity  *Concept           `json:"activity,omitempty"`
	Agent     []ProvenanceAgent  `json:"agent,omitempty"`
	Entity    []ProvenanceEntity `json:"entity,omitempty"`
	Signature []Signature        `json:"signature,omitempty"`
}

// ProvenanceAgent is who took part.
type ProvenanceAgent struct {
	Type *Concept   `json:"type,omitempty"`
	Who  *Reference `json:"who,omitempty"`
}

// ProvenanceEntity is the version from which another was made.
type ProvenanceEntity struct {
	Role string     `json:"role"`
	What *Reference `json:"what,omitempty"`
}

// Signature is a person's signature: SM2 over the text that docs/format/fhir.md gives.
type Signature struct {
	Extension []Extension `json:"extension,omitempty"`
	Type      []Coding    `json:"type"`
	When      string      `json:"when"`
	Who       *Reference  `json:"who,omitempty"`
	SigFormat string      `json:"sigFormat"`
	Data      []byte      `json:"data"`
}

// Purposes of a signature, of ASTM E1762, by their role here.
var signatureTypes = map[string]string{"author": "1.2.840.10065.1.12.1.1", "countersign": "1.2.840.10065.1.12.1.3"}

const agentTypes = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"

func provenanceOf(v *record.View) *Provenance {
	number := v.Shown.Number
	p := &Provenance{
		Base: Base{"Provenance", versioned(v.ID, number), updated(v.Shown.At)}, Target: []Reference{versionOf(v.ID, number)}, Recorded: instant(v.Shown.At),
		Activity: concept(v3Operation, "CREATE"),
	}
	if v.Reason != "" {
		p.Reason = []Concept{{Text: v.Reason}}
	}
	if by := practitioner(v.Shown.Author, v.People); by != nil {
		p.Agent = append(p.Agent, ProvenanceAgent{Type: concept(agentTypes, "author"), Who: by})
	}
	if v.Shown.Source != "" {
		p.Agent = append(p.Agent, ProvenanceAgent{Type: concept(agentTypes, "assembler"), Who: &Reference{Display: ours + "source:" + v.Shown.Source}})
	}
	if number > 1 {
		p.Activity = concept(v3Operation, "UPDATE")
		before := versionOf(v.ID, number-1)
		p.Entity = []ProvenanceEntity{{Role: "revision", What: &before}}
	}
	for _, s := range v.Signatures {
		p.Signature = append(p.Signature, Signature{
			Extension: []Extension{{URL: ours + "signature-verified", ValueBoolean: &s.Valid}}, Type: []Coding{{System: "urn:iso-astm:E1762-95:2013", Code: signatureTypes[s.Role]}},
			When: instant(s.At), Who: practitioner(s.Person, v.People), SigFormat: "application/octet-stream", Data: s.Value,
		})
	}
	return p
}

func versionOf(document string, number int) Reference {
	return Reference{Reference: "DocumentReference/" + document + "/_history/" + strconv.Itoa(number)}
}
