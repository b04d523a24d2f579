package fhir

import (
	"bytes"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	kindObject byte = iota + 1
	kindArray
	kindString
	kindNumber
	kindTrue
	kindFalse
	kindNull
)

const (
	flagEscaped byte = 1 << iota // holds a backslash escape
	flagBroken                   // holds invalid UTF-8
)

// node is one JSON value or member name. An object is followed by its names and
// values in turn, an array by its elements; next is the node after all of them.
type node struct {
	start, end uint32
	next       uint32
	kind       byte
	flags      byte
}

// tape is a whole input as a flat list of nodes over its bytes. It never
// changes after Open, so entries may be read concurrently.
type tape struct {
	src   []byte
	nodes []node
}

// value is one node of a tape.
type value struct {
	tape *tape
	at   uint32
}

func (t *tape) value(at uint32) value { return value{t, at} }

func (v value) node() node   { return v.tape.nodes[v.at] }
func (v value) kind() byte   { return v.tape.nodes[v.at].kind }
func (v value) offset() int  { return int(v.tape.nodes[v.at].start) }
func (v value) exists() bool { return v.tape != nil }

func (v value) raw() []byte {
	n := v.node()
	return v.tape.src[n.start:n.end:n.end]
}

func (v value) members() iter.Seq2[value, value] {
	return func(yield func(name, value value) bool) {
		end := v.node().next
		for at := v.at + 1; at < end; {
			content := value{v.tape, at + 1}
			if !yield(value{v.tape, at}, content) {
				return
			}
			at = content.node().next
		}
	}
}

func (v value) elements() iter.Seq2[int, value] {
	return func(yield func(int, value) bool) {
		end := v.node().next
		i := 0
		for at := v.at + 1; at < end; i++ {
			element := value{v.tape, at}
			if !yield(i, element) {
				return
			}
			at = element.node().next
		}
	}
}

// member is the first member of an object with that name.
func (v value) member(name string) (value, bool) {
	if v.tape == nil || v.kind() != kindObject {
		return value{}, false
	}
	for n, content := range v.members() {
		if n.is(name) {
			return content, true
		}
	}
	return value{}, false
}

// memberText is the text of a string member, or empty.
func (v value) memberText(name string) string {
	m, ok := v.member(name)
	if !ok || m.kind() != kindString {
		return ""
	}
	return m.text()
}

func (v value) empty() bool { return v.node().next == v.at+1 }

// inner is the bytes between the quotes of a string.
func (v value) inner() []byte {
	n := v.node()
	return v.tape.src[n.start+1 : n.end-1]
}

func (v value) is(text string) bool {
	if v.node().flags&flagEscaped == 0 {
		return string(v.inner()) == text
	}
	return v.text() == text
}

func (v value) sameText(o value) bool {
	if (v.node().flags|o.node().flags)&flagEscaped == 0 {
		return bytes.Equal(v.inner(), o.inner())
	}
	return v.text() == o.text()
}

// text is a string decoded. What is not Unicode becomes U+FFFD.
func (v value) text() string {
	n := v.node()
	inner := v.inner()
	if n.flags&flagBroken != 0 {
		inner = bytes.ToValidUTF8(inner, []byte("\uFFFD"))
	}
	if n.flags&flagEscaped == 0 {
		return string(inner)
	}
	return unescape(inner)
}

func unescape(s []byte) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			run := bytes.IndexByte(s[i:], '\\')
			if run < 0 {
				run = len(s) - i
			}
			out = append(out, s[i:i+run]...)
			i += run
			continue
		}
		c := s[i+1]
		i += 2
		switch c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, _ := hexRune(s, i)
			i += 4
			if utf16.IsSurrogate(r) {
				low, _ := trailingSurrogate(s, i)
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// hexRune reads the four hex digits of a \u escape.
func hexRune(s []byte, at int) (rune, bool) {
	if at+4 > len(s) {
		return 0, false
	}
	var r rune
	for _, c := range s[at : at+4] {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// trailingSurrogate reads a \u escape that may complete a surrogate pair.
func trailingSurrogate(s []byte, at int) (rune, bool) {
	if at+6 > len(s) || s[at] != '\\' || s[at+1] != 'u' {
		return 0, false
	}
	return hexRune(s, at+2)
}
