package cda

import "strings"

// Section is a section of the body.
type Section struct {
	Templates       []II
	ID              II
	Code            Code // LOINC, or a DE of the catalogue
	Title           string
	Confidentiality Code
	Language        string
	Authors         []Participant
	Informers       []Participant
	Narrative       *Element // text, or nil: [Document.View] makes blocks of it
	Entries         []Entry
	Sections        []Section
	Element         *Element
}

// Entry is a clinical statement.
type Entry struct {
	Class    string // observation, organizer, procedure, act, substanceAdministration, …
	Mood     string // EVN, INT, RQO, …
	Relation string // typeCode by which it belongs to the one around it: COMP, CAUS, …
	Negated  bool   // what it states did not happen or is not there
	Null     string // nullFlavor of the whole statement

	Templates []II
	IDs       []II
	Code      Code // DE of the catalogue, LOINC, …
	Text      string
	Status    string
	Time      Interval
	Values    []Value
	Details   []Detail // everything else it states: who, route, dose, specimen, product
	Entries   []Entry  // entryRelationship, and components of an organizer
	Element   *Element
}

// Detail is one thing that an entry states beside its values.
type Detail struct {
	Name  string // local names from the entry: performer/assignedEntity/assignedPerson/name
	Value Value
}

var entryClasses = setOf("observation", "organizer", "procedure", "act", "substanceAdministration", "supply", "encounter", "observationMedia", "regionOfInterest")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

func (r *reader) sections(body *Element) []Section {
	var all []Section
	for c := range r.all(body, "component") {
		for s := range r.all(c, "section") {
			all = append(all, r.section(s))
		}
	}
	return all
}

func (r *reader) section(e *Element) Section {
	s := Section{
		Templates: r.ids(e, "templateId"), ID: r.id(e, "id"), Code: r.code(e, "code"), Title: r.text(e, "title"),
		Confidentiality: r.code(e, "confidentialityCode"), Language: attr(r.one(e, "languageCode"), "code"),
		Authors: r.participants(e, "author"), Informers: r.participants(e, "informant"),
		Narrative: r.one(e, "text"), Sections: r.sections(e), Element: e,
	}
	r.whole(s.Narrative)
	for c := range r.all(e, "entry") {
		s.Entries = append(s.Entries, r.entriesIn(c, attr(c, "typeCode"))...)
	}
	return s
}

// entriesIn are the statements directly in an entry, entryRelationship or component.
func (r *reader) entriesIn(e *Element, relation string) []Entry {
	var all []Entry
	for c := range e.Elements() {
		if c.Name.Space == Namespace && entryClasses[c.Name.Local] {
			all = append(all, r.entry(c, relation))
		}
	}
	return all
}

func (r *reader) entry(e *Element, relation string) Entry {
	r.read[e] = true
	x := Entry{
		Class: e.Name.Local, Mood: attr(e, "moodCode"), Relation: relation, Negated: attr(e, "negationInd") == "true", Null: attr(e, "nullFlavor"),
		Templates: r.ids(e, "templateId"), IDs: r.ids(e, "id"), Code: r.code(e, "code"), Text: r.referred(r.one(e, "text")),
		Status: attr(r.one(e, "statusCode"), "code"), Element: e,
	}
	for c := range e.Elements() {
		if c.Name.Space != Namespace || r.read[c] {
			continue
		}
		switch name := c.Name.Local; name {
		case "value":
			r.read[c] = true
			x.Values = append(x.Values, r.value(c, ""))
		case "entryRelationship", "component":
			r.read[c] = true
			x.Entries = append(x.Entries, r.entriesIn(c, attr(c, "typeCode"))...)
		case "effectiveTime":
			r.effectiveTime(&x, c)
		default:
			if typeOfDetail(name) != "" || containers[name] {
				r.details(&x, c, name)
			}
		}
	}
	return x
}

// effectiveTime reads the first time of an entry as when it was, and those after it,
// which tell how often, as details.
func (r *reader) effectiveTime(x *Entry, c *Element) {
	r.read[c] = true
	if kind := stated(c); x.Time == (Interval{}) && (kind == "" || family(kind) == "IVL_TS" || kind == "TS") {
		x.Time = r.interval(c)
		return
	}
	r.details(x, c, c.Name.Local)
}

// typesOfDetails are the data types of elements of a statement that state none, by
// name; names that end in Code are CD.
var typesOfDetails = map[string]string{
	"time": "IVL_TS", "birthTime": "TS", "activityTime": "IVL_TS", "expectedUseTime": "IVL_TS", "expirationTime": "TS",
	"id": "II", "setId": "II", "code": "CD", "color": "CD", "form": "CD",
	"doseQuantity": "IVL_PQ", "rateQuantity": "IVL_PQ", "maxDoseQuantity": "RTO", "quantity": "PQ", "period": "PQ", "repeatNumber": "IVL_INT",
	"low": "PQ", "high": "PQ", "width": "PQ", "numerator": "PQ", "denominator": "PQ", "phase": "IVL_TS", "event": "CD", "offset": "IVL_PQ",
	"name": "ST", "desc": "ST", "lotNumberText": "ST", "manufacturerModelName": "ST", "softwareName": "ST", "title": "ST",
	"text": "ED", "value": "ST", "independentInd": "BL", "seperatableInd": "BL", "criterion": "", "sequenceNumber": "INT", "templateId": "II",
	"telecom": "TEL", "addr": "AD", "reference": "", "originalText": "ED", "translation": "CD",
}

func typeOfDetail(name string) string {
	if t, known := typesOfDetails[name]; known {
		return t
	}
	if strings.HasSuffix(name, "Code") {
		return "CD"
	}
	return ""
}

// containers hold the details of a statement and are read to the bottom.
var containers = setOf("subject", "specimen", "performer", "author", "informant", "participant", "reference", "precondition", "referenceRange",
	"product", "consumable")

// details reads an element and everything in it, each leaf by its type.
func (r *reader) details(x *Entry, e *Element, name string) {
	r.read[e] = true
	kind := orElse(stated(e), typeOfDetail(e.Name.Local))
	if kind == "PIVL_TS" || kind == "EIVL_TS" || kind == "SXPR_TS" {
		kind = ""
	}
	nested := false
	for c := range e.Elements() {
		nested = nested || c.Name.Space == Namespace && kind == ""
	}
	if !nested {
		v := r.value(e, kind)
		if kind == "AD" || kind == "ST" {
			r.whole(e)
			v.Text = folded(e)
		}
		if v.String() != "" {
			x.Details = append(x.Details, Detail{name, v})
		}
		return
	}
	for c := range e.Elements() {
		if c.Name.Space == Namespace {
			r.details(x, c, name+"/"+c.Name.Local)
		}
	}
}
