package fhir

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads JSON once, strictly by RFC 8259, into the flat node list of a
// tape. A fault of syntax or a limit stops it; duplicate names and broken
// Unicode are reported and passed over.
type scanner struct {
	tape     *tape
	src      []byte
	pos      int
	from     int // where the document begins in src
	line     int // lines before it
	limits   Limits
	depth    int
	path     []step
	names    []uint32
	problems *problemList
	refused  *Problem
}

// step is a member (by the node of its name, 0 before the first) or an array
// element (by index).
type step struct {
	name  uint32
	index int
	array bool
}

const quickNames = 16

func (s *scanner) space() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) refuse(c Code, args ...any) bool {
	p := problem(Fatal, c, s.place(s.pos), args...)
	s.refused = &p
	return false
}

func (s *scanner) report(c Code, offset int) {
	if !s.problems.full() {
		s.problems.add(problem(Error, c, s.place(offset)))
	}
}

func (s *scanner) syntax() bool {
	line, column := lineColumn(s.src[s.from:min(s.pos, len(s.src))])
	line += s.line
	if s.pos >= len(s.src) {
		return s.refuse(CodeTruncated, line)
	}
	return s.refuse(CodeSyntax, line, column)
}

func (s *scanner) place(offset int) place {
	return place{entry: NoEntry, path: s.pathText(), offset: offset}
}

func (s *scanner) pathText() string {
	var b strings.Builder
	for _, st := range s.path {
		if st.array {
			b.WriteString("[" + strconv.Itoa(st.index) + "]")
			continue
		}
		if st.name == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(pathName(s.tape.value(st.name).text()))
	}
	return b.String()
}

func (s *scanner) open(kind byte) (uint32, bool) {
	n := len(s.tape.nodes)
	if n >= s.limits.Values {
		return 0, s.refuse(CodeLimitValues, s.limits.Values)
	}
	s.tape.nodes = append(s.tape.nodes, node{start: uint32(s.pos), kind: kind})
	return uint32(n), true
}

func (s *scanner) close(at uint32) {
	n := &s.tape.nodes[at]
	n.end = uint32(s.pos)
	n.next = uint32(len(s.tape.nodes))
}

func (s *scanner) value() bool {
	if s.pos >= len(s.src) {
		return s.syntax()
	}
	switch c := s.src[s.pos]; c {
	case '{':
		return s.nested(kindObject, s.members)
	case '[':
		return s.nested(kindArray, s.elements)
	case '"':
		_, ok := s.string()
		return ok
	case 't':
		return s.literal("true", kindTrue)
	case 'f':
		return s.literal("false", kindFalse)
	case 'n':
		return s.literal("null", kindNull)
	default:
		if c == '-' || isDigit(c) {
			return s.number()
		}
		return s.syntax()
	}
}

func (s *scanner) nested(kind byte, content func() bool) bool {
	if s.depth >= s.limits.Depth {
		return s.refuse(CodeLimitDepth, s.limits.Depth)
	}
	at, ok := s.open(kind)
	if !ok {
		return false
	}
	s.pos++
	s.depth++
	s.path = append(s.path, step{array: kind == kindArray})
	if !content() {
		return false
	}
	s.path = s.path[:len(s.path)-1]
	s.depth--
	s.close(at)
	return true
}

func (s *scanner) members() bool {
	base := len(s.names)
	s.space()
	if s.skip('}') {
		return true
	}
	for {
		if s.pos >= len(s.src) || s.src[s.pos] != '"' {
			return s.syntax()
		}
		name, ok := s.string()
		if !ok {
			return false
		}
		s.names = append(s.names, name)
		s.path[len(s.path)-1].name = name
		s.space()
		if !s.skip(':') {
			return s.syntax()
		}
		s.space()
		if !s.value() {
			return false
		}
		s.space()
		if s.skip(',') {
			s.space()
			continue
		}
		if !s.skip('}') {
			return s.syntax()
		}
		s.duplicates(s.names[base:])
		s.names = s.names[:base]
		return true
	}
}

func (s *scanner) elements() bool {
	s.space()
	if s.skip(']') {
		return true
	}
	for {
		if !s.value() {
			return false
		}
		s.space()
		if s.skip(',') {
			s.path[len(s.path)-1].index++
			s.space()
			continue
		}
		if !s.skip(']') {
			return s.syntax()
		}
		return true
	}
}

func (s *scanner) skip(c byte) bool {
	if s.pos < len(s.src) && s.src[s.pos] == c {
		s.pos++
		return true
	}
	return false
}

