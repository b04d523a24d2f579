package cda

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Draft is a document of WS/T 500 to be made.
type Draft struct {
	Kind   string // C0034
	Header Header // Realm, Type, Templates, Code and, where empty, Title, Language and Confidentiality follow from the kind
	Parts  []DraftPart
}

// DraftPart fills a section of the kind.
type DraftPart struct {
	Section string // its code, or its name when it has none
	Title   string
	Text    []string // paragraphs of the narrative
	Items   []Item
}

// Item is a data element and what is stated of it.
type Item struct {
	Element    string // DE04.01.119.00
	Name       string // "" for the name the kind gives it
	Qualifiers []Qualifier
	Value      Value // its type, code system and unit, where empty, are those of the element
	Items      []Item
}

// Errors of a draft; what Build returns wraps one of them and says where.
var (
	ErrKind    = errors.New("cda: not a kind of WS/T 500")
	ErrHeader  = errors.New("cda: a part of the header is missing")
	ErrSection = errors.New("cda: not a section of this kind")
	ErrElement = errors.New("cda: not a data element of this section")
	ErrType    = errors.New("cda: not the data type of this element")
)

// Build makes a document of WS/T 500: the header in the order of the schema with the
// template of the kind, then the sections in the order of the kind. It refuses a draft
// without number, time, patient, author or custodian, and what the kind does not know.
func Build(d Draft) (*Document, error) {
	kind, known := KindOf(d.Kind)
	if !known {
		return nil, fmt.Errorf("%w: give C0001 to C0053", ErrKind)
	}
	h, err := completed(d.Header, kind)
	if err != nil {
		return nil, err
	}
	body := New("structuredBody")
	sections, err := kind.fill(d.Parts)
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		body.Append(New("component").Append(s))
	}
	root := New("ClinicalDocument", "xmlns", Namespace, "xmlns:xsi", namespaceXSI)
	root.Append(headerElements(h)...)
	root.Append(New("component").Append(body))
	indent(root, 1)
	made := &Document{
		nodes: []Node{{Kind: InstructionNode, raw: `<?xml version="1.0" encoding="UTF-8"?>`}, {Kind: TextNode, raw: "\n"}, {Kind: ElementNode, Element: root}, {Kind: TextNode, raw: "\n"}},
		as:    encoded{charset: UTF8},
	}
	written, err := made.Bytes()
	if err != nil {
		return nil, err
	}
	return Parse(written, Limits{})
}

// completed fills in what follows from the kind and refuses what nobody could fill in.
func completed(h Header, kind Kind) (Header, error) {
	switch {
	case h.ID.Extension == "":
		return h, fmt.Errorf("%w: ID.Extension, the number of the document", ErrHeader)
	case h.Time.IsZero():
		return h, fmt.Errorf("%w: Time, when the document was made", ErrHeader)
	case len(h.Patients) == 0 || h.Patients[0].Name == "":
		return h, fmt.Errorf("%w: Patients, with a name", ErrHeader)
	case len(h.Authors) == 0:
		return h, fmt.Errorf("%w: Authors", ErrHeader)
	case h.Custodian.Name == "" && len(h.Custodian.IDs) == 0:
		return h, fmt.Errorf("%w: Custodian", ErrHeader)
	}
	h.Realm, h.Type = "CN", II{Root: "2.16.840.1.113883.1.3", Extension: "POCD_MT000040"}
	h.Templates = []II{{Root: kind.Template}}
	h.ID.Root = orElse(h.ID.Root, RootDocument)
	h.Code = Code{Code: kind.Code, System: KindSystem, SystemName: "卫生信息共享文档规范编码体系"}
	h.Title = orElse(h.Title, kind.Title)
	h.Language = orElse(h.Language, "zh-CN")
	if h.Confidentiality.Code == "" {
		h.Confidentiality = Code{Code: "N", Name: "正常访问保密级别"}
	}
	h.Confidentiality.System = orElse(h.Confidentiality.System, "2.16.840.1.113883.5.25")
	return h, nil
}

// fill makes the sections of a draft, in the order of the kind.
func (k *Kind) fill(parts []DraftPart) ([]*Element, error) {
	type filled struct {
		place   int
		element *Element
	}
	var all []filled
	for _, p := range parts {
		rule := k.section(p.Section, p.Section)
		if rule == nil {
			return nil, fmt.Errorf("%w: %s has no section %s", ErrSection, k.Code, p.Section)
		}
		s, err := rule.element(p)
		if err != nil {
			return nil, fmt.Errorf("%s, section %s: %w", k.Code, p.Section, err)
		}
		place := slices.IndexFunc(k.Sections, func(x KindSection) bool { return x.key() == rule.key() })
		all = append(all, filled{place, s})
	}
	slices.SortStableFunc(all, func(a, b filled) int { return a.place - b.place })
	elements := make([]*Element, len(all))
	for i, f := range all {
		elements[i] = f.element
	}
	return elements, nil
}

