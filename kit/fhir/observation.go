package fhir

// Observation is a measurement or a finding.
type Observation struct {
	Resource
	Identifier       []Identifier
	BasedOn          []Reference
	PartOf           []Reference
	Status           string // registered, preliminary, final, amended, corrected, cancelled, …
	Category         []CodeableConcept
	Code             CodeableConcept
	Subject          *Reference
	Focus            []Reference
	Encounter        *Reference
	Effective        Value // dateTime, Period, Timing or instant
	Issued           DateTime
	Performer        []Reference
	Value            Value
	DataAbsentReason CodeableConcept
	Interpretation   []CodeableConcept
	Note             []Annotation
	BodySite         CodeableConcept
	Method           CodeableConcept
	Specimen         *Reference
	Device           *Reference
	ReferenceRange   []ReferenceRange
	HasMember        []Reference
	DerivedFrom      []Reference
	Component        []Component
}

// ReferenceRange is what is normal, as quantities or as text.
type ReferenceRange struct {
	Low, High *Quantity
	Type      CodeableConcept
	AppliesTo []CodeableConcept
	Age       *Range
	Text      string
}

// Component is a part of an observation with a code of its own, as systolic and
// diastolic of a blood pressure.
type Component struct {
	Code             CodeableConcept
	Value            Value
	DataAbsentReason CodeableConcept
	Interpretation   []CodeableConcept
	ReferenceRange   []ReferenceRange
}

// ReadObservation reads an entry of type Observation.
func ReadObservation(e *Entry) (Observation, []Problem) {
	return read[Observation](e, "Observation")
}
