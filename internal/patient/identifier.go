package patient

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Identifiers that are found exactly, by the name of their column.
const (
	byRecord = "record"
	byID     = "id"
	byPhone  = "phone"
)

// plainNumber is an identifier as it is compared: however it was typed, wide or
// narrow, with spaces or hyphens. It is empty when nothing of a number is in it,
// so that two people whose number is "none" do not share one.
func plainNumber(column, value string) string {
	value = strings.ToUpper(width.Fold.String(value))
	keep := func(r rune) bool { return r < unicode.MaxASCII && (unicode.IsDigit(r) || unicode.IsUpper(r)) }
	switch column {
	case byRecord:
		keep = func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }
	case byPhone:
		keep = func(r rune) bool { return r < unicode.MaxASCII && unicode.IsDigit(r) }
	}
	value = strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, value)
	switch {
	case !strings.ContainsFunc(value, unicode.IsDigit):
		return ""
	case column == byPhone && len(value) == len("8613800000000"):
		return strings.TrimPrefix(value, "86")
	}
	return value
}
