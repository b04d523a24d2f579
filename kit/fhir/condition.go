package fhir

// Condition is a diagnosis or a problem.
type Condition struct {
	Resource
	Identifier         []Identifier
	ClinicalStatus     CodeableConcept
	VerificationStatus CodeableConcept
	Category           []CodeableConcept
	Severity           CodeableConcept
	Code               CodeableConcept
	BodySite           []CodeableConcept
	Subject            Reference
	Encounter          *Reference
	Onset              Value // dateTime, Age, Period, Range or string
	Abatement          Value // dateTime, Age, Period, Range or string
	RecordedDate       DateTime
	Recorder           *Reference
	Asserter           *Reference
	Stage              []Stage
	Evidence           []Evidence
	Note               []Annotation
}

// Stage is a stage or grade of a condition.
type Stage struct {
	Summary    CodeableConcept
	Assessment []Reference
	Type       CodeableConcept
}

// Evidence supports a condition.
type Evidence struct {
	Code   []CodeableConcept
	Detail []Reference
}

// ReadCondition reads an entry of type Condition.
func ReadCondition(e *Entry) (Condition, []Problem) { return read[Condition](e, "Condition") }
