package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/cda"
)

func textOf(t cda.Text) fault.Text { return fault.Text{ZH: t.Zh, EN: t.En} }

// sections are the parts of a document in their order, then what it carries, what its
// header says, and what no reader of it knows.
func (d *clinical) sections(attached []string) []record.Section {
	var all []record.Section
	add := func(key, title, text string) {
		key = clip(key, longestKey)
		for n, stem := 2, key; slices.ContainsFunc(all, func(s record.Section) bool { return s.Key == key }); n++ {
			key = stem + "-" + itoa(n)
		}
		all = append(all, record.Section{Key: key, Title: title, Text: text})
	}
	for _, p := range d.view.Parts {
		key := p.Code
		if key == "" {
			key = "part"
		}
		add(key, p.Title.Zh, d.toldPart(p))
	}
	add("cda.attachments", "附件", strings.Join(attached, "\n"))
	add("cda.header", "文档信息（来源系统提供，签名未经本院核验）", cda.Part{Rows: d.headerRows()}.Plain())
	add("cda.rest", "未识别的内容（按原样列出）", cda.Part{Rows: d.view.Rest}.Plain())
	return all
}

const longestKey = 50

// toldPart is a section as text: the narrative that was signed, what its entries say
// beyond it, and the sections in it.
func (d *clinical) toldPart(p cda.Part) string {
	var lines []string
	for _, b := range p.Blocks {
		if rows := toldTable(b); len(rows) > 0 {
			lines = append(append(lines, b.Text), rows...)
			continue
		}
		lines = append(lines, cda.Part{Blocks: []cda.Block{b}}.Plain())
	}
	narrative := joinLines(lines...)
	lines = []string{narrative, cda.Part{Rows: d.unsaid(p.Rows, narrative)}.Plain()}
	for _, sub := range p.Parts {
		if text := d.toldPart(sub); text != "" {
			lines = append(lines, sub.Title.Zh, text)
		}
	}
	return joinLines(lines...)
}

// toldTable tells each row of a table under the names of its columns, so that it can be
// read without being aligned; nothing for a table that does not name them.
func toldTable(b cda.Block) []string {
	if b.Kind != cda.TableBlock || len(b.Rows) < 2 || !slices.ContainsFunc(b.Rows[0], func(c cda.Cell) bool { return c.Head }) {
		return nil
	}
	head := b.Rows[0]
	var lines []string
	for _, row := range b.Rows {
		if slices.ContainsFunc(row, func(c cda.Cell) bool { return c.Columns > 1 || c.Rows > 1 }) || len(row) > len(head) {
			return nil
		}
	}
	for _, row := range b.Rows[1:] {
		var said []string
		for i, c := range row {
			if c.Text != "" {
				said = append(said, strings.TrimPrefix(head[i].Text+"："+c.Text, "："))
			}
		}
		lines = append(lines, strings.Join(said, "；"))
	}
	return filled(lines)
}

// enough is how many characters of a value tell by themselves that it was said.
const enough = 4

// unsaid are the entries that tell more than the narrative does, and are no attachments.
func (d *clinical) unsaid(rows []cda.Row, narrative string) []cda.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r cda.Row) bool {
		value := r.Value.Zh
		return d.encoded[unspaced(value)] || strings.Contains(narrative, value) && value != "" && !r.Negated &&
			(utf8.RuneCountInString(value) >= enough || strings.Contains(narrative, r.Label.Zh))
	})
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// written is what stands in an element beside its elements.
func written(e *cda.Element) string {
	var b strings.Builder
	for _, n := range e.Nodes {
		if n.Kind == cda.TextNode {
			b.WriteString(n.Text)
		}
	}
	return b.String()
}

// inTheRecord are rows that belong to the patient's own page, where who may see them
// whole is decided.
var inTheRecord = []string{"电话", "地址", "出生地", "籍贯", "户口地址"}

// headerRows are the rows of the header, without identity numbers and addresses.
func (d *clinical) headerRows() []cda.Row {
	rows := slices.Clone(d.view.Header)
	for i, r := range rows {
		if slices.Contains(inTheRecord, r.Label.Zh) || r.Code == cda.RootIDCard || r.Code == rootSocial {
			rows[i].Value = cda.Text{Zh: "（不在文书中显示，见原文）", En: "(not shown in the document, see the original)"}
		}
	}
	return rows
}
