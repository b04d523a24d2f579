package fhir

// Procedure is an operation or a treatment that was done, or was not.
type Procedure struct {
	Resource
	Identifier         []Identifier
	BasedOn            []Reference
	PartOf             []Reference
	Status             string // preparation, in-progress, not-done, completed, …
	StatusReason       CodeableConcept
	Category           CodeableConcept
	Code               CodeableConcept
	Subject            Reference
	Encounter          *Reference
	Performed          Value // dateTime, Period, string, Age or Range
	Recorder           *Reference
	Asserter           *Reference
	Performer          []ProcedurePerformer
	Location           *Reference
	ReasonCode         []CodeableConcept
	ReasonReference    []Reference
	BodySite           []CodeableConcept
	Outcome            CodeableConcept
	Report             []Reference
	Complication       []CodeableConcept
	ComplicationDetail []Reference
	FollowUp           []CodeableConcept
	Note               []Annotation
	UsedReference      []Reference
	UsedCode           []CodeableConcept
}

// ProcedurePerformer is who did a procedure, in which function.
type ProcedurePerformer struct {
	Function   CodeableConcept
	Actor      Reference
	OnBehalfOf *Reference
}

// ReadProcedure reads an entry of type Procedure.
func ReadProcedure(e *Entry) (Procedure, []Problem) { return read[Procedure](e, "Procedure") }
