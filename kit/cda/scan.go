package cda

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// scanner makes the tree out of text that is known to be UTF-8.
type scanner struct {
	text    string
	decoder *xml.Decoder
	limits  Limits
	open    *Element
	depth   int
	count   int    // of what limits.Nodes bounds
	nodes   []Node // of the document: before, root, after
	root    *Element
	seen    map[string]*Element
	scope   map[string][]string // namespaces by prefix, the innermost last
}

func scan(text string, limits Limits) (*scanner, *Refusal) {
	s := &scanner{text: text, limits: limits, decoder: xml.NewDecoder(strings.NewReader(text)), seen: map[string]*Element{}, scope: map[string][]string{"xml": {namespaceXML}}}
	s.decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		from := int(s.decoder.InputOffset())
		token, err := s.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, s.refuse(RuleMalformed, from)
		}
		if rule := s.take(token, from, s.text[from:s.decoder.InputOffset()]); rule != "" {
			return nil, s.refuse(rule, from)
		}
	}
	if s.root == nil || s.open != nil {
		return nil, s.refuse(RuleMalformed, len(text))
	}
	return s, nil
}

func (s *scanner) refuse(rule Rule, offset int) *Refusal {
	path := "/"
	if s.open != nil {
		path = s.open.Path()
	}
	return refuse(rule, path, offset)
}

// take puts a token into the tree. It returns the rule that the token breaks, or "".
func (s *scanner) take(token xml.Token, from int, raw string) Rule {
	switch t := token.(type) {
	case xml.StartElement:
		return s.begin(t, raw)
	case xml.EndElement:
		return s.finish(t, raw)
	case xml.CharData:
		return s.characters(t, raw)
	case xml.Comment:
		return s.put(Node{Kind: CommentNode, raw: raw})
	case xml.ProcInst:
		if strings.EqualFold(t.Target, "xml") && from > 0 {
			return RuleMalformed
		}
		return s.put(Node{Kind: InstructionNode, raw: raw})
	case xml.Directive:
		return RuleDoctype
	}
	return RuleMalformed
}

func (s *scanner) put(n Node) Rule {
	if len(n.raw) > s.limits.Text {
		return RuleText
	}
	if s.count++; s.count > s.limits.Nodes {
		return RuleNodes
	}
	if s.open == nil {
		s.nodes = append(s.nodes, n)
	} else {
		s.open.Nodes = append(s.open.Nodes, n)
	}
	return ""
}

func (s *scanner) characters(t xml.CharData, raw string) Rule {
	text := raw
	if string(t) != raw {
		text = string(t)
	}
	if s.open == nil && strings.TrimSpace(text) != "" {
		return RuleMalformed
	}
	return s.put(Node{Kind: TextNode, Text: text, raw: raw})
}

func (s *scanner) begin(t xml.StartElement, raw string) Rule {
	s.depth++
	s.count += len(t.Attr)
	switch {
	case s.open == nil && s.root != nil:
		return RuleMalformed
	case s.depth > s.limits.Depth:
		return RuleDepth
	case len(t.Attr) > s.limits.Attributes:
		return RuleAttributes
	}
	e := &Element{Parent: s.open, written: written(t.Name), start: raw}
	if s.open != nil {
		e.space = s.open.space
	}
	if rule := s.attributes(e, t.Attr); rule != "" {
		return rule
	}
	e.Name = xml.Name{Space: e.space, Local: t.Name.Local}
	if t.Name.Space != "" {
		space, declared := s.namespace(t.Name.Space)
		if !declared {
			return RuleNamespace
		}
		e.Name.Space = space
	}
	if len(e.written) > s.limits.Name || strings.Contains(e.Name.Local, ":") {
		return RuleName
	}
	if rule := s.put(Node{Kind: ElementNode, Element: e}); rule != "" {
		return rule
	}
	if s.open == nil {
		s.root = e
	}
	s.open = e
	return ""
}

// attributes fills in the attributes of an element and what they declare.
func (s *scanner) attributes(e *Element, attrs []xml.Attr) Rule {
	if len(attrs) == 0 {
		return ""
	}
	e.Attrs = make([]Attr, len(attrs))
	for i, a := range attrs {
		e.Attrs[i] = Attr{Name: a.Name, Written: written(a.Name), Value: a.Value}
		switch {
		case len(e.Attrs[i].Written) > s.limits.Name || strings.Contains(a.Name.Local, ":"):
			return RuleName
		case len(a.Value) > s.limits.Text:
			return RuleText
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			e.space = a.Value
		case a.Name.Space == "xmlns":
			s.scope[a.Name.Local] = append(s.scope[a.Name.Local], a.Value)
		}
		for _, before := range e.Attrs[:i] {
			if before.Written == e.Attrs[i].Written {
				return RuleMalformed
			}
		}
	}
	for i := range e.Attrs {
		name := &e.Attrs[i].Name
		if name.Space == "" || name.Space == "xmlns" {
			continue
		}
		space, declared := s.namespace(name.Space)
		if !declared {
			return RuleNamespace
		}
		name.Space = space
	}
	return ""
}

// namespace is what a prefix stands for here.
func (s *scanner) namespace(prefix string) (string, bool) {
	declared := s.scope[prefix]
	if len(declared) == 0 || declared[len(declared)-1] == "" {
		return "", false
	}
	return declared[len(declared)-1], true
}

// leave ends what the attributes of an element declared.
func (s *scanner) leave(e *Element) {
	for i := range e.Attrs {
		if prefix := e.Attrs[i].Name.Local; e.Attrs[i].Name.Space == "xmlns" {
			s.scope[prefix] = s.scope[prefix][:len(s.scope[prefix])-1]
		}
	}
}

func (s *scanner) finish(t xml.EndElement, raw string) Rule {
	if s.open == nil || s.open.written != written(t.Name) {
		return RuleMalformed
	}
	s.open.end = raw
	s.open.number(s.seen)
	s.leave(s.open)
	s.open = s.open.Parent
	s.depth--
	return ""
}

func written(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
