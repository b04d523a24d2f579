package fhir

// Patient is a person who receives care.
type Patient struct {
	Resource
	Identifier           []Identifier
	Active               *bool
	Name                 []HumanName
	Telecom              []ContactPoint
	Gender               string // male, female, other, unknown
	BirthDate            DateTime
	Deceased             Value // boolean or dateTime
	Address              []Address
	MaritalStatus        CodeableConcept
	MultipleBirth        Value // boolean or integer (birth order)
	Photo                []Attachment
	Contact              []PatientContact
	Communication        []Communication
	GeneralPractitioner  []Reference
	ManagingOrganization *Reference
	Link                 []PatientLink
}

// PatientContact is a guardian, partner or friend to contact.
type PatientContact struct {
	Relationship []CodeableConcept
	Name         HumanName
	Telecom      []ContactPoint
	Address      Address
	Gender       string
	Organization *Reference
	Period       Period
}

// Communication is a language the patient may be spoken to in.
type Communication struct {
	Language  CodeableConcept
	Preferred *bool
}

// PatientLink is another record of the same person.
type PatientLink struct {
	Other Reference
	Type  string // replaced-by, replaces, refer, seealso
}

// ReadPatient reads an entry of type Patient. Like every Read function it
// reports only what it could not read; [Check] holds the entry against R4.
func ReadPatient(e *Entry) (Patient, []Problem) { return read[Patient](e, "Patient") }
