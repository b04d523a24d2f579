package fhir

// Composition is a clinical document as sections of narrative and entries.
type Composition struct {
	Resource
	Identifier      *Identifier
	Status          string // preliminary, final, amended, entered-in-error
	Type            CodeableConcept
	Category        []CodeableConcept
	Subject         *Reference
	Encounter       *Reference
	Date            DateTime
	Author          []Reference
	Title           string
	Confidentiality string // U, L, M, N, R, V
	Attester        []Attester
	Custodian       *Reference
	RelatesTo       []CompositionRelation
	Event           []CompositionEvent
	Section         []Section
}

// Attester is who vouches for a composition.
type Attester struct {
	Mode  string // personal, professional, legal, official
	Time  DateTime
	Party *Reference
}

// CompositionRelation ties a composition to another one.
type CompositionRelation struct {
	Code   string // replaces, transforms, signs, appends
	Target Value  // Identifier or Reference
}

// CompositionEvent is a clinical service a composition documents.
type CompositionEvent struct {
	Code   []CodeableConcept
	Period Period
	Detail []Reference
}

// Section is a part of a composition; sections nest.
type Section struct {
	Title       string
	Code        CodeableConcept
	Author      []Reference
	Focus       *Reference
	Text        Markup
	Mode        string // working, snapshot, changes
	OrderedBy   CodeableConcept
	Entry       []Reference
	EmptyReason CodeableConcept
	Section     []Section
}

// ReadComposition reads an entry of type Composition.
func ReadComposition(e *Entry) (Composition, []Problem) {
	return read[Composition](e, "Composition")
}
