package fhir

// Encounter is a stay or a visit.
type Encounter struct {
	Resource
	Identifier      []Identifier
	Status          string // planned, arrived, triaged, in-progress, onleave, finished, cancelled, …
	StatusHistory   []StatusChange
	Class           Coding // AMB, IMP, EMER, …
	ClassHistory    []ClassChange
	Type            []CodeableConcept
	ServiceType     CodeableConcept
	Priority        CodeableConcept
	Subject         *Reference
	EpisodeOfCare   []Reference
	BasedOn         []Reference
	Participant     []Participant
	Appointment     []Reference
	Period          Period
	Length          *Quantity
	ReasonCode      []CodeableConcept
	ReasonReference []Reference
	Diagnosis       []EncounterDiagnosis
	Account         []Reference
	Hospitalization *Hospitalization
	Location        []EncounterLocation
	ServiceProvider *Reference
	PartOf          *Reference
}

// StatusChange is a status an encounter had for a time.
type StatusChange struct {
	Status string
	Period Period
}

// ClassChange is a class an encounter had for a time.
type ClassChange struct {
	Class  Coding
	Period Period
}

// Participant is a person involved in an encounter.
type Participant struct {
	Type       []CodeableConcept
	Period     Period
	Individual *Reference
}

// EncounterDiagnosis points to a diagnosis with its role and rank.
type EncounterDiagnosis struct {
	Condition Reference
	Use       CodeableConcept
	Rank      Decimal // 1 is the main one of its use
}

// Hospitalization is how an inpatient came and left.
type Hospitalization struct {
	PreAdmissionIdentifier *Identifier
	Origin                 *Reference
	AdmitSource            CodeableConcept
	ReAdmission            CodeableConcept
	DietPreference         []CodeableConcept
	SpecialCourtesy        []CodeableConcept
	SpecialArrangement     []CodeableConcept
	Destination            *Reference
	DischargeDisposition   CodeableConcept
}

// EncounterLocation is where the patient was, and when.
type EncounterLocation struct {
	Location     Reference
	Status       string // planned, active, reserved, completed
	PhysicalType CodeableConcept
	Period       Period
}

// ReadEncounter reads an entry of type Encounter.
func ReadEncounter(e *Entry) (Encounter, []Problem) { return read[Encounter](e, "Encounter") }
