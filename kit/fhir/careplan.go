package fhir

// CarePlan is what is intended for a patient.
type CarePlan struct {
	Resource
	Identifier     []Identifier
	BasedOn        []Reference
	Replaces       []Reference
	PartOf         []Reference
	Status         string // draft, active, on-hold, revoked, completed, …
	Intent         string // proposal, plan, order, option
	Category       []CodeableConcept
	Title          string
	Description    string
	Subject        Reference
	Encounter      *Reference
	Period         Period
	Created        DateTime
	Author         *Reference
	Contributor    []Reference
	CareTeam       []Reference
	Addresses      []Reference
	SupportingInfo []Reference
	Goal           []Reference
	Activity       []Activity
	Note           []Annotation
}

// Activity is a step of a plan, by reference or in detail.
type Activity struct {
	OutcomeCodeableConcept []CodeableConcept
	OutcomeReference       []Reference
	Progress               []Annotation
	Reference              *Reference
	Detail                 *ActivityDetail
}

// ActivityDetail is a step written out in the plan.
type ActivityDetail struct {
	Kind            string
	Code            CodeableConcept
	ReasonCode      []CodeableConcept
	ReasonReference []Reference
	Goal            []Reference
	Status          string // not-started, scheduled, in-progress, …
	StatusReason    CodeableConcept
	DoNotPerform    *bool
	Scheduled       Value // Timing, Period or string
	Location        *Reference
	Performer       []Reference
	Product         Value // CodeableConcept or Reference
	DailyAmount     *Quantity
	Quantity        *Quantity
	Description     string
}

// ReadCarePlan reads an entry of type CarePlan.
func ReadCarePlan(e *Entry) (CarePlan, []Problem) { return read[CarePlan](e, "CarePlan") }
