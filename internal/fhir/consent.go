package fhir

import (
	"time"

	"github.com/medward/medward/internal/consent"
)

// Consent is R4's Consent, without who gave it.
type Consent struct {
	Base
	Status     string     `json:"status,omitempty"`
	Scope      *Concept   `json:"scope,omitempty"`
	Category   []Concept  `json:"category,omitempty"`
	Patient    *Reference `json:"patient,omitempty"`
	DateTime   string     `json:"dateTime,omitempty"`
	PolicyRule *Concept   `json:"policyRule,omitempty"`
	Provision  *Provision `json:"provision,omitempty"`
}

// Provision is what a consent allows, or a refusal forbids.
type Provision struct {
	Type    string   `json:"type"`
	Period  *Period  `json:"period,omitempty"`
	Class   []Coding `json:"class,omitempty"`
	Purpose []Coding `json:"purpose,omitempty"`
}

// reasons are our purposes as HL7 names them, where it does.
var reasons = map[string]string{
	"care": "TREAT", "quality": "HQUALIMP", "insurance": "HPAYMT", "management": "HOPERAT", "research": "HRESCH", "legal": "HLEGAL",
	"patient-request": "PATRQT", "infection": "PUBHLTH", "operation": "HSYSADMIN",
}

func consentOf(r consent.Record, named string, at time.Time) *Consent {
	c := &Consent{
		Base: Base{"Consent", r.ID, updated(r.Since)}, Status: "active", Scope: concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
		Category: []Concept{*concept("http://loinc.org", "59284-0")}, Patient: to("Patient", r.Patient), DateTime: instant(r.Since), PolicyRule: &Concept{Text: named},
		Provision: &Provision{Type: "permit", Period: within(r.Since, r.Until)},
	}
	switch r.State(at) {
	case consent.Refused:
		c.Status, c.Provision.Type = "rejected", "deny"
	case consent.Withdrawn:
		c.Status, c.Provision.Period.End = "inactive", instant(r.Withdrawn)
	case consent.RunOut:
		c.Status = "inactive"
	}
	for _, purpose := range r.Scope.Purposes {
		c.Provision.Purpose = append(c.Provision.Purpose, Coding{System: ours + "purpose", Code: purpose})
		if code, some := reasons[purpose]; some {
			c.Provision.Purpose = append(c.Provision.Purpose, Coding{System: v3Reason, Code: code})
		}
	}
	for _, kind := range r.Scope.Categories {
		c.Provision.Class = append(c.Provision.Class, Coding{System: ours + "document-kind", Code: kind})
	}
	return c
}
