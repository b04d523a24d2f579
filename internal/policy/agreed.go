package policy

import "slices"

// Agreed is what was agreed with a foreign system: it may do that and nothing else,
// whatever the rules give to a feed. Without an agreement it may do nothing.
// A person for whom a program acts is bounded in the same way, and by nothing where he
// acts himself (C-137).
type Agreed struct {
	Verbs []string
	// Kinds are of the things that it may touch.
	Kinds []string
	// Departments bound what says where it belongs; none: any department.
	Departments []string
	// Patient bounds what is about a patient; empty: any.
	Patient string
}

// opens reports whether an act on an object was agreed.
func (a *Agreed) opens(verb string, o *Object) bool {
	return a != nil && slices.Contains(a.Verbs, verb) && slices.Contains(a.Kinds, o.Kind) &&
		(o.Department == "" || len(a.Departments) == 0 || slices.Contains(a.Departments, o.Department)) &&
		(a.Patient == "" || o.Patient == a.Patient || nobodys[o.Kind])
}

// nobodys are the kinds of things that are about no patient.
var nobodys = map[string]bool{"House": true, "Department": true, "Person": true, "Source": true}
