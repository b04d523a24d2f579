package fhir

// ImagingStudy is a set of series of images.
type ImagingStudy struct {
	Resource
	Identifier         []Identifier // the study instance UID among them
	Status             string       // registered, available, cancelled, …
	Modality           []Coding
	Subject            Reference
	Encounter          *Reference
	Started            DateTime
	BasedOn            []Reference
	Referrer           *Reference
	Interpreter        []Reference
	NumberOfSeries     Decimal
	NumberOfInstances  Decimal
	ProcedureReference *Reference
	ProcedureCode      []CodeableConcept
	Location           *Reference
	ReasonCode         []CodeableConcept
	ReasonReference    []Reference
	Note               []Annotation
	Description        string
	Series             []Series
}

// Series is images taken in one go by one modality.
type Series struct {
	UID               string `fhir:"uid"`
	Number            Decimal
	Modality          Coding
	Description       string
	NumberOfInstances Decimal
	BodySite          Coding
	Laterality        Coding
	Started           DateTime
	Instance          []Instance
}

// Instance is one DICOM object.
type Instance struct {
	UID      string `fhir:"uid"`
	SOPClass Coding `fhir:"sopClass"`
	Number   Decimal
	Title    string
}

// ReadImagingStudy reads an entry of type ImagingStudy.
func ReadImagingStudy(e *Entry) (ImagingStudy, []Problem) {
	return read[ImagingStudy](e, "ImagingStudy")
}
