package dicom

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
)

// File is what a file says before its pixels.
type File struct {
	Meta     Dataset // group 0002
	Data     Dataset
	Syntax   Syntax
	Pixels   bool // pixels follow
	Findings []Finding
}

// Read reads a Part 10 file up to its pixels; the reader is left somewhere behind that
// place. The error is a [*Refusal].
func Read(r io.Reader, limits Limits) (*File, error) {
	s := &scanner{in: bufio.NewReader(r), limits: limits.orDefault()}
	f, refusal := s.file()
	if refusal != nil {
		return nil, refusal
	}
	f.Findings = s.findings
	return f, nil
}

// Looks reports bytes that begin like a Part 10 file.
func Looks(head []byte) bool { return len(head) >= 132 && string(head[128:132]) == "DICM" }

// scanner reads elements and counts what they cost.
type scanner struct {
	in       *bufio.Reader
	limits   Limits
	at       int64 // bytes read
	elements int
	order    binary.ByteOrder
	implicit bool
	path     string // of the sequence that is read
	findings []Finding
}

func (s *scanner) refuse(rule Rule, t Tag) *Refusal {
	return &Refusal{Finding: rule.finding(s.placed(t), s.at)}
}

func (s *scanner) placed(t Tag) string {
	if s.path == "" {
		return t.String()
	}
	return s.path + "/" + t.String()
}

func (s *scanner) found(rule Rule, t Tag, offset int64) {
	if len(s.findings) < s.limits.Findings {
		s.findings = append(s.findings, rule.finding(s.placed(t), offset))
	}
}

// failed tells why reading went no further.
func (s *scanner) failed(err error, t Tag) *Refusal {
	rule := RuleRead
	var damaged flate.CorruptInputError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		rule = RuleTruncated
	case errors.As(err, &damaged):
		rule = RuleDeflate
	}
	r := s.refuse(rule, t)
	r.cause = err
	return r
}

// take reads n bytes, of which there are few: a long value is passed over.
func (s *scanner) take(n int, t Tag) ([]byte, *Refusal) {
	if s.at+int64(n) > s.limits.Bytes {
		return nil, s.refuse(RuleBytes, t)
	}
	b := make([]byte, n)
	read, err := io.ReadFull(s.in, b)
	s.at += int64(read)
	if err != nil {
		return nil, s.failed(err, t)
	}
	return b, nil
}

func (s *scanner) pass(n int64, t Tag) *Refusal {
	if n > s.limits.Bytes-s.at {
		return s.refuse(RuleBytes, t)
	}
	passed, err := io.CopyN(io.Discard, s.in, n)
	s.at += passed
	if err != nil {
		return s.failed(err, t)
	}
	return nil
}

// more reports that another element follows.
func (s *scanner) more() (bool, *Refusal) {
	_, err := s.in.Peek(1)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, s.failed(err, 0)
	}
	return true, nil
}

func (s *scanner) file() (*File, *Refusal) {
	head, refusal := s.take(132, 0)
	if refusal != nil && refusal.Finding.Rule != RuleTruncated {
		return nil, refusal
	}
	if !Looks(head) {
		return nil, s.refuse(RulePart10, 0)
	}
	f := &File{}
	s.order = binary.LittleEndian
	if refusal := s.meta(&f.Meta); refusal != nil {
		return nil, refusal
	}
	f.Syntax = syntaxOf(f.Meta.Text(TransferSyntax))
	if f.Syntax.UID == "" {
		return nil, s.refuse(RuleMissing, TransferSyntax)
	}
	s.order, s.implicit = f.Syntax.order(), f.Syntax.Implicit
	if f.Syntax.Deflated {
		s.in = bufio.NewReader(flate.NewReader(s.in))
	}
	f.Data.order = s.order
	return f, s.data(f)
}

// meta reads group 0002, which is explicit and little endian in every file.
func (s *scanner) meta(d *Dataset) *Refusal {
	d.order = binary.LittleEndian
	for s.inMeta() {
		t, refusal := s.tag()
		if refusal != nil {
			return refusal
		}
		if refusal := s.element(d, t, nobody, 0); refusal != nil {
			return refusal
		}
	}
	return nil
}

func (s *scanner) inMeta() bool {
	group, err := s.in.Peek(2)
	return err == nil && binary.LittleEndian.Uint16(group) == 2
}

func (s *scanner) data(f *File) *Refusal {
	for {
		more, refusal := s.more()
		if !more {
			return refusal
		}
		t, refusal := s.tag()
		if refusal != nil {
			return refusal
		}
		if t >= TagOf(0x7FE0, 0x0008) && t <= TagOf(0x7FE0, 0x0010) {
			f.Pixels = true
			return nil
		}
		if refusal := s.element(&f.Data, t, nobody, 0); refusal != nil {
			return refusal
		}
	}
}

// nobody is the end of what no stated length ends.
const nobody = int64(-1)

func (s *scanner) tag() (Tag, *Refusal) {
	b, refusal := s.take(4, 0)
	if refusal != nil {
		return 0, refusal
	}
	return TagOf(s.order.Uint16(b), s.order.Uint16(b[2:])), nil
}

