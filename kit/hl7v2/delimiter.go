package hl7v2

import "bytes"

// Delimiters are the separators a message declares in MSH-1 and MSH-2. A zero byte
// means that the message declares none for that level; it then never matches.
type Delimiters struct {
	Field, Component, Repetition, Escape, Subcomponent, Truncation byte
}

// StandardDelimiters are the separators recommended by the standard.
var StandardDelimiters = Delimiters{
	Field: '|', Component: '^', Repetition: '~', Escape: '\\', Subcomponent: '&',
}

// headerName is shared by everything that asks whether a line begins a message.
const headerName = "MSH"

// encoding returns MSH-2 as this message declares it.
func (d Delimiters) encoding() []byte {
	all := []byte{d.Component, d.Repetition, d.Escape, d.Subcomponent, d.Truncation}
	if end := bytes.IndexByte(all, 0); end >= 0 {
		all = all[:end]
	}
	return all
}

// readDelimiters takes the separators from the first line of a message, which must
// begin with MSH.
func readDelimiters(line []byte) (Delimiters, *Problem) {
	field := Path{Segment: headerName, Occurrence: 1, Field: 1}
	encoding := Path{Segment: headerName, Occurrence: 1, Field: 2}
	if len(line) < 4 {
		return Delimiters{}, newProblem(RuleDelimitersMissing, field, "")
	}
	sep := line[3]
	if !usableDelimiter(sep) {
		return Delimiters{}, newProblem(RuleDelimiterUnusable, field, "")
	}
	declared, _, _ := bytes.Cut(line[4:], line[3:4])
	if len(declared) == 0 {
		return Delimiters{}, newProblem(RuleDelimitersMissing, encoding, "")
	}
	if len(declared) > 5 {
		return Delimiters{}, newProblem(RuleDelimiterUnusable, encoding, "")
	}
	for i, c := range declared {
		if !usableDelimiter(c) {
			return Delimiters{}, newProblem(RuleDelimiterUnusable, encoding, "")
		}
		if c == sep || bytes.IndexByte(declared[:i], c) >= 0 {
			return Delimiters{}, newProblem(RuleDelimitersRepeated, encoding, "")
		}
	}
	var each [5]byte
	copy(each[:], declared)
	return Delimiters{
		Field: sep, Component: each[0], Repetition: each[1], Escape: each[2],
		Subcomponent: each[3], Truncation: each[4],
	}, nil
}

// usableDelimiter admits visible ASCII that no name, number or null can contain.
func usableDelimiter(c byte) bool {
	return c > ' ' && c < 0x7F && c != '"' && !isLetter(c) && !isDigit(c)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
