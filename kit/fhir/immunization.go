package fhir

// Immunization is a vaccination that was given, or was not.
type Immunization struct {
	Resource
	Identifier      []Identifier
	Status          string // completed, entered-in-error, not-done
	StatusReason    CodeableConcept
	VaccineCode     CodeableConcept
	Patient         Reference
	Encounter       *Reference
	Occurrence      Value // dateTime or string
	Recorded        DateTime
	PrimarySource   *bool
	ReportOrigin    CodeableConcept
	Location        *Reference
	Manufacturer    *Reference
	LotNumber       string
	ExpirationDate  DateTime
	Site            CodeableConcept
	Route           CodeableConcept
	DoseQuantity    *Quantity
	Performer       []ImmunizationPerformer
	Note            []Annotation
	ReasonCode      []CodeableConcept
	ReasonReference []Reference
	Reaction        []ImmunizationReaction
	ProtocolApplied []ProtocolApplied
}

// ImmunizationPerformer is who ordered or gave a vaccine.
type ImmunizationPerformer struct {
	Function CodeableConcept
	Actor    Reference
}

// ImmunizationReaction is a reaction that followed.
type ImmunizationReaction struct {
	Date     DateTime
	Detail   *Reference
	Reported *bool
}

// ProtocolApplied is the place of a dose in its series.
type ProtocolApplied struct {
	Series        string
	Authority     *Reference
	TargetDisease []CodeableConcept
	DoseNumber    Value // positiveInt or string
	SeriesDoses   Value // positiveInt or string
}

// ReadImmunization reads an entry of type Immunization.
func ReadImmunization(e *Entry) (Immunization, []Problem) {
	return read[Immunization](e, "Immunization")
}