func (s *KindSection) element(p DraftPart) (*Element, error) {
	e := New("section")
	switch {
	case s.Code == "":
		e.Append(New("code", "displayName", s.Name))
	case strings.HasPrefix(s.Code, "DE"):
		e.Append(New("code", "code", s.Code, "displayName", s.Name, "codeSystem", ElementSystem, "codeSystemName", "卫生信息数据元目录"))
	default:
		e.Append(New("code", "code", s.Code, "displayName", s.Name, "codeSystem", LOINC, "codeSystemName", "LOINC"))
	}
	if p.Title != "" {
		e.Append(texted("title", p.Title))
	}
	text := New("text")
	for _, paragraph := range p.Text {
		text.Append(texted("paragraph", paragraph))
	}
	e.Append(text)
	for _, item := range p.Items {
		stated, err := s.observation(item)
		if err != nil {
			return nil, err
		}
		e.Append(New("entry").Append(stated))
	}
	return e, nil
}

func (s *KindSection) observation(item Item) (*Element, error) {
	rule, err := s.rule(item)
	if err != nil {
		return nil, err
	}
	system, name := ElementSystem, "卫生信息数据元目录"
	if strings.HasPrefix(item.Element, "HDSD") {
		system, name = FrontSystem, "住院病案首页基本数据集"
	}
	e := New("observation", "classCode", "OBS", "moodCode", "EVN")
	e.Append(codeElement("code", Code{Code: item.Element, System: system, SystemName: name, Name: orElse(item.Name, rule.Name), Qualifiers: item.Qualifiers}))
	value, err := item.Value.element(rule)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", item.Element, err)
	}
	e.Append(value)
	for _, sub := range item.Items {
		stated, err := s.observation(sub)
		if err != nil {
			return nil, err
		}
		e.Append(New("entryRelationship", "typeCode", "COMP").Append(stated))
	}
	return e, nil
}

// rule finds what the section says about an item: by its name too where one element
// stands for several.
func (s *KindSection) rule(item Item) (ElementRule, error) {
	var found *ElementRule
	for i := range s.Elements {
		if r := &s.Elements[i]; r.ID == item.Element && (found == nil || r.Name == item.Name) {
			found = r
		}
	}
	if found == nil {
		return ElementRule{}, fmt.Errorf("%w: %s", ErrElement, item.Element)
	}
	return *found, nil
}

// element writes a value as its element has it.
func (v Value) element(rule ElementRule) (*Element, error) {
	kind := orElse(v.Type, orElse(rule.Type, "ST"))
	if rule.Type != "" && family(kind) != family(rule.Type) {
		return nil, fmt.Errorf("%w: %s, not %s", ErrType, rule.Type, kind)
	}
	if v.Null != "" {
		return New("value", "xsi:type", kind, "nullFlavor", v.Null), nil
	}
	switch family(kind) {
	case "CD":
		c := v.Code
		c.System = orElse(c.System, rule.System)
		e := codeElement("value", c)
		e.Attrs = slices.Insert(e.Attrs, 0, Attr{Name: attrName("xsi:type"), Written: "xsi:type", Value: kind})
		return e, nil
	case "PQ":
		if !decimal.MatchString(v.Quantity.Number) {
			return nil, fmt.Errorf("%w: %s needs a number", ErrType, kind)
		}
		unit := "unit"
		if kind == "MO" {
			unit = "currency"
		}
		return New("value", "xsi:type", kind, "value", v.Quantity.Number, unit, orElse(v.Quantity.Unit, rule.Unit)), nil
	case "TS":
		if v.Time.IsZero() {
			return nil, fmt.Errorf("%w: TS needs a time", ErrType)
		}
		return New("value", "xsi:type", kind, "value", v.Time.Text), nil
	case "IVL_TS":
		return intervalElement("value", v.Interval, "xsi:type", kind), nil
	case "BL":
		if v.Bool != "true" && v.Bool != "false" {
			return nil, fmt.Errorf("%w: BL is true or false", ErrType)
		}
		return New("value", "xsi:type", kind, "value", v.Bool), nil
	case "ST", "ED", "SC":
		e := New("value", "xsi:type", kind)
		e.SetText(v.Text)
		return e, nil
	}
	return nil, fmt.Errorf("%w: %s is read but not written", ErrType, kind)
}

// TimeOf is a time as documents of WS/T 500 write it: to the second, without a zone.
func TimeOf(t time.Time) Time {
	text := t.Format("20060102150405")
	read, err := ParseTime(text)
	if err != nil {
		return Time{Text: text}
	}
	return read
}

// indent puts elements on lines of their own, except beside text.
func indent(e *Element, depth int) {
	if len(e.Nodes) == 0 || slices.ContainsFunc(e.Nodes, func(n Node) bool { return n.Kind == TextNode }) {
		return
	}
	spread := make([]Node, 0, 2*len(e.Nodes)+1)
	for _, n := range e.Nodes {
		indent(n.Element, depth+1)
		spread = append(spread, Node{Kind: TextNode, raw: "\n" + strings.Repeat("  ", depth)}, n)
	}
	e.Nodes = append(spread, Node{Kind: TextNode, raw: "\n" + strings.Repeat("  ", depth-1)})
}
