package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table is what is written. Rows may be of any length; what is missing is empty.
type Table struct {
	Name string   // of the sheet in XLSX
	Head []string // of the columns
	Rows [][]string
	Mark string // one line; written first and last in CSV, and last in XLSX
}

// Safe is a cell as it is written to CSV: text that no program evaluates.
func Safe(cell string) string {
	cell = legible(cell)
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, blank)); begins(first) || cell != strings.TrimLeftFunc(cell, control) {
		return "'" + cell
	}
	return cell
}

// begins reports whether a program may take what begins so for a formula.
func begins(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠|%", r) }

func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

func control(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// legible is text that both forms can hold: what is not text, and characters that XML
// has no place for, are shown as such.
func legible(cell string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' {
			return r
		}
		if r < 0x20 || r == 0x7f || r >= 0xfffe && r <= 0xffff || r == utf8.RuneError {
			return utf8.RuneError
		}
		return r
	}, strings.ReplaceAll(cell, "\r\n", "\n"))
}
