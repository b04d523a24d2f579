package policy

import "slices"

// Bounds restrict a tie to a part of what a patient's record holds (A-076,
// B-055). What is empty restricts nothing. A thing that does not say where it
// belongs lies outside.
type Bounds struct {
	Verbs      []string // acts
	Encounter  string
	Forms      []string // kinds of document, by their codes
	Department string
	Documents  []string // ids of documents
	Level      int      // highest level
}

// folder is a thing whose parts are asked about one by one, so that bounds
// narrower than a patient need not hold it back.
func folder(verb string, o *Object) bool {
	return o.Kind == "Patient" && slices.Contains([]string{"patient.view", "patient.find", "record.list"}, verb)
}

// hold reports whether an act on an object lies within the bounds.
func (b *Bounds) hold(verb string, o *Object) bool {
	if b == nil {
		return true
	}
	if len(b.Verbs) > 0 && !slices.Contains(b.Verbs, verb) || b.Department != "" && o.Department != b.Department {
		return false
	}
	if b.Level > 0 && o.Sensitivity > b.Level {
		return false
	}
	if len(b.Documents) > 0 && (o.Kind != "Document" || !slices.Contains(b.Documents, o.ID)) {
		return false
	}
	if folder(verb, o) {
		return true
	}
	return (b.Encounter == "" || o.Encounter == b.Encounter) && (len(b.Forms) == 0 || slices.Contains(b.Forms, o.Form))
}
