package fhir

import "bytes"

var byteOrderMark = []byte("\xEF\xBB\xBF")

// sniff finds where JSON begins, or names what the input is instead.
func sniff(raw []byte) (start int, refused *Problem) {
	switch {
	case bytes.HasPrefix(raw, []byte("\x1F\x8B")):
		return 0, refusal(CodeGzip)
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")), bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return 0, refusal(CodeEncoding)
	case bytes.HasPrefix(raw, byteOrderMark):
		start = len(byteOrderMark)
	}
	for start < len(raw) {
		switch raw[start] {
		case ' ', '\t', '\n', '\r':
			start++
		case '<':
			return 0, refusal(CodeXML)
		default:
			return start, nil
		}
	}
	return 0, refusal(CodeEmpty)
}

// isLines tells NDJSON from one JSON value: a line that ends an object followed
// by a line that begins one can never stand within a single value.
func isLines(raw []byte) bool {
	first, rest, found := bytes.Cut(raw, []byte("\n"))
	first, rest = bytes.TrimSpace(first), bytes.TrimSpace(rest)
	return found && len(first) > 0 && len(rest) > 0 &&
		first[0] == '{' && first[len(first)-1] == '}' && rest[0] == '{'
}
