package staff

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

// readSheet reads the table of a file: XLSX, or CSV in UTF-8 or GB18030. Nothing
// in it is evaluated.
func readSheet(file []byte) (sheet, error) {
	if len(file) > MaxRosterFile {
		return sheet{}, errRosterLarge.With()
	}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		s, err := readXLSX(file)
		if err != nil {
			return sheet{}, errRosterUnread.Because(err)
		}
		return s, nil
	}
	rows, err := readCSV(file)
	if err != nil {
		return sheet{}, errRosterUnread.Because(err)
	}
	return sheet{rows: rows}, nil
}

func readCSV(file []byte) ([][]string, error) {
	text := bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil {
			return nil, err
		}
		if bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, errors.New("staff: neither UTF-8 nor GB18030")
		}
		text = decoded
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord = -1
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
		for len(rows) < line-1 && len(rows) <= MaxRosterRows {
			rows = append(rows, nil) // blank lines keep the numbers of those after them
		}
		if rows = append(rows, row); len(rows) > MaxRosterRows+1 {
			return rows, nil
		}
	}
}

// What a workbook may unfold to, in bytes. It is never unfolded to a disk.
const maxUnfolded = 64 << 20

func readXLSX(file []byte) (sheet, error) {
	formulas, err := findFormulas(file)
	if err != nil {
		return sheet{}, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnfolded, UnzipXMLSizeLimit: maxUnfolded})
	if err != nil {
		return sheet{}, err
	}
	defer func() { _ = book.Close() }()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return sheet{}, err
	}
	defer func() { _ = rows.Close() }()
	s := sheet{formulas: formulas}
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return sheet{}, err
		}
		if s.rows = append(s.rows, cells); len(s.rows) > MaxRosterRows+1 {
			return s, nil
		}
	}
	return s, rows.Error()
}

// findFormulas returns the cells of a workbook that hold a formula, whatever sheet
// they are on: a value that somebody's program worked out is not a roster.
func findFormulas(file []byte) (map[[2]int]bool, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	found := map[[2]int]bool{}
	unfolded := int64(0)
	for _, part := range archive.File {
		if unfolded += int64(min(part.UncompressedSize64, maxUnfolded+1)); unfolded > maxUnfolded {
			return nil, errors.New("staff: the workbook unfolds to more than 64 MB")
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
