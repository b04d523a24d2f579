package hl7v2

import (
	"fmt"
	"strconv"
	"strings"
)

// Path names a place in a message. Numbers count from 1; zero means left out.
type Path struct {
	Segment      string
	Occurrence   int
	Field        int
	Repetition   int
	Component    int
	Subcomponent int
}

// ParsePath reads SEG[occurrence]-field(repetition).component.subcomponent, of which
// everything after the segment may be left out from the right, and the brackets
// anywhere.
func ParsePath(text string) (Path, error) {
	segment, ref, hasField := strings.Cut(text, "-")
	var p Path
	if hasField {
		var err error
		if p, err = parseReference(ref); err != nil {
			return Path{}, pathError(text)
		}
	}
	name, occurrence, ok := cutBrackets(segment, "[", "]", MaxSegments)
	if !ok || !isSegmentName([]byte(name)) {
		return Path{}, pathError(text)
	}
	p.Segment, p.Occurrence = name, occurrence
	return p, nil
}

// parseReference reads field(repetition).component.subcomponent.
func parseReference(ref string) (Path, error) {
	parts := strings.Split(ref, ".")
	if len(parts) > 3 {
		return Path{}, pathError(ref)
	}
	field, repetition, ok := cutBrackets(parts[0], "(", ")", MaxIndex)
	if !ok {
		return Path{}, pathError(ref)
	}
	p := Path{Repetition: repetition}
	numbers := append([]string{field}, parts[1:]...)
	for i, into := range []*int{&p.Field, &p.Component, &p.Subcomponent}[:len(numbers)] {
		if *into, ok = parseIndex(numbers[i], MaxIndex); !ok {
			return Path{}, pathError(ref)
		}
	}
	return p, nil
}

func cutBrackets(text, open, shut string, limit int) (before string, n int, ok bool) {
	before, inside, found := strings.Cut(text, open)
	if !found {
		return text, 0, true
	}
	inside, closed := strings.CutSuffix(inside, shut)
	if !closed {
		return "", 0, false
	}
	n, ok = parseIndex(inside, limit)
	return before, n, ok
}

func parseIndex(text string, limit int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1 && n <= limit && isDigit(text[0])
}

func pathError(text string) error {
	return fmt.Errorf("hl7v2: path %q: write it as PID-5.1, PID-3(2).4.1 or OBX[3]-5, with numbers from 1 to %d", text, MaxIndex)
}

// String writes the path as ParsePath reads it.
func (p Path) String() string {
	var b strings.Builder
	b.WriteString(p.Segment)
	if p.Occurrence > 1 {
		fmt.Fprintf(&b, "[%d]", p.Occurrence)
	}
	if p.Field == 0 {
		return b.String()
	}
	fmt.Fprintf(&b, "-%d", p.Field)
	if p.Repetition > 0 {
		fmt.Fprintf(&b, "(%d)", p.Repetition)
	}
	if p.Component > 0 || p.Subcomponent > 0 {
		fmt.Fprintf(&b, ".%d", max(p.Component, 1))
	}
	if p.Subcomponent > 0 {
		fmt.Fprintf(&b, ".%d", p.Subcomponent)
	}
	return b.String()
}