func (s *scanner) duplicates(names []uint32) {
	if len(names) <= quickNames {
		for i := 1; i < len(names); i++ {
			for j := range i {
				if s.tape.value(names[i]).sameText(s.tape.value(names[j])) {
					s.duplicate(names[i])
					break
				}
			}
		}
		return
	}
	seen := make(map[string]struct{}, len(names))
	for _, n := range names {
		text := s.tape.value(n).text()
		if _, twice := seen[text]; twice {
			s.duplicate(n)
		}
		seen[text] = struct{}{}
	}
}

func (s *scanner) duplicate(name uint32) {
	s.path[len(s.path)-1].name = name
	s.report(CodeDuplicate, int(s.tape.nodes[name].start))
}

// plain marks the bytes of a string that need no look: printable ASCII.
var plain = func() (t [256]bool) {
	for c := 0x20; c < 0x80; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

func (s *scanner) string() (uint32, bool) {
	at, ok := s.open(kindString)
	if !ok {
		return 0, false
	}
	start := s.pos
	s.pos++
	wide := false
	for {
		for s.pos < len(s.src) && plain[s.src[s.pos]] {
			s.pos++
		}
		if s.pos-start > s.limits.String {
			return 0, s.refuse(CodeLimitString, s.limits.String)
		}
		if s.pos >= len(s.src) {
			return 0, s.syntax()
		}
		switch c := s.src[s.pos]; {
		case c == '"':
			s.pos++
			s.close(at)
			if wide && !utf8.Valid(s.src[start:s.pos]) {
				s.tape.nodes[at].flags |= flagBroken
				s.report(CodeUTF8, start)
			}
			return at, true
		case c == '\\':
			s.tape.nodes[at].flags |= flagEscaped
			if !s.escape() {
				return 0, false
			}
		case c < 0x20:
			return 0, s.syntax()
		default:
			wide = true
			s.pos++
		}
	}
}

func (s *scanner) escape() bool {
	s.pos++
	if s.pos >= len(s.src) {
		return s.syntax()
	}
	switch s.src[s.pos] {
	case '"', '\\', '/', 'n', 'r', 't':
		s.pos++
		return true
	case 'b', 'f':
		s.report(CodeControl, s.pos-1)
		s.pos++
		return true
	case 'u':
		return s.escapedRune()
	}
	return s.syntax()
}

func (s *scanner) escapedRune() bool {
	start := s.pos - 1
	r, ok := hexRune(s.src, s.pos+1)
	if !ok {
		return s.syntax()
	}
	s.pos += 5
	if utf16.IsSurrogate(r) {
		low, paired := trailingSurrogate(s.src, s.pos)
		if utf16.DecodeRune(r, low) == utf8.RuneError || !paired {
			s.report(CodeUTF8, start)
			return true
		}
		s.pos += 6
		return true
	}
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' {
		s.report(CodeControl, start)
	}
	return true
}

func (s *scanner) number() bool {
	at, ok := s.open(kindNumber)
	if !ok {
		return false
	}
	start := s.pos
	s.skip('-')
	if !s.skip('0') && !s.digits(start) {
		return s.stopped()
	}
	if s.skip('.') && !s.digits(start) {
		return s.stopped()
	}
	if s.skip('e') || s.skip('E') {
		if !s.skip('+') {
			s.skip('-')
		}
		if !s.digits(start) {
			return s.stopped()
		}
	}
	s.close(at)
	return true
}

func (s *scanner) digits(numberStart int) bool {
	first := s.pos
	for s.pos < len(s.src) && isDigit(s.src[s.pos]) {
		s.pos++
		if s.pos-numberStart > s.limits.Number {
			return s.refuse(CodeLimitNumber, s.limits.Number)
		}
	}
	return s.pos > first
}

// stopped ends a scan that a limit may already have refused.
func (s *scanner) stopped() bool {
	if s.refused != nil {
		return false
	}
	return s.syntax()
}

func (s *scanner) literal(word string, kind byte) bool {
	if string(s.src[s.pos:min(s.pos+len(word), len(s.src))]) != word {
		return s.syntax()
	}
	at, ok := s.open(kind)
	if !ok {
		return false
	}
	s.pos += len(word)
	s.close(at)
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// lineColumn is where the byte after before stands, from 1.
func lineColumn(before []byte) (line, column int) {
	line, column = 1, 1
	for _, c := range before {
		column++
		if c == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}
