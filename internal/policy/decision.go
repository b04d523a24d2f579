package policy

import "github.com/medward/medward/internal/base/fault"

// Decision is the answer to one request. What it points to is shared between
// equal requests and must not be changed.
type Decision struct {
	Allowed bool
	Rules   []string // the permits that allowed, or the forbids that refused; empty when nothing permits
	Tie     *Tie     // the tie that explains an allowed access; nil when none was needed
	Refusal *Refusal // set when not allowed
	Failed  error    // the question could not be answered; always a no, and to be alarmed
}

// Refusal explains a no.
type Refusal struct {
	Conditions []Condition `json:"conditions"`
	Way        Rung        `json:"way"`
}

// Rung is what remains open after a no.
type Rung string

// Rungs of the ladder, in the order in which they are tried.
const (
	WayNone   Rung = ""
	WayStepUp Rung = "step-up"
	WayReason Rung = "stated-reason"
	WayGlass  Rung = "break-glass"
	WayAsk    Rung = "ask"
)

// Names of conditions.
const (
	ConditionRole         = "role"
	ConditionRelation     = "relation"
	ConditionPurpose      = "purpose"
	ConditionDepartment   = "department"
	ConditionLevel        = "level"
	ConditionState        = "state"
	ConditionOrganisation = "organisation"
	ConditionPlace        = "place"
	ConditionFactor       = "factor"
	ConditionConsent      = "consent"  // of the patient, or a statutory exemption
	ConditionStanding     = "standing" // undertakings, licences and the like of the actor
	ConditionTime         = "time"
	ConditionLocal        = "local"  // of a rule of the organisation's own
	ConditionSecond       = "second" // of another person who confirms; no rule states it
	ConditionFailure      = "failure"
)

// Condition is one thing an allowed request would have to satisfy.
type Condition struct {
	Name   string     `json:"name"`
	Met    bool       `json:"met"`
	Text   fault.Text `json:"text"`
	Remedy fault.Text `json:"remedy"` // empty when met
	Rule   string     `json:"rule,omitempty"`
}

// Unmet returns the conditions that stand in the way.
func (r *Refusal) Unmet() []Condition {
	var unmet []Condition
	for _, c := range r.Conditions {
		if !c.Met {
			unmet = append(unmet, c)
		}
	}
	return unmet
}
