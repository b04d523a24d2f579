package cda

import (
	"encoding/xml"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Namespaces of a clinical document.
const (
	Namespace    = "urn:hl7-org:v3"
	namespaceXSI = "http://www.w3.org/2001/XMLSchema-instance"
	namespaceXML = "http://www.w3.org/XML/1998/namespace"
)

// Element is an element of a document, with everything that stands in it.
type Element struct {
	Name   xml.Name // namespace and local name
	Attrs  []Attr
	Nodes  []Node
	Parent *Element // nil for the root

	written    string // name with its prefix
	space      string // default namespace that holds within
	start, end string // tags as written; an empty end belongs to an empty tag
	nth        int    // place among siblings written alike, or 0 when it is the only one
}

// Attr is an attribute. Declarations of namespaces are attributes like others.
type Attr struct {
	Name    xml.Name // namespace and local name; attributes without a prefix have none
	Written string   // name with its prefix
	Value   string
}

// NodeKind says what stands in an element.
type NodeKind int

const (
	ElementNode NodeKind = iota + 1
	TextNode             // CDATA sections too
	CommentNode
	InstructionNode
)

// Node is one thing in an element, in its place.
type Node struct {
	Kind    NodeKind
	Element *Element // of an ElementNode
	Text    string   // of a TextNode, with references resolved
	raw     string
}

// Attr is the value of an attribute without a namespace, or "".
func (e *Element) Attr(name string) string {
	for i := range e.Attrs {
		if e.Attrs[i].Name.Local == name && e.Attrs[i].Name.Space == "" {
			return e.Attrs[i].Value
		}
	}
	return ""
}

// Is reports an element of CDA with this local name.
func (e *Element) Is(name string) bool {
	return e.Name.Local == name && e.Name.Space == Namespace
}

// Elements are the elements directly in e.
func (e *Element) Elements() iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		for i := range e.Nodes {
			if e.Nodes[i].Kind == ElementNode && !yield(e.Nodes[i].Element) {
				return
			}
		}
	}
}

// Child is the first element of CDA in e with this local name, or nil.
func (e *Element) Child(name string) *Element {
	if e == nil {
		return nil
	}
	for c := range e.Elements() {
		if c.Is(name) {
			return c
		}
	}
	return nil
}

// Text is the text within e and the elements in it, as written.
func (e *Element) Text() string {
	if e == nil {
		return ""
	}
	if len(e.Nodes) == 1 && e.Nodes[0].Kind == TextNode {
		return e.Nodes[0].Text
	}
	var b strings.Builder
	e.addText(&b)
	return b.String()
}

func (e *Element) addText(b *strings.Builder) {
	for i := range e.Nodes {
		switch e.Nodes[i].Kind {
		case TextNode:
			b.WriteString(e.Nodes[i].Text)
		case ElementNode:
			e.Nodes[i].Element.addText(b)
		}
	}
}

// ownText is the text directly in e, without white space around it.
func (e *Element) ownText() string {
	var b strings.Builder
	for i := range e.Nodes {
		if e.Nodes[i].Kind == TextNode {
			b.WriteString(e.Nodes[i].Text)
		}
	}
	return strings.TrimSpace(b.String())
}

// Path is where e stands, such as
// /ClinicalDocument/component/structuredBody/component[2]/section/code.
// [Document.At] finds it again.
func (e *Element) Path() string {
	var steps []string
	for at := e; at != nil; at = at.Parent {
		step := at.written
		if at.nth > 0 {
			step += "[" + strconv.Itoa(at.nth) + "]"
		}
		steps = append(steps, step)
	}
	var b strings.Builder
	for _, step := range slices.Backward(steps) {
		b.WriteByte('/')
		b.WriteString(step)
	}
	return b.String()
}

// number gives the elements in e their places among those written alike.
func (e *Element) number(seen map[string]*Element) {
	clear(seen)
	for c := range e.Elements() {
		before := seen[c.written]
		c.nth = 0
		if before != nil {
			before.nth = max(before.nth, 1)
			c.nth = before.nth + 1
		}
		seen[c.written] = c
	}
}

// step finds a child by one step of a path.
func (e *Element) step(step string) *Element {
	name, place, counted := strings.Cut(step, "[")
	want := 1
	if counted {
		n, err := strconv.Atoi(strings.TrimSuffix(place, "]"))
		if err != nil || n < 1 {
			return nil
		}
		want = n
	}
	for c := range e.Elements() {
		if c.written == name && max(c.nth, 1) == want {
			return c
		}
	}
	return nil
}

// SetAttr gives an attribute without a namespace a value; the tag is written anew.
// Characters that XML cannot hold become U+FFFD.
func (e *Element) SetAttr(name, value string) {
	value = legal(value)
	for i := range e.Attrs {
		if e.Attrs[i].Written == name {
			e.Attrs[i].Value = value
			e.start = ""
			return
		}
	}
	e.Attrs = append(e.Attrs, Attr{Name: xml.Name{Local: name}, Written: name, Value: value})
	e.start = ""
}

// SetText puts text in the place of whatever stood in e. Characters that XML cannot
// hold become U+FFFD.
func (e *Element) SetText(text string) {
	e.Nodes = []Node{{Kind: TextNode, Text: legal(text)}}
	e.open()
}

// Append puts elements at the end of e.
func (e *Element) Append(children ...*Element) *Element {
	if len(children) == 0 {
		return e
	}
	for _, c := range children {
		c.Parent = e
		if e.space != c.space {
			c.SetAttr("xmlns", c.space)
		}
		e.Nodes = append(e.Nodes, Node{Kind: ElementNode, Element: c})
	}
	e.number(map[string]*Element{})
	e.open()
	return e
}

// open lets the tag of an element that was written empty hold something.
func (e *Element) open() {
	if e.end == "" {
		e.start = ""
	}
}

// New makes an element of CDA from pairs of attribute names and values. Attributes
// without a value are left out.
func New(name string, attrs ...string) *Element {
	e := &Element{Name: xml.Name{Space: Namespace, Local: name}, written: name, space: Namespace}
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			e.Attrs = append(e.Attrs, Attr{Name: attrName(attrs[i]), Written: attrs[i], Value: legal(attrs[i+1])})
		}
	}
	return e
}

// legal replaces what XML 1.0 has no place for.
func legal(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func attrName(written string) xml.Name {
	if local, ok := strings.CutPrefix(written, "xsi:"); ok {
		return xml.Name{Space: namespaceXSI, Local: local}
	}
	if written == "xmlns:xsi" {
		return xml.Name{Space: "xmlns", Local: "xsi"}
	}
	return xml.Name{Local: written}
}
