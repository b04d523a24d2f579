package view

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/medward/medward/kit/sheet"
)

// decode turns a cell into text. It reports false for one that is none.
func (c Connection) decode(cell []byte) (string, bool) {
	switch c.Encoding {
	case GB18030:
		text, err := c.asStored(cell)
		if err != nil {
			return "", false
		}
		cell = text
	case Latin1GB18030:
		if !utf8.Valid(cell) {
			return "", false
		}
		stored, err := charmap.Windows1252.NewEncoder().Bytes(cell)
		if err != nil {
			return "", false
		}
		if cell, err = gb18030(stored); err != nil {
			return "", false
		}
	}
	return asText(cell)
}

// decodeName turns the name of a column into text: it may be in another encoding than
// what the column holds.
func (c Connection) decodeName(name []byte) (string, bool) {
	if c.Encoding != "" {
		if text, err := sheet.Text(name); err == nil {
			name = text
		}
	}
	return asText(name)
}

// asStored decodes bytes that the engine hands out as they are stored. Nothing is guessed:
// words such as 住院 are, in GB 18030, valid UTF-8 of something else. The drivers of SQL
// Server and Oracle have decoded already what their engine knows to be in GBK.
func (c Connection) asStored(cell []byte) ([]byte, error) {
	if c.Kind == Postgres || c.Kind == MySQL {
		return gb18030(cell)
	}
	return sheet.Text(cell)
}

func gb18030(stored []byte) ([]byte, error) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(stored)
	if err == nil && bytes.ContainsRune(text, utf8.RuneError) {
		err = sheet.ErrText
	}
	return text, err
}

func asText(cell []byte) (string, bool) {
	text := string(cell)
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unwritten) {
		return "", false
	}
	return strings.TrimSpace(text), true
}

// unwritten are characters that no person has written.
func unwritten(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }
