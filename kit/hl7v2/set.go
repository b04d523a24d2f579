package hl7v2

import (
	"fmt"
	"unicode/utf8"
)

// Set writes text at a path, escaped and in the message's character set. Missing
// fields, repetitions and components before it are added empty; the segment must
// exist. Line ends become \.br\. Empty text makes the place absent.
//
// MSH-1, MSH-2 and MSH-18 cannot be set: every other byte of the message depends on
// them. A message whose character set was guessed keeps that guess; its reader must
// guess alike.
func (m *Message) Set(path, text string) error {
	s, p, err := m.target(path)
	if err != nil {
		return err
	}
	return s.setText(p, text)
}

// SetNull writes the explicit null "" at a path: the receiver is to delete what it has.
func (m *Message) SetNull(path string) error {
	s, p, err := m.target(path)
	if err != nil {
		return err
	}
	return s.splice(p, null)
}

func (m *Message) target(path string) (*Segment, Path, error) {
	p, err := ParsePath(path)
	if err != nil {
		return nil, p, err
	}
	s := m.Segment(p.Segment, max(p.Occurrence, 1))
	if s == nil {
		return nil, p, fmt.Errorf("hl7v2: set %s: the message has no such segment; append it first", p)
	}
	return s, p, nil
}

// Set writes text at a reference within the segment, such as 5.1; see [Message.Set].
func (s *Segment) Set(ref, text string) error {
	p, err := s.reference(ref)
	if err != nil {
		return err
	}
	return s.setText(p, text)
}

// SetNull writes the explicit null at a reference within the segment.
func (s *Segment) SetNull(ref string) error {
	p, err := s.reference(ref)
	if err != nil {
		return err
	}
	return s.splice(p, null)
}

func (s *Segment) reference(ref string) (Path, error) {
	p, err := parseReference(ref)
	p.Segment = s.Name()
	return p, err
}

func (s *Segment) setText(p Path, text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("hl7v2: set %s: the text is not valid UTF-8", p)
	}
	escaped, err := s.d.escape(text)
	if err != nil {
		return fmt.Errorf("hl7v2: set %s: %w", p, err)
	}
	raw, err := s.d.charset.encode(escaped)
	if err != nil {
		return newProblem(RuleNotRepresentable, p, string(s.d.charset))
	}
	return s.splice(p, raw)
}

// splice puts raw bytes in the place p names, where a caller may.
func (s *Segment) splice(p Path, raw []byte) error {
	switch {
	case p.Field < 1:
		return fmt.Errorf("hl7v2: set %s: name a field", p)
	case !s.named():
		return fmt.Errorf("hl7v2: set field %d: the line has no segment name", p.Field)
	case s.isHeader() && (p.Field <= 2 || p.Field == 18):
		return fmt.Errorf("hl7v2: set %s: delimiters and character set are fixed when a message is made", p)
	}
	return s.put(p, raw)
}

// put leaves every byte outside the place p names as it was.
func (s *Segment) put(p Path, raw []byte) error {
	piece := p.Field + 1
	if s.isHeader() {
		piece = p.Field
	}
	content, err := s.d.replace(s.data[:s.end], s.d.Field, piece, func(field []byte) ([]byte, error) {
		return s.d.replaceIn(field, levelRepetition, p, raw)
	})
	if err != nil {
		return fmt.Errorf("hl7v2: set %s: %w", p, err)
	}
	s.data, s.end = append(content, s.data[s.end:]...), len(content)
	return nil
}

// replaceIn goes down level by level until p names nothing deeper.
func (d *dialect) replaceIn(b []byte, to level, p Path, raw []byte) ([]byte, error) {
	var n, deepest int
	switch to {
	case levelRepetition:
		n, deepest = p.Repetition, max(p.Repetition, p.Component, p.Subcomponent)
	case levelComponent:
		n, deepest = p.Component, max(p.Component, p.Subcomponent)
	case levelSubcomponent:
		n, deepest = p.Subcomponent, p.Subcomponent
	}
	if deepest == 0 {
		return raw, nil
	}
	return d.replace(b, d.separator(to), max(n, 1), func(inner []byte) ([]byte, error) {
		return d.replaceIn(inner, to+1, p, raw)
	})
}
