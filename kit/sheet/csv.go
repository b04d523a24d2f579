package sheet

import (
	"bytes"
	"strings"
)

// CSV returns the table as RFC 4180 has it, in UTF-8 with a byte order mark, because
// spreadsheets of the Windows of the wards take it for GBK otherwise. Every cell is
// quoted.
func CSV(t Table) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	mark := []string{"# " + t.Mark}
	line(&b, mark)
	line(&b, t.Head)
	for _, row := range t.Rows {
		line(&b, row)
	}
	line(&b, mark)
	return b.Bytes()
}

func line(b *bytes.Buffer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(strings.ReplaceAll(Safe(cell), `"`, `""`))
		b.WriteByte('"')
	}
	b.WriteString("\r\n")
}
