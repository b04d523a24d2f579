package cda

import (
	"iter"
	"strings"
)

// reader reads typed views out of a tree and remembers what it read, so that the rest
// can be told.
type reader struct {
	read  map[*Element]bool
	named map[string]*Element // elements by ID, to which text refers
	// resolvable is how many bytes of text may still be taken from where references
	// point: without it a long text that is referred to often would be a bomb.
	resolvable int
}

const mostResolved = 4 << 20

// index finds the elements that have an ID.
func (r *reader) index(e *Element) {
	if id := e.Attr("ID"); id != "" && r.named[id] == nil {
		r.named[id] = e
	}
	for c := range e.Elements() {
		r.index(c)
	}
}

// one is the first child with this name, or nil.
func (r *reader) one(e *Element, name string) *Element {
	c := e.Child(name)
	if c != nil {
		r.read[c] = true
	}
	return c
}

// at follows names downwards.
func (r *reader) at(e *Element, names ...string) *Element {
	for _, name := range names {
		e = r.one(e, name)
	}
	return e
}

// all are the children with this name.
func (r *reader) all(e *Element, name string) iter.Seq[*Element] {
	return func(yield func(*Element) bool) {
		if e == nil {
			return
		}
		for c := range e.Elements() {
			if !c.Is(name) {
				continue
			}
			r.read[c] = true
			if !yield(c) {
				return
			}
		}
	}
}

// whole takes an element with everything in it.
func (r *reader) whole(e *Element) {
	if e == nil {
		return
	}
	r.read[e] = true
	for c := range e.Elements() {
		r.whole(c)
	}
}

func (r *reader) text(e *Element, name string) string { return folded(r.one(e, name)) }

// folded is the text of an element with white space as a reader sees it.
func folded(e *Element) string {
	return strings.Join(strings.Fields(e.Text()), " ")
}

func attr(e *Element, name string) string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.Attr(name))
}

func identifier(e *Element) II {
	return II{attr(e, "root"), attr(e, "extension"), attr(e, "assigningAuthorityName")}
}

func (r *reader) id(e *Element, name string) II { return identifier(r.one(e, name)) }

func (r *reader) ids(e *Element, name string) []II {
	var all []II
	for c := range r.all(e, name) {
		all = append(all, identifier(c))
	}
	return all
}

func (r *reader) code(e *Element, name string) Code { return r.coded(r.one(e, name)) }

func (r *reader) coded(c *Element) Code {
	code := Code{
		Code: attr(c, "code"), System: attr(c, "codeSystem"), SystemName: attr(c, "codeSystemName"), Version: attr(c, "codeSystemVersion"),
		Name: attr(c, "displayName"), Original: r.referred(r.one(c, "originalText")), Null: attr(c, "nullFlavor"),
	}
	for q := range r.all(c, "qualifier") {
		code.Qualifiers = append(code.Qualifiers, Qualifier{r.code(q, "name"), r.code(q, "value")})
	}
	for t := range r.all(c, "translation") {
		code.Translations = append(code.Translations, r.coded(t))
	}
	return code
}

// referred is the text of an element, or of the place in the narrative that it refers
// to. What lies outside the document is left where it is.
func (r *reader) referred(e *Element) string {
	text := folded(e)
	to, inside := strings.CutPrefix(attr(e.Child("reference"), "value"), "#")
	target := r.named[to]
	if !inside || target == nil || r.resolvable <= 0 {
		return text
	}
	r.one(e, "reference")
	if text == "" {
		text = folded(target)
		r.resolvable -= len(text) + 1
	}
	return text
}

func (r *reader) quantity(e *Element, name string) Quantity { return measured(r.one(e, name)) }

func measured(c *Element) Quantity {
	unit := attr(c, "unit")
	if unit == "" {
		unit = attr(c, "currency")
	}
	return Quantity{attr(c, "value"), unit, attr(c, "nullFlavor")}
}

