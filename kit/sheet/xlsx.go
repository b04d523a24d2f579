package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main        = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	office      = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packaged    = "http://schemas.openxmlformats.org/package/2006/"
	// maxName and maxHeader are what ECMA-376 allows.
	maxName   = 31
	maxHeader = 255
	// maxCell is what a cell may hold, in UTF-16 units; characters are counted as two.
	maxCell = 16_000
)

// XLSX returns the table as a workbook of one sheet (ECMA-376, transitional).
func XLSX(t Table) ([]byte, error) {
	var whole bytes.Buffer
	z := zip.NewWriter(&whole)
	for _, part := range []struct{ path, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations},
		{"docProps/core.xml", core(t.Mark)},
		{"xl/workbook.xml", workbook(t.Name)},
		{"xl/_rels/workbook.xml.rels", workbookRelations},
		{"xl/worksheets/sheet1.xml", worksheet(t)},
	} {
		w, err := z.Create(part.path)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(declaration + part.text)); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return whole.Bytes(), err
}

const contentTypes = `<Types xmlns="` + packaged + `content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
	`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const relations = `<Relationships xmlns="` + packaged + `relationships">` +
	`<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/>` +
	`<Relationship Id="rId2" Type="` + packaged + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const workbookRelations = `<Relationships xmlns="` + packaged + `relationships">` +
	`<Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`

func core(mark string) string {
	return `<cp:coreProperties xmlns:cp="` + packaged + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:identifier>` + escaped(mark) + `</dc:identifier><dc:description>` + escaped(mark) + `</dc:description></cp:coreProperties>`
}

func workbook(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, legible(name))
	if name = short(name, maxName); name == "" {
		name = "1"
	}
	return `<workbook xmlns="` + main + `" xmlns:r="` + office + `"><sheets><sheet name="` + escaped(name) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

func worksheet(t Table) string {
	var b strings.Builder
	b.WriteString(`<worksheet xmlns="` + main + `"><sheetData>`)
	n := 0
	row := func(cells []string) {
		n++
		fmt.Fprintf(&b, `<row r="%d">`, n)
		for i, cell := range cells {
			fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(i), n, escaped(short(legible(cell), maxCell)))
		}
		b.WriteString(`</row>`)
	}
	row(t.Head)
	for _, cells := range t.Rows {
		row(cells)
	}
	row([]string{t.Mark})
	printed := escaped(short(strings.ReplaceAll(legible(t.Mark), "&", "&&"), maxHeader-2))
	b.WriteString(`</sheetData><headerFooter><oddHeader>&amp;L` + printed + `</oddHeader><oddFooter>&amp;L` + printed + `</oddFooter></headerFooter></worksheet>`)
	return b.String()
}

// column names a column: A … Z, AA …
func column(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

func short(text string, limit int) string {
	if all := []rune(text); len(all) > limit {
		return string(all[:limit])
	}
	return text
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(legible(text))) // a builder takes everything
	return b.String()
}