// element reads an element whose tag was read.
func (s *scanner) element(d *Dataset, t Tag, end int64, depth int) *Refusal {
	if s.elements++; s.elements > s.limits.Elements {
		return s.refuse(RuleElements, t)
	}
	e := Element{Tag: t, Offset: s.at - 4}
	refusal := s.header(&e)
	switch {
	case refusal != nil:
		return refusal
	case e.Length != Undefined && end != nobody && s.at+int64(e.Length) > end:
		return s.refuse(RuleLength, t)
	case e.VR == "SQ" || e.VR == "UN" && e.Length == Undefined:
		refusal = s.sequence(d, &e, depth+1)
	case e.Length == Undefined && (e.VR == "OB" || e.VR == "OW"):
		refusal = s.fragments(t)
		s.found(RuleLongValue, t, e.Offset)
	case e.Length == Undefined:
		return s.refuse(RuleLength, t)
	case int64(e.Length) > int64(s.limits.Value):
		refusal = s.pass(int64(e.Length), t)
		s.found(RuleLongValue, t, e.Offset)
	default:
		e.Raw, refusal = s.take(int(e.Length), t)
	}
	if refusal != nil {
		return refusal
	}
	d.Elements = append(d.Elements, e)
	s.judge(d, &e)
	return nil
}

// header reads value representation and length.
func (s *scanner) header(e *Element) *Refusal {
	b, refusal := s.take(4, e.Tag)
	if refusal != nil {
		return refusal
	}
	if s.implicit {
		e.VR, e.Length = vrOf(e.Tag), s.order.Uint32(b)
		return nil
	}
	e.VR = string(b[:2])
	switch {
	case shortVRs[e.VR]:
		e.Length = uint32(s.order.Uint16(b[2:]))
		return nil
	case !longVRs[e.VR]:
		return s.refuse(RuleVR, e.Tag)
	}
	if b, refusal = s.take(4, e.Tag); refusal != nil {
		return refusal
	}
	e.Length = s.order.Uint32(b)
	return nil
}

const (
	itemTag         = Tag(0xFFFEE000)
	itemEnd         = Tag(0xFFFEE00D)
	sequenceEnd     = Tag(0xFFFEE0DD)
	mostItemsListed = 1 << 16
)

// sequence reads the items of a sequence. One of unknown representation and length is
// implicit, little endian, whatever the file is.
func (s *scanner) sequence(around *Dataset, e *Element, depth int) *Refusal {
	if depth > s.limits.Depth {
		return s.refuse(RuleDepth, e.Tag)
	}
	outside, order, implicit := s.path, s.order, s.implicit
	defer func() { s.path, s.order, s.implicit = outside, order, implicit }()
	whole := s.placed(e.Tag)
	if e.VR == "UN" {
		s.order, s.implicit = binary.LittleEndian, true
	}
	end := nobody
	if e.Length != Undefined {
		end = s.at + int64(e.Length)
	}
	for end == nobody || s.at < end {
		t, length, refusal := s.mark()
		switch {
		case refusal != nil:
			return refusal
		case t == sequenceEnd && end == nobody:
			return nil
		case t != itemTag || len(e.Items) == mostItemsListed:
			return s.refuse(RuleItem, e.Tag)
		case end != nobody && length != Undefined && s.at+int64(length) > end:
			return s.refuse(RuleLength, e.Tag)
		}
		s.path = whole + "[" + strconv.Itoa(len(e.Items)+1) + "]"
		item := Dataset{text: around.text, order: s.order}
		if refusal := s.item(&item, length, end, depth); refusal != nil {
			return refusal
		}
		e.Items = append(e.Items, item)
		s.path = outside
	}
	if s.at > end {
		return s.refuse(RuleLength, e.Tag)
	}
	return nil
}

// mark reads the tag and length of an item or of an end.
func (s *scanner) mark() (Tag, uint32, *Refusal) {
	if s.elements++; s.elements > s.limits.Elements {
		return 0, 0, s.refuse(RuleElements, itemTag)
	}
	t, refusal := s.tag()
	if refusal != nil {
		return 0, 0, refusal
	}
	b, refusal := s.take(4, t)
	if refusal != nil {
		return 0, 0, refusal
	}
	return t, s.order.Uint32(b), nil
}

func (s *scanner) item(d *Dataset, length uint32, around int64, depth int) *Refusal {
	end := around
	if length != Undefined {
		end = s.at + int64(length)
	}
	for length == Undefined || s.at < end {
		t, refusal := s.tag()
		if refusal != nil {
			return refusal
		}
		if t == itemEnd && length == Undefined {
			return s.pass(4, t)
		}
		if refusal := s.element(d, t, end, depth); refusal != nil {
			return refusal
		}
	}
	if s.at > end {
		return s.refuse(RuleLength, itemTag)
	}
	return nil
}

// fragments passes over encapsulated data.
func (s *scanner) fragments(of Tag) *Refusal {
	for {
		t, length, refusal := s.mark()
		switch {
		case refusal != nil:
			return refusal
		case t == sequenceEnd:
			return nil
		case t != itemTag || length == Undefined:
			return s.refuse(RuleItem, of)
		}
		if refusal := s.pass(int64(length), of); refusal != nil {
			return refusal
		}
	}
}
