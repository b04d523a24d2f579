package cda

import "slices"

// Reading is what a document says, typed.
type Reading struct {
	Header   Header
	Sections []Section
	// Body is the ED of a document whose body is no CDA (nonXMLBody), or nil.
	Body *Element
	// Rest is what no typed view reads: elements of other namespaces, and what the
	// schema has beyond this package.
	Rest []Unread
}

// Unread is an element that carries something no typed view reads: everything in it
// when Whole, otherwise only its own attributes and the text beside its elements.
type Unread struct {
	Element *Element
	Whole   bool
}

// Read gives the typed views of a document as it is now.
func (d *Document) Read() Reading {
	r := &reader{read: map[*Element]bool{d.root: true}, named: map[string]*Element{}, resolvable: mostResolved}
	r.index(d.root)
	all := Reading{Header: r.header(d.root)}
	all.Sections = r.sections(d.root) // put there by writers that forget structuredBody
	for c := range r.all(d.root, "component") {
		if body := r.one(c, "structuredBody"); body != nil {
			all.Sections = append(all.Sections, r.sections(body)...)
		}
		if text := r.at(c, "nonXMLBody", "text"); text != nil && all.Body == nil {
			all.Body = text
		}
	}
	r.rest(d.root, &all.Rest)
	return all
}

// rest gathers the topmost elements that were not read and carry something.
func (r *reader) rest(e *Element, into *[]Unread) {
	if !r.read[e] {
		if carries(e) {
			*into = append(*into, Unread{e, true})
		}
		return
	}
	if hasForeignAttr(e) || isStray(e) {
		*into = append(*into, Unread{e, false})
	}
	if e.Is("text") && e.Parent.Is("section") {
		return // narrative is read whole
	}
	for c := range e.Elements() {
		r.rest(c, into)
	}
}

// mixed are elements in which text may stand beside elements.
var mixed = setOf("text", "name", "addr", "value", "originalText", "title", "desc")

// isStray reports text between elements where the schema has none.
func isStray(e *Element) bool {
	return !mixed[e.Name.Local] && len(e.Nodes) > 1 && e.ownText() != "" && slices.ContainsFunc(e.Nodes, func(n Node) bool { return n.Kind == ElementNode })
}

// structural are attributes that say how an element stands in the model and nothing
// about the patient.
var structural = setOf("classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode", "contextConductionInd", "inversionInd",
	"ID", "codeSystem", "codeSystemName", "root", "use", "type", "schemaLocation", "noNamespaceSchemaLocation", "lang", "space")

// meaningful are attributes that typed views read.
var meaningful = setOf("code", "displayName", "codeSystemVersion", "extension", "assigningAuthorityName", "value", "unit", "currency", "nullFlavor",
	"negationInd", "mediaType", "representation", "compression", "integrityCheck", "integrityCheckAlgorithm", "language",
	"operator", "inclusive", "institutionSpecified", "alignment", "partType", "qualifier")

// carries reports that an element, or one in it, says something.
func carries(e *Element) bool {
	if e.ownText() != "" {
		return true
	}
	for i := range e.Attrs {
		if a := &e.Attrs[i]; a.Value != "" && !isDeclaration(a) && !structural[a.Name.Local] {
			return true
		}
	}
	for c := range e.Elements() {
		if carries(c) {
			return true
		}
	}
	return false
}

// hasForeignAttr reports an attribute that no typed view could have read.
func hasForeignAttr(e *Element) bool {
	for i := range e.Attrs {
		a := &e.Attrs[i]
		if a.Value == "" || isDeclaration(a) || structural[a.Name.Local] {
			continue
		}
		if a.Name.Space != "" || !meaningful[a.Name.Local] {
			return true
		}
	}
	return false
}

func isDeclaration(a *Attr) bool {
	return a.Written == "xmlns" || a.Name.Space == "xmlns"
}
