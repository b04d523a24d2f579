package cda

import "strings"

// Bytes writes the document. What was not changed is written as it was read, byte for
// byte. It fails where a change put a character in that the document's character set
// lacks.
func (d *Document) Bytes() ([]byte, error) {
	var b strings.Builder
	for i := range d.nodes {
		d.nodes[i].write(&b)
	}
	body, err := d.as.charset.encode(b.String())
	if err != nil || d.as.mark == nil {
		return body, err
	}
	return append(append([]byte(nil), d.as.mark...), body...), nil
}

func (n *Node) write(b *strings.Builder) {
	switch {
	case n.Kind == ElementNode:
		n.Element.write(b)
	case n.raw == "" && n.Kind == TextNode:
		escapeText.WriteString(b, n.Text) //nolint:errcheck // a strings.Builder does not fail
	default:
		b.WriteString(n.raw)
	}
}

func (e *Element) write(b *strings.Builder) {
	end := e.end
	if e.start != "" {
		b.WriteString(e.start)
	} else {
		end = e.writeStart(b)
	}
	for i := range e.Nodes {
		e.Nodes[i].write(b)
	}
	b.WriteString(end)
}

// writeStart writes the tag of an element that is new or changed, and returns how it
// ends.
func (e *Element) writeStart(b *strings.Builder) (end string) {
	b.WriteString("<" + e.written)
	for _, a := range e.Attrs {
		b.WriteString(" " + a.Written + `="` + escapeAttr.Replace(a.Value) + `"`)
	}
	if len(e.Nodes) == 0 && e.end == "" {
		b.WriteString("/>")
		return ""
	}
	b.WriteString(">")
	return "</" + e.written + ">"
}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	escapeAttr = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)
