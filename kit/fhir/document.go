package fhir

// DocumentReference is a document of any format with what is known about it.
type DocumentReference struct {
	Resource
	MasterIdentifier *Identifier
	Identifier       []Identifier
	Status           string // current, superseded, entered-in-error
	DocStatus        string // preliminary, final, amended, entered-in-error
	Type             CodeableConcept
	Category         []CodeableConcept
	Subject          *Reference
	Date             DateTime
	Author           []Reference
	Authenticator    *Reference
	Custodian        *Reference
	RelatesTo        []DocumentRelation
	Description      string
	SecurityLabel    []CodeableConcept
	Content          []DocumentContent
	Context          *DocumentContext
}

// DocumentRelation ties a document to another one.
type DocumentRelation struct {
	Code   string // replaces, transforms, signs, appends
	Target Reference
}

// DocumentContent is one rendering of a document.
type DocumentContent struct {
	Attachment Attachment
	Format     Coding
}

// DocumentContext is where and when a document arose.
type DocumentContext struct {
	Encounter         []Reference
	Event             []CodeableConcept
	Period            Period
	FacilityType      CodeableConcept
	PracticeSetting   CodeableConcept
	SourcePatientInfo *Reference
	Related           []Reference
}

// ReadDocumentReference reads an entry of type DocumentReference.
func ReadDocumentReference(e *Entry) (DocumentReference, []Problem) {
	return read[DocumentReference](e, "DocumentReference")
}
