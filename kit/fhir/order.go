package fhir

// MedicationRequest is an order for a medication.
type MedicationRequest struct {
	Resource
	Identifier            []Identifier
	Status                string // active, on-hold, cancelled, completed, …
	StatusReason          CodeableConcept
	Intent                string // proposal, plan, order, …
	Category              []CodeableConcept
	Priority              string // routine, urgent, asap, stat
	DoNotPerform          *bool
	Reported              Value // boolean or Reference
	Medication            Value // CodeableConcept or Reference
	Subject               Reference
	Encounter             *Reference
	SupportingInformation []Reference
	AuthoredOn            DateTime
	Requester             *Reference
	Performer             *Reference
	Recorder              *Reference
	ReasonCode            []CodeableConcept
	ReasonReference       []Reference
	BasedOn               []Reference
	GroupIdentifier       *Identifier
	CourseOfTherapyType   CodeableConcept
	Note                  []Annotation
	DosageInstruction     []Dosage
	DispenseRequest       *DispenseRequest
	Substitution          *Substitution
	PriorPrescription     *Reference
}

// Dosage is how a medication is taken.
type Dosage struct {
	Sequence                 Decimal
	Text                     string
	AdditionalInstruction    []CodeableConcept
	PatientInstruction       string
	Timing                   *Timing
	AsNeeded                 Value // boolean or CodeableConcept
	Site                     CodeableConcept
	Route                    CodeableConcept
	Method                   CodeableConcept
	DoseAndRate              []DoseAndRate
	MaxDosePerPeriod         *Ratio
	MaxDosePerAdministration *Quantity
	MaxDosePerLifetime       *Quantity
}

// DoseAndRate is an amount per dose or per time.
type DoseAndRate struct {
	Type CodeableConcept
	Dose Value // Range or Quantity
	Rate Value // Ratio, Range or Quantity
}

// DispenseRequest is what the pharmacy is asked to hand out.
type DispenseRequest struct {
	DispenseInterval       *Quantity
	ValidityPeriod         Period
	NumberOfRepeatsAllowed Decimal
	Quantity               *Quantity
	ExpectedSupplyDuration *Quantity
	Performer              *Reference
}

// Substitution says whether another product may be handed out.
type Substitution struct {
	Allowed Value // boolean or CodeableConcept
	Reason  CodeableConcept
}

// ServiceRequest is an order for a test, an examination or a treatment.
type ServiceRequest struct {
	Resource
	Identifier         []Identifier
	BasedOn            []Reference
	Replaces           []Reference
	Requisition        *Identifier
	Status             string // draft, active, on-hold, revoked, completed, …
	Intent             string // proposal, plan, directive, order, …
	Category           []CodeableConcept
	Priority           string // routine, urgent, asap, stat
	DoNotPerform       *bool
	Code               CodeableConcept
	OrderDetail        []CodeableConcept
	Quantity           Value // Quantity, Ratio or Range
	Subject            Reference
	Encounter          *Reference
	Occurrence         Value // dateTime, Period or Timing
	AsNeeded           Value // boolean or CodeableConcept
	AuthoredOn         DateTime
	Requester          *Reference
	PerformerType      CodeableConcept
	Performer          []Reference
	LocationCode       []CodeableConcept
	LocationReference  []Reference
	ReasonCode         []CodeableConcept
	ReasonReference    []Reference
	SupportingInfo     []Reference
	Specimen           []Reference
	BodySite           []CodeableConcept
	Note               []Annotation
	PatientInstruction string
}

// ReadMedicationRequest reads an entry of type MedicationRequest.
func ReadMedicationRequest(e *Entry) (MedicationRequest, []Problem) {
	return read[MedicationRequest](e, "MedicationRequest")
}

// ReadServiceRequest reads an entry of type ServiceRequest.
func ReadServiceRequest(e *Entry) (ServiceRequest, []Problem) {
	return read[ServiceRequest](e, "ServiceRequest")
}
