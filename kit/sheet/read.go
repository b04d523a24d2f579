package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Grid is a table of text as a file gave it. Nothing in it was evaluated.
type Grid struct {
	Rows [][]string
	// Formulas are the cells, by row and column from 1, that hold a formula.
	Formulas map[[2]int]bool
}

// maxUnfolded is what a workbook may unfold to, in bytes. It is never unfolded to a
// disk.
const maxUnfolded = 64 << 20

// ErrText is returned for what is no text in an encoding that is known.
var ErrText = errors.New("sheet: neither UTF-8 nor GB18030")

// Read reads the table of a file: XLSX, or CSV in UTF-8 or GB18030 with cells apart by
// comma. It stops after one row more than most, so that a caller sees that there were
// too many.
func Read(file []byte, most int, comma rune) (Grid, error) {
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return readXLSX(file, most)
	}
	rows, err := readCSV(file, most, comma)
	return Grid{Rows: rows}, err
}

// Text returns what is written in UTF-8, with or without a byte order mark, or in
// GB18030 as UTF-8.
func Text(file []byte) ([]byte, error) {
	text := bytes.TrimPrefix(file, []byte("\ufeff"))
	if utf8.Valid(text) {
		return text, nil
	}
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return nil, errors.Join(ErrText, err)
	}
	return decoded, nil
}

func readCSV(file []byte, most int, comma rune) ([][]string, error) {
	text, err := Text(file)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord, reader.Comma = -1, comma
	var rows [][]string
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		for len(rows) < line-1 && len(rows) < most {
			rows = append(rows, nil) // blank lines keep the numbers of those after them
		}
		if rows = append(rows, row); len(rows) > most {
			return rows, nil
		}
	}
}

func readXLSX(file []byte, most int) (Grid, error) {
	formulas, err := findFormulas(file)
	if err != nil {
		return Grid{}, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnfolded, UnzipXMLSizeLimit: maxUnfolded})
	if err != nil {
		return Grid{}, err
	}
	defer func() { _ = book.Close() }()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return Grid{}, err
	}
	defer func() { _ = rows.Close() }()
	g := Grid{Formulas: formulas}
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return Grid{}, err
		}
		if g.Rows = append(g.Rows, cells); len(g.Rows) > most {
			return g, nil
		}
	}
	return g, rows.Error()
}

// findFormulas returns the cells of a workbook that hold a formula, whatever sheet
// they are on: a value that somebody's program worked out is not what was written.
func findFormulas(file []byte) (map[[2]int]bool, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	found := map[[2]int]bool{}
	unfolded := int64(0)
	for _, part := range archive.File {
		if unfolded += int64(min(part.UncompressedSize64, maxUnfolded+1)); unfolded > maxUnfolded {
			return nil, errors.New("sheet: the workbook unfolds to more than 64 MB")
		}
		if ok, _ := path.Match("xl/worksheets/*.xml", part.Name); !ok {
			continue
		}
		if err := formulasIn(part, found); err != nil {
			return nil, fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return found, nil
}

func formulasIn(part *zip.File, found map[[2]int]bool) error {
	content, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	reader := xml.NewDecoder(io.LimitReader(content, maxUnfolded))
	cell := ""
	for {
		token, err := reader.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
		case start.Name.Local == "c":
			cell = attribute(start, "r")
		case start.Name.Local == "f":
			column, row, err := excelize.CellNameToCoordinates(strings.ToUpper(cell))
			if err != nil {
				return err
			}
			found[[2]int{row, column}] = true
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
