package fhir

import (
	_ "embed"
	"fmt"
	"maps"
	"strings"
	"sync"
)

//go:embed definitions.txt
var definitionsText string

// definitions is what R4 says of the modelled kinds.
type definitions struct {
	kinds map[string]*shape // resource kinds
	types map[string]*shape // datatypes
	codes map[string]*codeSet
}

// shape is the content of a kind, a datatype or a backbone element.
type shape struct {
	name     string
	elements []*element
	members  map[string]member // by JSON name, one for each type of a choice
}

type member struct {
	element *element
	use     typeUse
}

type element struct {
	name    string
	place   int // in its shape
	least   int
	many    bool
	choice  bool
	uses    []typeUse
	codes   *codeSet
	content *shape // of a backbone element
}

type typeUse struct {
	name    string
	targets []string // resource kinds a Reference may point to; empty means any
	shape   *shape   // nil for a primitive or a datatype not described
}

type codeSet struct {
	systems []string
	codes   map[string]bool
	listed  string // for the remedy
}

// mostElements is how many elements of one shape a check can keep count of.
const mostElements = 64

const (
	typeResource = "Resource"
	typeElement  = "Element"
)

var primitives = setOf("boolean", "integer", "unsignedInt", "positiveInt", "decimal",
	"string", "markdown", "uri", "url", "canonical", "oid", "uuid", "code", "id",
	"base64Binary", "date", "dateTime", "instant", "time", "xhtml")

var r4 = sync.OnceValue(func() *definitions {
	d, err := parseDefinitions(definitionsText)
	if err != nil {
		panic(err)
	}
	return d
})

var resourceTypes = sync.OnceValue(func() map[string]bool {
	types := maps.Clone(r4().codes["resource-types"].codes)
	delete(types, typeResource)
	delete(types, "DomainResource")
	return types
})

// IsResourceType reports a kind of resource R4 knows. Of the 148 names of the
// code system resource-types, Resource and DomainResource are abstract and name
// no kind.
func IsResourceType(name string) bool { return resourceTypes()[name] }

// IsModelled reports a kind that has a typed view and that [Check] knows in full.
func IsModelled(kind string) bool { return r4().kinds[kind] != nil }

const commonOfElement = "id 0..1 string\nextension 0..* Extension"
const commonOfBackbone = commonOfElement + "\nmodifierExtension 0..* Extension"
const commonOfResource = "id 0..1 id\nmeta 0..1 Meta\nimplicitRules 0..1 uri\nlanguage 0..1 code\n" +
	"text 0..1 Narrative\ncontained 0..* Resource\nextension 0..* Extension\nmodifierExtension 0..* Extension"

type definitionParser struct {
	d     *definitions
	stack []*shape // open shapes by depth
	set   *codeSet
	later []func() error // what can only be tied once everything is read
}

func parseDefinitions(text string) (*definitions, error) {
	p := &definitionParser{d: &definitions{
		kinds: make(map[string]*shape), types: make(map[string]*shape), codes: make(map[string]*codeSet),
	}}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("definitions line %d: %w", n+1, err)
		}
	}
	extension := p.shape("Extension", commonOfElement+"\nurl 1..1 uri")
	p.add(extension, &element{name: "value", choice: true, uses: anyType()})
	p.d.types["Extension"] = extension
	p.d.types[typeElement] = p.shape(typeElement, commonOfElement)
	for _, tie := range p.later {
		if err := tie(); err != nil {
			return nil, err
		}
	}
	return p.d, nil
}

func anyType() []typeUse {
	var uses []typeUse
	for _, t := range choiceTypes {
		uses = append(uses, typeUse{name: t})
	}
	return uses
}

