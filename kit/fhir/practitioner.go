package fhir

// Practitioner is a person who provides care.
type Practitioner struct {
	Resource
	Identifier    []Identifier
	Active        *bool
	Name          []HumanName
	Telecom       []ContactPoint
	Address       []Address
	Gender        string
	BirthDate     DateTime
	Qualification []Qualification
	Communication []CodeableConcept
}

// Qualification is a certificate, licence or training of a practitioner.
type Qualification struct {
	Identifier []Identifier
	Code       CodeableConcept
	Period     Period
	Issuer     *Reference
}

// PractitionerRole is what a practitioner may do at an organization.
type PractitionerRole struct {
	Resource
	Identifier        []Identifier
	Active            *bool
	Period            Period
	Practitioner      *Reference
	Organization      *Reference
	Code              []CodeableConcept
	Specialty         []CodeableConcept
	Location          []Reference
	HealthcareService []Reference
	Telecom           []ContactPoint
}

// ReadPractitioner reads an entry of type Practitioner.
func ReadPractitioner(e *Entry) (Practitioner, []Problem) {
	return read[Practitioner](e, "Practitioner")
}

// ReadPractitionerRole reads an entry of type PractitionerRole.
func ReadPractitionerRole(e *Entry) (PractitionerRole, []Problem) {
	return read[PractitionerRole](e, "PractitionerRole")
}
