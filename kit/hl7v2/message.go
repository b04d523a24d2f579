package hl7v2

import (
	"bytes"
	"fmt"
)

// Message is one message as read or built. Its first segment is always MSH.
type Message struct {
	d        *dialect
	prefix   []byte
	segments []*Segment
	suffix   []byte
}

// Bytes writes the message. Unless something was set, these are the bytes parsed.
func (m *Message) Bytes() []byte {
	size := len(m.prefix) + len(m.suffix)
	for _, s := range m.segments {
		size += len(s.data)
	}
	out := make([]byte, 0, size)
	out = append(out, m.prefix...)
	for _, s := range m.segments {
		out = append(out, s.data...)
	}
	return append(out, m.suffix...)
}

// Segments returns all segments in order, MSH first. The slice belongs to the message.
func (m *Message) Segments() []*Segment { return m.segments }

// All returns the segments of one name in order.
func (m *Message) All(name string) []*Segment {
	var found []*Segment
	for _, s := range m.segments {
		if s.Is(name) {
			found = append(found, s)
		}
	}
	return found
}

// Segment returns the n-th segment of a name, counting from 1, or nil.
func (m *Message) Segment(name string, n int) *Segment {
	for _, s := range m.segments {
		if s.Is(name) {
			if n--; n == 0 {
				return s
			}
		}
	}
	return nil
}

// Get reads the value at a path such as PID-3(2).4.1 or OBX[3]-5. Numbers left out in
// the middle mean the first; levels left out at the end mean the whole. It panics on a
// path that is not one: paths that come from outside go through [ParsePath] and [Message.At].
func (m *Message) Get(path string) Value {
	p, err := ParsePath(path)
	if err != nil {
		panic(err)
	}
	return m.At(p)
}

// At reads the value at a path. A place that the message does not have is absent.
func (m *Message) At(p Path) Value {
	s := m.Segment(p.Segment, max(p.Occurrence, 1))
	if s == nil {
		return Value{d: m.d}
	}
	return s.At(p)
}

// Only returns a message with the header and those of the segments that are to be
// kept. It shares them with m.
func (m *Message) Only(keep func(*Segment) bool) *Message {
	part := &Message{d: m.d, segments: m.segments[:1:1]}
	for _, s := range m.segments[1:] {
		if keep(s) {
			part.segments = append(part.segments, s)
		}
	}
	return part
}

// Append adds an empty segment at the end.
func (m *Message) Append(name string) (*Segment, error) {
	if !isSegmentName([]byte(name)) || name == headerName {
		return nil, fmt.Errorf("hl7v2: append segment %q: a name is three capital letters or digits and not MSH", name)
	}
	if len(m.segments) >= MaxSegments {
		return nil, newProblem(RuleSegmentsTooMany, Path{Segment: name}, "")
	}
	terminator := m.terminator()
	if last := m.segments[len(m.segments)-1]; last.end == len(last.data) {
		last.data = append(bytes.Clone(last.data), terminator...)
	}
	s := &Segment{data: append([]byte(name), terminator...), end: len(name), d: m.d}
	m.segments = append(m.segments, s)
	return s, nil
}

// terminator is how this message ends its segments: as its first one does.
func (m *Message) terminator() []byte {
	switch found := m.segments[0].Terminator(); {
	case bytes.HasPrefix(found, []byte("\r\n")):
		return found[:2]
	case len(found) > 0:
		return found[:1]
	}
	return []byte{'\r'}
}

// Charset is the character set the message is in.
func (m *Message) Charset() Charset { return m.d.charset }

// Delimiters are the separators the message declares.
func (m *Message) Delimiters() Delimiters { return m.d.Delimiters }

// HasBOM reports whether a byte order mark stood before the message.
func (m *Message) HasBOM() bool { return bytes.Contains(m.prefix, utf8BOM) }

// IsFramed reports whether the message carries MLLP start and end bytes.
func (m *Message) IsFramed() bool {
	return bytes.IndexByte(m.prefix, mllpStart) >= 0 && bytes.IndexByte(m.suffix, mllpEnd) >= 0
}

// Frame wraps a written message for MLLP: 0x0B, the bytes, 0x1C 0x0D.
func Frame(message []byte) []byte {
	out := make([]byte, 0, len(message)+3)
	out = append(out, mllpStart)
	out = append(out, message...)
	return append(out, mllpEnd, '\r')
}
