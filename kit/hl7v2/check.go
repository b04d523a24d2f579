package hl7v2

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

var versions = map[string]bool{
	"2.1": true, "2.2": true, "2.3": true, "2.3.1": true, "2.4": true, "2.5": true, "2.5.1": true,
	"2.6": true, "2.7": true, "2.7.1": true, "2.8": true, "2.8.1": true, "2.8.2": true, "2.9": true, "2.9.1": true,
}

// timeFields are the fields of everyday segments that hold one point in time.
var timeFields = map[string][]int{
	"EVN": {2, 3, 6}, "PID": {7, 29}, "PV1": {44, 45}, "PV2": {8, 9}, "NK1": {16},
	"ORC": {9, 15}, "OBR": {6, 7, 8, 14, 22}, "OBX": {14, 19}, "TXA": {4, 6, 7, 8},
	"DG1": {5}, "AL1": {6}, "IN1": {12, 13}, "PR1": {5},
}

// Check reports what is not well formed in a parsed message, in its order. It judges
// the encoding and the header, not whether the message makes sense.
func Check(m *Message) []Problem {
	r := &report{}
	checkEncoding(r, m)
	checkHeader(r, m)
	seen := make(map[string]int)
	offset := len(m.prefix)
	for i, s := range m.segments {
		name := s.Name()
		seen[name]++
		c := checker{report: r, segment: s, at: Path{Segment: name, Occurrence: seen[name]}, line: i + 1, offset: offset}
		c.run()
		offset += len(s.data)
	}
	return r.problems
}

func checkEncoding(r *report, m *Message) {
	charset := Path{Segment: headerName, Occurrence: 1, Field: 18}
	header := m.segments[0]
	if len(m.d.encoding()) < 4 {
		r.add(newProblem(RuleDelimitersUnusual, Path{Segment: headerName, Occurrence: 1, Field: 2}, ""))
	}
	if m.d.guessed {
		r.add(newProblem(RuleCharsetGuessed, charset, ""))
	} else if m.looksLikeUTF8() {
		r.add(newProblem(RuleCharsetDoubtful, charset, ""))
	}
	if header.Field(18).Repetition(2).IsPresent() {
		r.add(newProblem(RuleCharsetAlternates, charset, ""))
	}
}

func (m *Message) looksLikeUTF8() bool {
	if m.d.charset != GB18030 && m.d.charset != Latin1 {
		return false
	}
	high := false
	for _, s := range m.segments {
		if !utf8.Valid(s.data) {
			return false
		}
		high = high || firstHigh(s.data) >= 0
	}
	return high
}

func checkHeader(r *report, m *Message) {
	h := m.Header()
	at := func(field, component int) Path {
		return Path{Segment: headerName, Occurrence: 1, Field: field, Component: component}
	}
	if h.Sent != "" {
		if _, err := ParseTime(h.Sent, nil); err != nil {
			r.add(newProblem(RuleTimeMalformed, at(7, 0), ""))
		}
	}
	if h.Type == "" {
		r.add(newProblem(RuleTypeMissing, at(9, 1), ""))
	}
	if h.Trigger == "" && h.Type != "ACK" {
		r.add(newProblem(RuleTriggerMissing, at(9, 2), ""))
	}
	if h.ControlID == "" {
		r.add(newProblem(RuleControlIDMissing, at(10, 0), ""))
	}
	if h.Processing == "" {
		r.add(newProblem(RuleProcessingMissing, at(11, 0), ""))
	}
	if h.Version == "" {
		r.add(newProblem(RuleVersionMissing, at(12, 0), ""))
	} else if !versions[h.Version] {
		r.add(newProblem(RuleVersionUnknown, at(12, 0), ""))
	}
}

// checker looks at one segment.
type checker struct {
	report  *report
	segment *Segment
	at      Path
	line    int
	offset  int
}

func (c *checker) add(rule Rule, at Path) {
	p := newProblem(rule, at, "")
	p.Line, p.Offset = c.line, c.offset
	c.report.add(p)
}

func (c *checker) run() {
	if c.at.Segment == "" {
		c.add(RuleSegmentName, Path{})
	}
	if hasControl(c.segment.data[:c.segment.end]) {
		c.add(RuleControlCharacter, c.at)
	}
	c.escapes()
	for _, n := range timeFields[c.at.Segment] {
		c.time(n, c.segment.Field(n))
	}
	if c.at.Segment == "OBX" {
		switch c.segment.Field(2).Text() {
		case "TS", "DTM", "DT":
			c.time(5, c.segment.Field(5))
		}
	}
}

func hasControl(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' || c == 0x7F {
			return true
		}
	}
	return false
}

func (c *checker) time(field int, v Value) {
	v = v.Component(1)
	if !v.IsPresent() {
		return
	}
	if _, err := v.Time(nil); err != nil {
		at := c.at
		at.Field = field
		c.add(RuleTimeMalformed, at)
	}
}

// escapes reports each kind of doubtful escape once per field.
func (c *checker) escapes() {
	d := c.segment.d
	if d.Escape == 0 || bytes.IndexByte(c.segment.data, d.Escape) < 0 {
		return
	}
	for n, field := range c.segment.Fields() {
		if field.level == levelLiteral || bytes.IndexByte(field.raw, d.Escape) < 0 {
			continue
		}
		found := d.escapeKinds(field)
		at := c.at
		at.Field = n
		if found[escapeUnknown] {
			c.add(RuleEscapeUnknown, at)
		}
		if found[escapeUnterminated] {
			c.add(RuleEscapeUnterminated, at)
		}
	}
}

func (d *dialect) escapeKinds(field Value) (found [3]bool) {
	separators := make([]byte, 0, 3)
	for _, c := range []byte{d.Repetition, d.Component, d.Subcomponent} {
		if c != 0 {
			separators = append(separators, c)
		}
	}
	note := func(_ string, kind escapeKind) { found[kind] = true }
	for text, more := field.Raw(), true; more; {
		leaf := text
		i := strings.IndexAny(text, string(separators))
		if more = i >= 0; more {
			leaf, text = text[:i], text[i+1:]
		}
		d.walkEscapes(leaf, func(string) {}, note)
	}
	return found
}
