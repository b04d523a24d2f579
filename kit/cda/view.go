package cda

import (
	"cmp"
	"strings"
)

// View is a document as a person reads it: text, rows and tables, and nothing that
// could act. Whoever shows it decides how it looks.
type View struct {
	Title    Text
	Header   []Row
	Parts    []Part
	Rest     []Row // what no typed view reads, under its path
	Findings []Finding
}

// Part is a section.
type Part struct {
	Title  Text
	Code   string
	Path   string
	Blocks []Block // the narrative that was signed
	Rows   []Row   // the entries
	Parts  []Part
}

// Row is one thing stated: what, how much, when.
type Row struct {
	Label   Text
	Value   Text
	Unit    string
	When    string
	Negated bool
	Code    string // of what is stated: DE04.01.119.00
	Coded   string // of the value, when it is a code
	Depth   int
	Path    string
}

// View gives a document as a person reads it.
func (d *Document) View() View {
	return d.view(d.Read())
}

func (d *Document) view(all Reading) View {
	w := &viewer{found: findings{limit: d.limits.Findings}, named: map[string]*Element{}}
	index := &reader{named: w.named}
	index.index(d.root)
	v := View{Title: titleOf(all.Header), Header: headerRows(all.Header)}
	if all.Body != nil {
		v.Parts = append(v.Parts, w.body(all.Body))
	}
	for _, s := range all.Sections {
		v.Parts = append(v.Parts, w.part(s))
	}
	for _, u := range all.Rest {
		if w.full(u.Element) {
			break
		}
		v.Rest = append(v.Rest, Row{Label: same(u.Element.Name.Local), Value: same(spelled(u)), Path: u.Element.Path()})
	}
	v.Findings = w.found.all
	return v
}

func titleOf(h Header) Text {
	if h.Title != "" {
		return same(h.Title)
	}
	if kind, known := KindOf(h.Code.Code); known {
		return same(kind.Title)
	}
	return same(h.Code.String())
}

// mostRows bounds the rows of a view: each names its place, which may be deep.
const mostRows = 20_000

type viewer struct {
	found findings
	named map[string]*Element
	rows  int
}

// full counts a row, and reports that no more are shown.
func (w *viewer) full(at *Element) bool {
	if w.rows++; w.rows == mostRows {
		w.found.add(Warn, RuleRows, at.Path)
	}
	return w.rows >= mostRows
}

func (w *viewer) narrate(e *Element) []Block {
	n := narrator{found: &w.found, named: w.named}
	return n.narrate(e)
}

// body is a body that is no CDA: text when it is text, otherwise an attachment.
func (w *viewer) body(e *Element) Part {
	p := Part{Title: Text{"正文", "Body"}, Path: e.Path()}
	if holdsData(e) {
		p.Blocks = []Block{{Kind: Figure, Refs: []string{e.Path()}}}
		return p
	}
	p.Blocks = w.narrate(e)
	return p
}

func (w *viewer) part(s Section) Part {
	p := Part{Title: sectionTitle(s.Code.Code, cmp.Or(s.Code.Name, s.Title)), Code: s.Code.Code, Path: s.Element.Path(), Blocks: w.narrate(s.Narrative)}
	if s.Title != "" {
		p.Title = same(s.Title)
	}
	for _, e := range s.Entries {
		w.entry(e, 0, &p.Rows)
	}
	for _, stated := range sectionRows(s) {
		stated.Path = p.Path
		p.Rows = append(p.Rows, stated)
	}
	for _, sub := range s.Sections {
		p.Parts = append(p.Parts, w.part(sub))
	}
	return p
}

func (w *viewer) entry(e Entry, depth int, into *[]Row) {
	if w.full(e.Element) {
		return
	}
	row := Row{Label: entryLabel(e), Code: e.Code.Code, When: e.Time.String(), Negated: e.Negated, Depth: depth, Path: e.Element.Path()}
	values := 0
	for _, v := range e.Values {
		if shown, said := valueRow(row, v); said {
			*into = append(*into, shown)
			translated(v.Code, shown, into)
			values++
		}
	}
	if values == 0 {
		row.Value = same(e.Text)
		if e.Text == "" && e.Null != "" {
			row.Value = nullWords(e.Null)
		}
		*into = append(*into, row)
	} else if e.Text != "" && e.Text != (*into)[len(*into)-1].Value.Zh {
		*into = append(*into, Row{Label: Text{"说明", "Text"}, Value: same(e.Text), Depth: depth + 1, Path: row.Path})
	}
	translated(e.Code, row, into)
	for _, d := range e.Details {
		if w.full(e.Element) {
			return
		}
		detail := Row{Label: detailLabel(d.Name), Depth: depth + 1, Path: row.Path}
		if d.Value.Element != nil {
			detail.Path = d.Value.Element.Path()
		}
		if shown, said := valueRow(detail, d.Value); said {
			*into = append(*into, shown)
			translated(d.Value.Code, shown, into)
		}
	}
	for _, sub := range e.Entries {
		w.entry(sub, depth+1, into)
	}
}

func entryLabel(e Entry) Text {
	code := e.Code
	if code.Name == "" && code.Original == "" {
		code.Name = ElementName(code.Code)
	}
	if label := code.told(); label != "" {
		return same(label)
	}
	return detailLabel(e.Class)
}

// translated adds what a code is in other systems.
func translated(c Code, under Row, into *[]Row) {
	for _, t := range c.Translations {
		if said := t.told(); said != "" {
			*into = append(*into, Row{Label: Text{"对照代码", "Also coded as"}, Value: same(said), Coded: t.Code, Depth: under.Depth + 1, Path: under.Path})
		}
	}
}

// valueRow fills a row with a value, if that says anything.
func valueRow(row Row, v Value) (Row, bool) {
	row.Value = same(v.String())
	switch {
	case v.Type == "BL" && v.Bool == "true":
		row.Value = Text{"是", "Yes"}
	case v.Type == "BL" && v.Bool == "false":
		row.Value = Text{"否", "No"}
	case v.Null != "" && v.String() == v.Null:
		row.Value = nullWords(v.Null)
	}
	if family(v.Type) == "PQ" || v.Quantity.Number != "" && family(v.Type) != "IVL_PQ" {
		row.Unit = v.Quantity.Unit
	}
	if v.Code.Code != row.Value.Zh {
		row.Coded = v.Code.Code
	}
	return row, row.Value.Zh != ""
}

var nullFlavors = map[string]Text{
	"NI": {"无信息", "No information"}, "UNK": {"不详", "Unknown"}, "ASKU": {"已询问，不详", "Asked, unknown"}, "NASK": {"未询问", "Not asked"},
	"NA": {"不适用", "Not applicable"}, "OTH": {"其他", "Other"}, "MSK": {"不予显示", "Masked"}, "NAV": {"暂缺", "Not available for now"},
}

func nullWords(flavor string) Text {
	if t, known := nullFlavors[flavor]; known {
		return t
	}
	return same(flavor)
}

// spelled is what stands in an element that nobody reads: attributes and text.
func spelled(u Unread) string {
	var said []string
	var spell func(*Element)
	spell = func(e *Element) {
		for i := range e.Attrs {
			if a := &e.Attrs[i]; a.Value != "" && !isDeclaration(a) && !structural[a.Name.Local] {
				said = append(said, a.Name.Local+"="+a.Value)
			}
		}
		if text := e.ownText(); text != "" {
			said = append(said, text)
		}
		for c := range e.Elements() {
			if u.Whole {
				spell(c)
			}
		}
	}
	spell(u.Element)
	return strings.Join(said, "; ")
}
