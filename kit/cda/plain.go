package cda

import "strings"

// Plain is a section as plain text in Chinese, with the sections in it: the narrative
// that was signed, and the entries when there is none. It is for whoever keeps
// documents as text; the view tells more.
func (p Part) Plain() string {
	var b strings.Builder
	p.write(&b)
	return strings.TrimRight(b.String(), "\n")
}

func (p Part) write(b *strings.Builder) {
	for _, block := range p.Blocks {
		block.write(b)
	}
	if b.Len() == 0 {
		for _, r := range p.Rows {
			r.write(b)
		}
	}
	for _, sub := range p.Parts {
		if text := sub.Plain(); text != "" {
			b.WriteString(sub.Title.Zh + "\n" + text + "\n")
		}
	}
}

// write puts a block on lines of its own: items behind dashes, cells between tabs.
func (block Block) write(b *strings.Builder) {
	if block.Text != "" {
		b.WriteString(block.Text + "\n")
	}
	for _, item := range block.Items {
		b.WriteString("- " + item + "\n")
	}
	for _, row := range block.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.ReplaceAll(c.Text, "\n", " "))
		}
		b.WriteByte('\n')
	}
}

// write puts a row on a line, if it says more than its label.
func (r Row) write(b *strings.Builder) {
	said := r.Value.Zh + r.Unit
	if r.When != "" {
		said += "（" + r.When + "）"
	}
	if r.Negated {
		said = "否认 " + said
	}
	if said != "" {
		b.WriteString(strings.Repeat("  ", r.Depth) + r.Label.Zh + "：" + said + "\n")
	}
}
