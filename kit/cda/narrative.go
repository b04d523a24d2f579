package cda

import (
	"strconv"
	"strings"
)

// BlockKind says what a block of narrative is.
type BlockKind int

const (
	Paragraph BlockKind = iota + 1
	List
	TableBlock
	Figure
)

// Block is a piece of narrative: plain text in some shape, nothing that could act.
type Block struct {
	Kind  BlockKind
	Text  string   // of a Paragraph; the caption of a List, TableBlock or Figure
	Items []string // of a List
	Rows  [][]Cell // of a TableBlock
	Refs  []string // of a Figure: paths of the elements that hold the pictures
}

// Cell is a cell of a table.
type Cell struct {
	Text    string
	Head    bool
	Columns int // it spans, at least 1
	Rows    int
}

// activeElements are dropped with everything in them.
var activeElements = setOf("script", "style", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "link", "meta", "base",
	"svg", "math", "audio", "video", "template")

// blockElements begin and end a paragraph.
var blockElements = setOf("paragraph", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "footnote", "pre", "blockquote")

// widestSpan bounds what a cell may claim to span.
const widestSpan = 100

type narrator struct {
	blocks []Block
	line   strings.Builder
	found  *findings
	named  map[string]*Element
}

func (n *narrator) flush() {
	text := tidyLines(n.line.String())
	n.line.Reset()
	if text != "" {
		n.blocks = append(n.blocks, Block{Kind: Paragraph, Text: text})
	}
}

// narrate turns narrative into blocks.
func (n *narrator) narrate(e *Element) []Block {
	if e == nil {
		return nil
	}
	n.walk(e)
	n.flush()
	return n.blocks
}

func (n *narrator) walk(e *Element) {
	for i := range e.Nodes {
		switch node := &e.Nodes[i]; node.Kind {
		case TextNode:
			n.line.WriteString(spaced(node.Text))
		case ElementNode:
			n.element(node.Element)
		}
	}
}

func (n *narrator) element(e *Element) {
	n.inspect(e)
	name := strings.ToLower(e.Name.Local)
	switch {
	case activeElements[name]:
	case name == "br":
		n.line.WriteByte('\n')
	case name == "list" || name == "ul" || name == "ol":
		n.flush()
		n.blocks = append(n.blocks, n.list(e))
	case name == "table":
		n.flush()
		n.blocks = append(n.blocks, n.table(e))
	case name == "rendermultimedia":
		n.flush()
		n.blocks = append(n.blocks, n.figure(e))
	case blockElements[name]:
		n.flush()
		n.walk(e)
		n.flush()
	default:
		n.walk(e)
		n.line.WriteString(linked(e))
	}
}

// inspect reports what is left out.
func (n *narrator) inspect(e *Element) {
	active := activeElements[strings.ToLower(e.Name.Local)]
	for i := range e.Attrs {
		name, value := strings.ToLower(e.Attrs[i].Name.Local), strings.ToLower(strings.Join(strings.Fields(e.Attrs[i].Value), ""))
		active = active || strings.HasPrefix(name, "on") || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:")
	}
	if active {
		n.found.add(Warn, RuleActive, e.Path)
	}
}

// linked is where a link leads, as text.
func linked(e *Element) string {
	to := strings.TrimSpace(e.Attr("href"))
	lower := strings.ToLower(to)
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "mailto:") || to == e.ownText() {
		return ""
	}
	return " (" + to + ")"
}

// plain is the text within an element, blocks and items on lines of their own.
func (n *narrator) plain(e *Element) string {
	var b strings.Builder
	n.plainInto(e, &b)
	return tidyLines(b.String())
}

func (n *narrator) plainInto(e *Element, b *strings.Builder) {
	for i := range e.Nodes {
		node := &e.Nodes[i]
		if node.Kind == TextNode {
			b.WriteString(spaced(node.Text))
		}
		if node.Kind != ElementNode {
			continue
		}
		n.inspect(node.Element)
		name := strings.ToLower(node.Element.Name.Local)
		if activeElements[name] {
			continue
		}
		breaks := name == "br" || name == "item" || name == "li" || name == "tr" || name == "list" || name == "table" || blockElements[name]
		if breaks {
			b.WriteByte('\n')
		}
		if name == "item" || name == "li" {
			b.WriteString("- ")
		}
		n.plainInto(node.Element, b)
		b.WriteString(linked(node.Element))
		switch {
		case name == "td" || name == "th":
			b.WriteByte(' ')
		case breaks && name != "br":
			b.WriteByte('\n')
		}
	}
}

func (n *narrator) list(e *Element) Block {
	block := Block{Kind: List}
	for c := range e.Elements() {
		n.inspect(c)
		switch text := n.plain(c); {
		case activeElements[strings.ToLower(c.Name.Local)] || text == "":
		case c.Name.Local == "caption":
			block.Text = text
		default:
			block.Items = append(block.Items, text)
		}
	}
	return block
}

func (n *narrator) table(e *Element) Block {
	block := Block{Kind: TableBlock}
	n.rows(e, &block)
	return block
}

// rows gathers the rows of a table, whatever parts it is made of.
func (n *narrator) rows(e *Element, block *Block) {
	for c := range e.Elements() {
		n.inspect(c)
		switch name := strings.ToLower(c.Name.Local); {
		case activeElements[name] || name == "col" || name == "colgroup":
		case name == "caption":
			block.Text = n.plain(c)
		case name == "tr":
			block.Rows = append(block.Rows, n.cells(c))
		case name == "thead" || name == "tbody" || name == "tfoot":
			n.rows(c, block)
		default:
			if text := n.plain(c); text != "" {
				block.Rows = append(block.Rows, []Cell{{Text: text, Columns: 1, Rows: 1}})
			}
		}
	}
}

func (n *narrator) cells(row *Element) []Cell {
	var all []Cell
	for c := range row.Elements() {
		n.inspect(c)
		if activeElements[strings.ToLower(c.Name.Local)] {
			continue
		}
		all = append(all, Cell{n.plain(c), strings.EqualFold(c.Name.Local, "th"), spanOf(c, "colspan"), spanOf(c, "rowspan")})
	}
	return all
}

func spanOf(e *Element, name string) int {
	n, err := strconv.Atoi(attr(e, name))
	if err != nil {
		return 1
	}
	return min(max(n, 1), widestSpan)
}

func (n *narrator) figure(e *Element) Block {
	block := Block{Kind: Figure, Text: n.plain(e)}
	for id := range strings.FieldsSeq(e.Attr("referencedObject")) {
		if to := n.named[id]; to != nil {
			block.Refs = append(block.Refs, to.Path())
		}
	}
	return block
}

// spaced folds white space in text to single spaces, keeping that around words.
func spaced(s string) string {
	folded := strings.Join(strings.Fields(s), " ")
	if folded == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	if strings.TrimLeft(s, " \t\r\n") != s {
		folded = " " + folded
	}
	if strings.TrimRight(s, " \t\r\n") != s {
		folded += " "
	}
	return folded
}

// tidyLines folds white space within lines and drops empty ones.
func tidyLines(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
