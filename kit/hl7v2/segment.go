package hl7v2

import (
	"bytes"
	"iter"
)

// Segment is one line of a message. Its bytes are the truth; fields are found in them
// when asked for.
type Segment struct {
	data []byte
	end  int
	d    *dialect
}

// Name returns the three-character name, or "" for a line that has none.
func (s *Segment) Name() string {
	if s.named() {
		return string(s.data[:3])
	}
	return ""
}

// Is reports whether the segment has this name.
func (s *Segment) Is(name string) bool {
	return s.named() && string(s.data[:3]) == name
}

func (s *Segment) named() bool {
	return s.end >= 3 && isSegmentName(s.data[:3]) && (s.end == 3 || s.data[3] == s.d.Field)
}

func isSegmentName(b []byte) bool {
	if len(b) != 3 || b[0] < 'A' || b[0] > 'Z' {
		return false
	}
	for _, c := range b[1:] {
		if (c < 'A' || c > 'Z') && !isDigit(c) {
			return false
		}
	}
	return true
}

// Bytes returns the segment as found, without its terminator.
func (s *Segment) Bytes() []byte { return bytes.Clone(s.data[:s.end]) }

// Terminator returns the line ends that follow the segment, blank lines included. It
// is empty when the message stops here.
func (s *Segment) Terminator() []byte { return bytes.Clone(s.data[s.end:]) }

// Field returns field n, counting from 1 as the standard does: MSH-1 is the field
// separator itself and MSH-2 the encoding characters.
func (s *Segment) Field(n int) Value {
	if n < 1 || !s.named() {
		return Value{d: s.d}
	}
	if s.isHeader() {
		if n <= 2 {
			return s.delimiterField(n)
		}
		n--
	}
	return Value{raw: s.d.part(s.data[:s.end], s.d.Field, n+1), d: s.d}
}

func (s *Segment) isHeader() bool { return string(s.data[:3]) == headerName }

func (s *Segment) delimiterField(n int) Value {
	v := Value{d: s.d, level: levelLiteral}
	if n == 1 {
		v.raw = s.data[3:4]
	} else {
		v.raw = s.d.part(s.data[4:s.end], s.d.Field, 1)
	}
	return v
}

// Fields yields every field with its number.
func (s *Segment) Fields() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if !s.named() || s.end == 3 {
			return
		}
		first, rest := 1, s.data[4:s.end]
		if s.isHeader() {
			if !yield(1, s.delimiterField(1)) || !yield(2, s.delimiterField(2)) {
				return
			}
			i := s.d.index(rest, s.d.Field)
			if i < 0 {
				return
			}
			first, rest = 3, rest[i+1:]
		}
		for n, raw := range s.d.parts(rest, s.d.Field) {
			if !yield(first+n-1, Value{raw: raw, d: s.d}) {
				return
			}
		}
	}
}

// Get reads a value of this segment by a reference such as 5.1 or 3(2).4.1. It panics
// on a reference that is not one.
func (s *Segment) Get(ref string) Value {
	p, err := parseReference(ref)
	if err != nil {
		panic(err)
	}
	return s.At(p)
}

// At reads the value that the field, repetition, component and subcomponent of p name.
func (s *Segment) At(p Path) Value {
	v := s.Field(p.Field)
	if p.Repetition > 0 || p.Component > 0 || p.Subcomponent > 0 {
		v = v.Repetition(max(p.Repetition, 1))
	}
	if p.Component > 0 || p.Subcomponent > 0 {
		v = v.Component(max(p.Component, 1))
	}
	if p.Subcomponent > 0 {
		v = v.Subcomponent(p.Subcomponent)
	}
	return v
}
