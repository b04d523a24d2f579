package fhir

import (
	"bytes"
	"fmt"
	"io"
	"sort"

	"github.com/emmansun/gmsm/sm3"
)

// Form is how an input packs its resources.
type Form int

const (
	FormSingle Form = iota + 1 // one resource
	FormBundle                 // one Bundle
	FormNDJSON                 // one resource per line
)

// Input is one file or message, opened. It is safe for concurrent reading.
type Input struct {
	Form     Form
	Raw      []byte  // every byte received, a byte order mark included
	Bundle   *Bundle // set when Form is FormBundle
	Entries  []*Entry
	Rejected []Rejected // NDJSON lines that could not be read

	limits  Limits
	tape    *tape
	targets map[string]target
}

// Rejected is an NDJSON line that could not be read; the other lines stand.
type Rejected struct {
	Line    int // from 1
	Raw     []byte
	Problem Problem
}

// Digest is the SM3 digest (GB/T 32905) of Raw.
func (in *Input) Digest() [sm3.Size]byte { return sm3.Sum(in.Raw) }

// Open reads an input to its end and opens it; see [OpenBytes].
// A failure of r is returned wrapped, with a nil Input.
func Open(r io.Reader, limits Limits) (*Input, []Problem, error) {
	limit := limits.orDefault().Bytes
	raw, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, nil, fmt.Errorf("fhir: read input: %w", err)
	}
	return OpenBytes(raw, limits)
}

// OpenBytes opens one resource, one Bundle or NDJSON. The bytes are kept, not
// copied, and must not change afterwards.
//
// The error is a [*Refusal] when the content cannot be opened; its problem is
// then the last of the problems and the only fatal one, and the Input holds Raw
// and no entries, so that it can be quarantined by its digest. The other
// problems are those met while reading and in the frame of the Bundle; what
// concerns the content of an entry is told by [Check].
func OpenBytes(raw []byte, limits Limits) (*Input, []Problem, error) {
	limits = limits.orDefault()
	in := &Input{Raw: raw, limits: limits, tape: &tape{src: raw}}
	o := &opener{
		in: in, limits: limits,
		scanned:  &problemList{limit: limits.Problems},
		problems: &problemList{limit: limits.Problems},
	}
	refused := o.open()
	if refused != nil {
		in.Form, in.Bundle, in.Entries, in.Rejected = 0, nil, nil, nil
	}
	o.attribute()
	problems := append(o.scanned.items, o.problems.items...)
	if refused != nil {
		return in, append(problems, *refused), &Refusal{*refused}
	}
	return in, problems, nil
}

type opener struct {
	in       *Input
	limits   Limits
	scanned  *problemList // met by the scan, not yet given to an entry
	problems *problemList
}

func (o *opener) open() *Problem {
	raw := o.in.Raw
	if len(raw) > o.limits.Bytes {
		return refusal(CodeLimitBytes, o.limits.Bytes)
	}
	start, refused := sniff(raw)
	if refused != nil {
		return refused
	}
	o.in.tape.nodes = make([]node, 0, min(len(raw)/24+16, o.limits.Values))
	if isLines(raw[start:]) {
		o.in.Form = FormNDJSON
		refused = o.lines(start)
	} else {
		refused = o.document(start)
	}
	if refused == nil {
		o.in.index()
	}
	return refused
}

func refusal(c Code, args ...any) *Problem {
	p := problem(Fatal, c, place{entry: NoEntry}, args...)
	return &p
}

// scan reads the one JSON value between two offsets, after so many lines.
func (o *opener) scan(start, end, lines int) (value, *Problem) {
	root := uint32(len(o.in.tape.nodes))
	s := &scanner{
		tape: o.in.tape, src: o.in.Raw[:end], pos: start, from: start, line: lines,
		limits: o.limits, problems: o.scanned,
	}
	s.space()
	if s.value() {
		s.space()
		if s.pos == end {
			return o.in.tape.value(root), nil
		}
		s.syntax()
	}
	return value{}, s.refused
}

func (o *opener) document(start int) *Problem {
	root, refused := o.scan(start, len(o.in.Raw), 0)
	if refused != nil {
		return refused
	}
	if root.kind() != kindObject {
		return refusal(CodeNotObject)
	}
	kind, ok := root.member("resourceType")
	if !ok || kind.kind() != kindString {
		return refusal(CodeNoResourceType)
	}
	if kind.is("Bundle") {
		o.in.Form = FormBundle
		return o.bundle(root)
	}
	o.in.Form = FormSingle
	o.addResource(root)
	return nil
}

func (o *opener) lines(start int) *Problem {
	line := 0
	for start < len(o.in.Raw) {
		line++
		end := len(o.in.Raw)
		if n := bytes.IndexByte(o.in.Raw[start:], '\n'); n >= 0 {
			end = start + n
		}
		if len(bytes.TrimSpace(o.in.Raw[start:end])) > 0 {
			if refused := o.line(line, start, end); refused != nil {
				return refused
			}
		}
		start = end + 1
	}
	return nil
}

// line adds one NDJSON line as an entry. A limit refuses the whole input, any
// other fault only the line.
func (o *opener) line(number, start, end int) *Problem {
	if len(o.in.Entries)+len(o.in.Rejected) >= o.limits.Entries {
		return refusal(CodeLimitEntries, o.limits.Entries)
	}
	nodes, listed := len(o.in.tape.nodes), len(o.scanned.items)
	root, fault := o.scan(start, end, number-1)
	if fault != nil && fault.Code.isLimit() {
		return fault
	}
	if fault == nil && root.kind() != kindObject {
		fault = refusal(CodeNotObject)
	}
	if fault == nil && root.memberText("resourceType") == "" {
		fault = refusal(CodeNoResourceType)
	}
	if fault == nil {
		o.addResource(root)
		return nil
	}
	o.in.tape.nodes = o.in.tape.nodes[:nodes]
	o.scanned.items = o.scanned.items[:listed]
	fault.Severity, fault.Offset, fault.Path = Error, max(fault.Offset, start), ""
	o.problems.add(*fault)
	o.in.Rejected = append(o.in.Rejected, Rejected{Line: number, Raw: o.in.Raw[start:end:end], Problem: *fault})
	return nil
}

func (o *opener) addResource(root value) {
	o.entry().holds(root)
}

func (o *opener) entry() *Entry {
	e := &Entry{Index: len(o.in.Entries), input: o.in}
	o.in.Entries = append(o.in.Entries, e)
	return e
}

// attribute gives problems of the scan to the entry whose bytes they lie in,
// with the path from its resource.
func (o *opener) attribute() {
	entries := o.in.Entries
	for i := range o.scanned.items {
		p := &o.scanned.items[i]
		at := sort.Search(len(entries), func(i int) bool { return entries[i].spanEnd > p.Offset })
		switch {
		case at < len(entries) && entries[at].spanStart <= p.Offset:
			p.Entry = at
			p.Path = entries[at].relative(p.Path)
		case p.Path != "":
			p.Path = "Bundle." + p.Path
		}
	}
}
