package view

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/medward/medward/kit/sheet"
)

// decode turns a cell into text. It reports false for one that is none.
func (c Connection) decode(cell []byte) (string, bool) {
	switch c.Encoding {
	case GB18030:
		text, err := sheet.Text(cell)
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
		if cell, err = sheet.Text(stored); err != nil {
			return "", false
		}
	}
	text := string(cell)
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unwritten) {
		return "", false
	}
	return strings.TrimSpace(text), true
}

// unwritten are characters that no person has written.
func unwritten(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f }