func (p *definitionParser) line(line string) error {
	words := strings.Fields(line)
	indent := (len(line) - len(strings.TrimLeft(line, " "))) / 2
	if indent == 0 {
		return p.heading(words)
	}
	if p.set != nil {
		for _, code := range words {
			p.set.codes[code] = true
		}
		p.set.listed = strings.TrimPrefix(p.set.listed+" | "+strings.Join(words, " | "), " | ")
		return nil
	}
	if len(words) < 2 || indent > len(p.stack) {
		return fmt.Errorf("not an element: %q", line)
	}
	p.stack = p.stack[:indent]
	return p.element(p.stack[indent-1], words)
}

func (p *definitionParser) heading(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("not a heading: %q", words)
	}
	p.set, p.stack = nil, nil
	name := words[1]
	switch words[0] {
	case "kind":
		p.stack = []*shape{p.shape(name, commonOfResource)}
		p.d.kinds[name] = p.stack[0]
	case "type":
		common := commonOfElement
		if name == "Timing" || name == "Dosage" {
			common = commonOfBackbone
		}
		p.stack = []*shape{p.shape(name, common)}
		p.d.types[name] = p.stack[0]
	case "codes":
		p.set = &codeSet{systems: words[2:], codes: make(map[string]bool)}
		p.d.codes[name] = p.set
	default:
		return fmt.Errorf("not a heading: %q", words)
	}
	return nil
}

func (p *definitionParser) shape(name, common string) *shape {
	s := &shape{name: name, members: make(map[string]member)}
	for line := range strings.SplitSeq(common, "\n") {
		if err := p.element(s, strings.Fields(line)); err != nil {
			panic(err)
		}
	}
	return s
}

func (p *definitionParser) element(s *shape, words []string) error {
	least, most, ok := strings.Cut(words[1], "..")
	if !ok {
		return fmt.Errorf("not a cardinality: %q", words[1])
	}
	e := &element{many: most == "*"}
	e.name, e.choice = strings.CutSuffix(words[0], "[x]")
	if least != "0" {
		e.least = 1
	}
	switch {
	case len(words) == 2:
		e.content = p.shape(s.name+"."+e.name, commonOfBackbone)
		p.stack = append(p.stack, e.content)
	case words[2][0] == '@':
		p.later = append(p.later, func() (err error) {
			e.content, err = p.d.at(words[2][1:])
			return err
		})
	default:
		for t := range strings.SplitSeq(words[2], "|") {
			e.uses = append(e.uses, parseUse(t))
		}
	}
	if len(words) == 4 {
		p.later = append(p.later, func() error {
			if e.codes = p.d.codes[words[3]]; e.codes == nil {
				return fmt.Errorf("no codes %q", words[3])
			}
			return nil
		})
	}
	p.add(s, e)
	if len(s.elements) > mostElements {
		return fmt.Errorf("%s has more than %d elements", s.name, mostElements)
	}
	return nil
}

func parseUse(text string) typeUse {
	name, targets, ok := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	if !ok {
		return typeUse{name: name}
	}
	return typeUse{name: name, targets: strings.Split(targets, ",")}
}

func (p *definitionParser) add(s *shape, e *element) {
	e.place = len(s.elements)
	s.elements = append(s.elements, e)
	if e.uses == nil {
		s.members[e.name] = member{element: e}
		return
	}
	p.later = append(p.later, func() error {
		for _, use := range e.uses {
			use.shape = p.d.types[use.name]
			name := e.name
			if e.choice {
				name += strings.ToUpper(use.name[:1]) + use.name[1:]
			}
			s.members[name] = member{element: e, use: use}
		}
		return nil
	})
}

// at finds the content of a backbone element by its path.
func (d *definitions) at(path string) (*shape, error) {
	names := strings.Split(path, ".")
	s := d.kinds[names[0]]
	for _, name := range names[1:] {
		if s == nil || s.members[name].element == nil {
			return nil, fmt.Errorf("no element %q", path)
		}
		s = s.members[name].element.content
	}
	if s == nil {
		return nil, fmt.Errorf("no element %q", path)
	}
	return s, nil
}
