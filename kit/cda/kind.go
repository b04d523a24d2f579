package cda

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go test -run TestTablesSayWhatTheElementListsSay -update

//go:embed tables/*.csv
var tables embed.FS

// OIDs of WS/T 500.
const (
	KindSystem    = "2.16.156.10011.2.4"   // codes of documents
	ElementSystem = "2.16.156.10011.2.2.1" // catalogue of data elements (DE)
	FrontSystem   = "2.16.156.10011.2.2.4" // data set of the front page (HDSD00.11)
	LOINC         = "2.16.840.1.113883.6.1"
	templateStem  = "2.16.156.10011.2.1.1."
)

// Kind is one of the 53 kinds of documents of WS/T 500.
type Kind struct {
	Code     string // C0034
	Title    string // 入院记录
	Dataset  string // HDSD00.13.02
	Template string // templateId: 2.16.156.10011.2.1.1.54
	Sections []KindSection
	Roots    []string // OIDs of the patient's numbers
}

// KindSection is a section of a kind of document, with its data elements.
type KindSection struct {
	Code     string // LOINC or DE; "" for one known by its name only
	Name     string // as the section's code displays it
	Title    Text
	Elements []ElementRule
}

// ElementRule is a data element in a section.
type ElementRule struct {
	ID     string // DE04.01.119.00 or HDSD00.11.142
	Name   string
	Type   string // ST, CD, PQ, TS, BL, INT, REAL, MO, ED; "" when not known
	System string // of a CD
	Unit   string // of a PQ
}

// key is the code of a section, or its name.
func (s KindSection) key() string { return orElse(s.Code, s.Name) }

// KindOf finds a kind by its code (C0001 to C0053).
func KindOf(code string) (Kind, bool) {
	k, known := catalogue().kinds[code]
	if !known {
		return Kind{}, false
	}
	return *k, true
}

// Kinds are all kinds in the order of their codes.
func Kinds() []Kind {
	c := catalogue()
	all := make([]Kind, 0, len(c.kinds))
	for _, k := range c.kinds {
		all = append(all, *k)
	}
	slices.SortFunc(all, func(a, b Kind) int { return strings.Compare(a.Code, b.Code) })
	return all
}

// ElementName is the short name of a data element of the catalogue, or "".
func ElementName(id string) string { return catalogue().names[id] }

// section finds a section of a kind by its code, or by its name when it has none.
func (k *Kind) section(code, name string) *KindSection {
	for i := range k.Sections {
		if s := &k.Sections[i]; s.key() == orElse(code, strings.TrimSuffix(name, "章节")) {
			return s
		}
	}
	return nil
}

// rules are what a kind says about a data element, in all its sections.
func (k *Kind) rules(id string) []ElementRule {
	var all []ElementRule
	for i := range k.Sections {
		for _, e := range k.Sections[i].Elements {
			if e.ID == id {
				all = append(all, e)
			}
		}
	}
	return all
}

type knowledge struct {
	kinds     map[string]*Kind
	templates map[string]string // kind by templateId
	names     map[string]string // of data elements
}

var catalogue = sync.OnceValue(func() *knowledge {
	c := &knowledge{kinds: map[string]*Kind{}, templates: map[string]string{}, names: map[string]string{}}
	for _, row := range rowsOf("kinds") {
		k := &Kind{Code: row[0], Title: row[1], Dataset: row[2], Template: templateOf(row[0])}
		c.kinds[k.Code] = k
		c.templates[k.Template] = k.Code
	}
	for _, row := range rowsOf("sections") {
		k := c.kinds[row[0]]
		if k.section(row[1], row[2]) == nil { // one that stands twice is one here
			k.Sections = append(k.Sections, KindSection{Code: row[1], Name: row[2], Title: sectionTitle(row[1], row[2])})
		}
	}
	for _, row := range rowsOf("elements") {
		if s := c.kinds[row[0]].section(row[1], row[1]); s != nil {
			s.Elements = append(s.Elements, ElementRule{row[2], row[3], row[4], row[5], row[6]})
		}
		c.names[row[2]] = orElse(c.names[row[2]], row[3])
	}
	for _, row := range rowsOf("names") {
		c.names[row[0]] = orElse(row[1], c.names[row[0]])
	}
	for _, row := range rowsOf("headers") {
		c.kinds[row[0]].Roots = append(c.kinds[row[0]].Roots, row[2])
	}
	return c
})

// templateOf is the templateId of a kind: the stem and 20 more than its number.
func templateOf(code string) string {
	n, err := strconv.Atoi(code[1:])
	if err != nil {
		panic(fmt.Sprintf("cda: table of kinds: %v", err))
	}
	return templateStem + strconv.Itoa(20+n)
}

// rowsOf reads an embedded table without its first line. That it can be read is part
// of the build.
func rowsOf(table string) [][]string {
	f, err := tables.Open("tables/" + table + ".csv")
	if err != nil {
		panic(fmt.Sprintf("cda: %v", err))
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("cda: table %s: %v", table, err))
	}
	return rows[1:]
}