func (r *reader) time(e *Element, name string) Time { return timed(r.one(e, name)) }

// timed reads a TS. One that is no time keeps its text.
func timed(c *Element) Time {
	// What is wrong with it is found by Check, at its place.
	t, _ := ParseTime(attr(c, "value"))
	return t
}

func (r *reader) interval(c *Element) Interval {
	i := Interval{timed(c), r.time(c, "low"), r.time(c, "high")}
	if i == (Interval{}) {
		i.Value = r.time(c, "center")
	}
	return i
}

// name reads an EN, PN or ON: its text, or its parts in their order.
func (r *reader) name(e *Element) string {
	c := r.one(e, "name")
	if c == nil {
		return ""
	}
	var parts []string
	for i := range c.Nodes {
		n := &c.Nodes[i]
		switch n.Kind {
		case TextNode:
			parts = append(parts, strings.TrimSpace(n.Text))
		case ElementNode:
			r.whole(n.Element)
			parts = append(parts, folded(n.Element))
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

func (r *reader) telecoms(e *Element) []string {
	var all []string
	for c := range r.all(e, "telecom") {
		if v := attr(c, "value"); v != "" {
			all = append(all, v)
		}
	}
	return all
}

func (r *reader) addresses(e *Element) []Address {
	var all []Address
	for c := range r.all(e, "addr") {
		a := Address{Use: attr(c, "use")}
		for i := range c.Nodes {
			n := &c.Nodes[i]
			switch n.Kind {
			case TextNode:
				if text := strings.TrimSpace(n.Text); text != "" {
					a.Parts = append(a.Parts, AddressPart{"", text})
				}
			case ElementNode:
				r.whole(n.Element)
				if text := folded(n.Element); text != "" {
					a.Parts = append(a.Parts, AddressPart{n.Element.Name.Local, text})
				}
			}
		}
		if len(a.Parts) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// value reads an element by the data type it states, or by otherwise.
func (r *reader) value(c *Element, otherwise string) Value {
	v := Value{Type: stated(c), Null: attr(c, "nullFlavor"), Element: c}
	switch family(orElse(v.Type, otherwise)) {
	case "CD":
		v.Code, v.Text = r.coded(c), orElse(c.ownText(), attr(c, "value"))
	case "PQ":
		v.Quantity, v.Text = measured(c), c.ownText()
	case "TS":
		v.Time = timed(c)
	case "IVL_TS":
		v.Interval = r.interval(c)
	case "IVL_PQ":
		v.Quantity, v.Low, v.High = measured(c), r.quantity(c, "low"), r.quantity(c, "high")
	case "RTO":
		v.Low, v.High = r.quantity(c, "numerator"), r.quantity(c, "denominator")
	case "BL":
		v.Bool = attr(c, "value")
		if v.Bool == "" {
			v.Bool = c.ownText()
		}
	case "II":
		v.ID = identifier(c)
	case "ED":
		v.Text = r.encapsulated(c)
	default:
		v.Text, v.Code, v.Quantity = c.ownText(), r.coded(c), measured(c)
	}
	if v.Type == "" {
		v.Type = otherwise
		if otherwise == "IVL_PQ" && v.Low == (Quantity{}) && v.High == (Quantity{}) {
			v.Type = "PQ"
		}
	}
	return v
}

// encapsulated is the text of an ED that is text.
func (r *reader) encapsulated(c *Element) string {
	if attr(c, "representation") == "B64" {
		return ""
	}
	return r.referred(c)
}

// stated is the xsi:type of an element without its prefix.
func stated(e *Element) string {
	for i := range e.Attrs {
		if e.Attrs[i].Name.Space == namespaceXSI && e.Attrs[i].Name.Local == "type" {
			_, local, found := strings.Cut(e.Attrs[i].Value, ":")
			if found {
				return local
			}
			return strings.TrimSpace(e.Attrs[i].Value)
		}
	}
	return ""
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
