package fhir

// AllergyIntolerance is a risk of reaction to a substance.
type AllergyIntolerance struct {
	Resource
	Identifier         []Identifier
	ClinicalStatus     CodeableConcept
	VerificationStatus CodeableConcept
	Type               string   // allergy, intolerance
	Category           []string // food, medication, environment, biologic
	Criticality        string   // low, high, unable-to-assess
	Code               CodeableConcept
	Patient            Reference
	Encounter          *Reference
	Onset              Value // dateTime, Age, Period, Range or string
	RecordedDate       DateTime
	Recorder           *Reference
	Asserter           *Reference
	LastOccurrence     DateTime
	Note               []Annotation
	Reaction           []Reaction
}

// Reaction is one adverse reaction that happened.
type Reaction struct {
	Substance     CodeableConcept
	Manifestation []CodeableConcept
	Description   string
	Onset         DateTime
	Severity      string // mild, moderate, severe
	ExposureRoute CodeableConcept
	Note          []Annotation
}

// ReadAllergyIntolerance reads an entry of type AllergyIntolerance.
func ReadAllergyIntolerance(e *Entry) (AllergyIntolerance, []Problem) {
	return read[AllergyIntolerance](e, "AllergyIntolerance")
}
