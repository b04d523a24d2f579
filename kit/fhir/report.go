package fhir

// DiagnosticReport is a laboratory, imaging or pathology report.
type DiagnosticReport struct {
	Resource
	Identifier         []Identifier
	BasedOn            []Reference
	Status             string // registered, partial, preliminary, final, amended, corrected, …
	Category           []CodeableConcept
	Code               CodeableConcept
	Subject            *Reference
	Encounter          *Reference
	Effective          Value // dateTime or Period
	Issued             DateTime
	Performer          []Reference
	ResultsInterpreter []Reference
	Specimen           []Reference
	Result             []Reference
	ImagingStudy       []Reference
	Media              []ReportMedia
	Conclusion         string
	ConclusionCode     []CodeableConcept
	PresentedForm      []Attachment
}

// ReportMedia is a key image of a report.
type ReportMedia struct {
	Comment string
	Link    Reference
}

// ReadDiagnosticReport reads an entry of type DiagnosticReport.
func ReadDiagnosticReport(e *Entry) (DiagnosticReport, []Problem) {
	return read[DiagnosticReport](e, "DiagnosticReport")
}
