package cda

import "strings"

// Document is a clinical document: its tree, and how it is written.
type Document struct {
	nodes  []Node
	root   *Element
	as     encoded
	limits Limits
}

// Parse reads a document. The error is a [*Refusal], which names the rule that was
// broken and never quotes the document.
func Parse(raw []byte, limits Limits) (*Document, error) {
	limits = limits.orDefault()
	if len(raw) > limits.Bytes {
		return nil, refuse(RuleBytes, "/", limits.Bytes)
	}
	text, as, refusal := decode(raw)
	if refusal != nil {
		return nil, refusal
	}
	if len(text) > limits.Bytes {
		return nil, refuse(RuleBytes, "/", limits.Bytes)
	}
	s, refusal := scan(text, limits)
	if refusal != nil {
		return nil, refusal
	}
	if !s.root.Is("ClinicalDocument") {
		return nil, refuse(RuleNotClinical, s.root.Path(), 0)
	}
	return &Document{nodes: s.nodes, root: s.root, as: as, limits: limits}, nil
}

// Looks reports bytes that could be a clinical document, so that a reader of mixed
// input knows whom to ask. It looks at the beginning only.
func Looks(raw []byte) bool {
	head := strings.ReplaceAll(string(raw[:min(len(raw), 4<<10)]), "\x00", "")
	return strings.Contains(head, "ClinicalDocument")
}

// Root is the ClinicalDocument element.
func (d *Document) Root() *Element { return d.root }

// Charset is the character set in which the document is written.
func (d *Document) Charset() Charset { return d.as.charset }

// At finds an element by its [Element.Path], or returns nil.
func (d *Document) At(path string) *Element {
	steps := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if steps[0] != d.root.written {
		return nil
	}
	at := d.root
	for _, step := range steps[1:] {
		if at = at.step(step); at == nil {
			return nil
		}
	}
	return at
}
