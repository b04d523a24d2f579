package fhir

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode"
)

const (
	longestNarrative = 4 << 20
	deepestNarrative = 128
	xhtmlNamespace   = "http://www.w3.org/1999/xhtml"
)

// Narrative turns the XHTML of Narrative.div into plain text: blocks become
// lines, table cells are parted by tabs, list items begin with "- ". Scripts,
// styles, embedded objects, event attributes and executable links are dropped
// and reported as errors; entities other than those of XML and HTML 4 are never
// expanded; nothing is ever fetched. Each code is reported once.
func Narrative(div string) (string, []Problem) {
	n := &narrator{}
	if len(div) > longestNarrative {
		n.report(Error, CodeNarrativeLimit, longestNarrative, deepestNarrative)
		return "", n.problems
	}
	if err := n.read(div, true); err != nil {
		n.report(Error, CodeNarrativeMalformed)
		*n = narrator{problems: n.problems}
		n.lenient(div)
	}
	text := n.out.String()
	if text == "" && !n.pictured {
		n.report(Error, CodeNarrativeEmpty)
	}
	return text, n.problems
}

var (
	// activeElements are dropped with everything in them.
	activeElements = setOf("script", "style", "iframe", "object", "embed", "applet", "frame",
		"frameset", "noframes", "link", "meta", "base", "template", "svg", "math", "audio", "video")

	allowedElements = setOf("div", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "span",
		"a", "abbr", "acronym", "address", "b", "big", "bdo", "blockquote", "caption", "cite", "code",
		"col", "colgroup", "dd", "del", "dfn", "dl", "dt", "em", "i", "img", "ins", "kbd", "li",
		"map", "area", "ol", "pre", "q", "samp", "small", "strong", "sub", "sup", "table", "tbody",
		"td", "tfoot", "th", "thead", "tr", "tt", "ul", "var", "center", "font", "u", "s", "strike")

	blockElements = setOf("div", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "address",
		"blockquote", "caption", "dd", "dl", "dt", "li", "ol", "pre", "table", "tr", "ul", "center")

	linkAttributes = setOf("href", "src", "cite", "longdesc", "background", "action", "data",
		"usemap", "codebase", "classid", "profile", "formaction", "poster")
)

type narrator struct {
	out      lines
	problems []Problem
	depth    int
	dropping int // depth at which an active element began; 0 when none
	verbatim int // open pre elements
	pictured bool
}

func (n *narrator) report(s Severity, c Code, args ...any) {
	for _, p := range n.problems {
		if p.Code == c {
			return
		}
	}
	n.problems = append(n.problems, problem(s, c, place{entry: NoEntry, path: "div"}, args...))
}

// lenient takes what text it can from markup that is not well formed.
func (n *narrator) lenient(div string) {
	// The markup was reported as malformed already; where it can be read no
	// further the text ends.
	_ = n.read(div, false)
}

func (n *narrator) read(div string, strict bool) error {
	d := xml.NewDecoder(strings.NewReader(div))
	d.Strict = strict
	d.Entity = xml.HTMLEntity
	if !strict {
		d.AutoClose = xml.HTMLAutoClose
	}
	roots := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if n.depth == 0 {
				roots++
				n.root(t, roots)
			}
			if n.depth++; n.depth > deepestNarrative {
				n.report(Error, CodeNarrativeLimit, longestNarrative, deepestNarrative)
				return nil
			}
			n.start(t)
		case xml.EndElement:
			n.end(strings.ToLower(t.Name.Local))
			n.depth--
		case xml.CharData:
			n.text(string(t))
		case xml.Directive, xml.ProcInst:
			n.report(Error, CodeNarrativeDoctype)
		}
	}
}

func (n *narrator) root(t xml.StartElement, count int) {
	if count > 1 || t.Name.Local != "div" || t.Name.Space != xhtmlNamespace {
		n.report(Error, CodeNarrativeRoot)
	}
}

func (n *narrator) start(t xml.StartElement) {
	name := strings.ToLower(t.Name.Local)
	if n.dropping > 0 {
		return
	}
	if activeElements[name] {
		n.report(Error, CodeNarrativeActive)
		n.dropping = n.depth
		return
	}
	if !allowedElements[name] {
		n.report(Error, CodeNarrativeElement)
	}
	for _, a := range t.Attr {
		n.attribute(name, strings.ToLower(a.Name.Local), a.Value)
	}
	switch {
	case name == "li":
		n.out.beginItem()
	case name == "td" || name == "th":
		n.out.breakCell()
	case blockElements[name]:
		n.out.breakLine()
	}
	if name == "pre" {
		n.verbatim++
	}
}

func (n *narrator) end(name string) {
	if n.dropping > 0 {
		if n.depth == n.dropping {
			n.dropping = 0
		}
		return
	}
	if blockElements[name] {
		n.out.breakLine()
	}
	if name == "pre" && n.verbatim > 0 {
		n.verbatim--
	}
}

func (n *narrator) attribute(element, name, value string) {
	switch {
	case strings.HasPrefix(name, "on"):
		n.report(Error, CodeNarrativeActive)
	case name == "style":
		n.style(visible(value))
	case element == "img" && name == "alt":
		n.text(value)
	case linkAttributes[name]:
		n.link(element, name, visible(value))
	}
}

func (n *narrator) style(value string) {
	for _, active := range []string{"expression(", "javascript:", "behavior:", "-moz-binding", "@import", "\\"} {
		if strings.Contains(value, active) {
			n.report(Error, CodeNarrativeActive)
		}
	}
	if strings.Contains(value, "url(") {
		n.report(Warning, CodeNarrativeExternal)
	}
}

func (n *narrator) link(element, name, value string) {
	scheme, _, found := strings.Cut(value, ":")
	switch {
	case found && (scheme == "javascript" || scheme == "vbscript" || scheme == "livescript"),
		scheme == "data" && !strings.HasPrefix(value, "data:image/"),
		strings.HasPrefix(value, "data:image/svg"):
		n.report(Error, CodeNarrativeActive)
	case element == "img" && name == "src":
		n.pictured = true
		if !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/") {
			n.report(Warning, CodeNarrativeExternal)
		}
	case element != "a" && element != "area" && !strings.HasPrefix(value, "#"):
		n.report(Warning, CodeNarrativeExternal)
	}
}

// visible removes what a browser would overlook when it reads a scheme.
func visible(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7F || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s))
}

func (n *narrator) text(s string) {
	if n.dropping == 0 {
		n.out.write(s, n.verbatim > 0)
	}
}

// lines gathers text with white space folded and breaks written only between
// texts.
type lines struct {
	b    strings.Builder
	gap  gap
	item bool // a list item has begun and nothing of it is written
}

type gap int

const (
	noGap gap = iota
	spaceGap
	cellGap
	lineGap
)

func (l *lines) String() string { return strings.TrimRight(l.b.String(), " \t\n") }
func (l *lines) breakLine()     { l.gap = max(l.gap, lineGap) }
func (l *lines) breakCell()     { l.gap = max(l.gap, cellGap) }

func (l *lines) beginItem() {
	l.breakLine()
	l.item = true
}

func (l *lines) write(s string, verbatim bool) {
	for _, r := range s {
		if unicode.IsSpace(r) && !verbatim {
			l.gap = max(l.gap, spaceGap)
			continue
		}
		if l.gap != noGap && l.b.Len() > 0 {
			l.b.WriteByte(" \t\n"[l.gap-1])
		}
		l.gap = noGap
		if l.item {
			l.b.WriteString("- ")
			l.item = false
		}
		l.b.WriteRune(r)
	}
}
