package hl7v2

import (
	"fmt"
	"strconv"
	"time"
)

// AckCode is MSA-1, HL7 table 0008.
type AckCode string

const (
	AckAccept       AckCode = "AA"
	AckError        AckCode = "AE"
	AckReject       AckCode = "AR"
	AckCommitAccept AckCode = "CA"
	AckCommitError  AckCode = "CE"
	AckCommitReject AckCode = "CR"
)

// Stamp is what an acknowledgement needs and a pure package cannot make.
type Stamp struct {
	ControlID string
	At        time.Time
}

// Ack answers a message: MSH with sender and receiver exchanged, MSA, and the problems
// as ERR segments — one for each with its location in ERR-2 from v2.5 on, one with
// ERR-1 repetitions before. The answer has the delimiters, character set and version
// of the message. Where none could be parsed, msg is nil and the answer is a plain
// v2.5.1 ACK that names no message. What would not read back, because the character set
// was guessed and the answer would be guessed otherwise, repeats only what is ASCII.
func Ack(msg *Message, code AckCode, stamp Stamp, problems ...Problem) (*Message, error) {
	out, err := ack(msg, anything, code, stamp, problems)
	if err != nil || msg == nil || !msg.Header().CharsetGuessed {
		return out, err
	}
	if _, err := Parse(out.Bytes()); err == nil {
		return out, nil
	}
	return ack(msg, isASCII, code, stamp, problems)
}

func anything([]byte) bool { return true }

func isASCII(raw []byte) bool { return firstHigh(raw) < 0 }

// ack answers a message, repeating of it what repeats allows.
func ack(msg *Message, repeats func([]byte) bool, code AckCode, stamp Stamp, problems []Problem) (*Message, error) {
	out, id, err := ackHeader(msg, repeats)
	if err != nil {
		return nil, fmt.Errorf("hl7v2: ack header: %w", err)
	}
	a := acknowledgement{Message: out, version: out.Header().Version}
	a.set(out.segments[0], "7", FormatTime(stamp.At, Second))
	a.set(out.segments[0], "10", stamp.ControlID)
	msa := a.append("MSA")
	a.set(msa, "1", string(code))
	a.put(msa, 2, id)
	if len(problems) > MaxAckErrors {
		problems = problems[:MaxAckErrors]
	}
	if a.version != "" && a.version < "2.5" {
		a.legacyErrors(msa, problems)
	} else {
		a.errors(problems)
	}
	if a.err != nil {
		return nil, fmt.Errorf("hl7v2: ack: %w", a.err)
	}
	return out, nil
}

// ackHeader makes the answering MSH and returns MSA-2 as bytes.
func ackHeader(msg *Message, repeats func([]byte) bool) (*Message, []byte, error) {
	if msg == nil {
		out, err := New(Header{Type: "ACK", Version: "2.5.1", Processing: "P"})
		return out, nil, err
	}
	in, h := msg.segments[0], msg.Header()
	out := newMessage(msg.d)
	a := acknowledgement{Message: out}
	msh := out.segments[0]
	for _, copied := range []struct{ to, from int }{{3, 5}, {4, 6}, {5, 3}, {6, 4}, {11, 11}, {12, 12}} {
		if raw := in.Field(copied.from).raw; repeats(raw) {
			a.put(msh, copied.to, raw)
		}
	}
	a.set(msh, "9.1", "ACK")
	if h.Trigger != "" && repeats([]byte(h.Trigger)) {
		a.set(msh, "9.2", h.Trigger)
	}
	if h.Structure != "" {
		a.set(msh, "9.3", "ACK")
	}
	if charset := in.Field(18).Repetition(1).raw; len(charset) > 0 {
		a.put(msh, 18, charset)
	}
	id := in.Field(10).raw
	if !repeats(id) {
		id = nil
	}
	return out, id, a.err
}

// acknowledgement is an answer being written; the first failure stays in err.
type acknowledgement struct {
	*Message
	version string
	err     error
}

func (a *acknowledgement) append(name string) *Segment {
	s, err := a.Append(name)
	a.keep(err)
	return s
}

func (a *acknowledgement) set(s *Segment, ref, text string) {
	if a.err == nil {
		a.keep(s.Set(ref, text))
	}
}

func (a *acknowledgement) put(s *Segment, field int, raw []byte) {
	if a.err == nil && len(raw) > 0 {
		a.keep(s.put(Path{Field: field}, raw))
	}
}

func (a *acknowledgement) keep(err error) {
	if a.err == nil {
		a.err = err
	}
}

func (a *acknowledgement) errors(problems []Problem) {
	for _, p := range problems {
		if a.err != nil {
			return
		}
		segment := a.append("ERR")
		for i, part := range []string{
			p.At.Segment, number(p.At.Occurrence), number(p.At.Field),
			number(p.At.Repetition), number(p.At.Component), number(p.At.Subcomponent),
		} {
			if part != "" {
				a.set(segment, "2."+strconv.Itoa(i+1), part)
			}
		}
		a.set(segment, "3.1", p.condition())
		a.set(segment, "3.3", "HL70357")
		a.set(segment, "4", p.Severity.code())
		a.set(segment, "5.1", string(p.Rule))
		a.set(segment, "7", p.EN)
		a.set(segment, "8", a.readable(p))
	}
}

// legacyErrors writes the form before v2.5, whose ERR-1 has no place for a sentence.
func (a *acknowledgement) legacyErrors(msa *Segment, problems []Problem) {
	if len(problems) == 0 {
		return
	}
	a.set(msa, "3", a.readable(problems[0]))
	segment := a.append("ERR")
	for i, p := range problems {
		repetition := fmt.Sprintf("1(%d)", i+1)
		for k, part := range []string{p.At.Segment, number(p.At.Occurrence), number(p.At.Field)} {
			if part != "" {
				a.set(segment, fmt.Sprintf("%s.%d", repetition, k+1), part)
			}
		}
		a.set(segment, repetition+".4.1", p.condition())
		a.set(segment, repetition+".4.2", string(p.Rule))
	}
}

// readable is the sentence for a person, in Chinese where the answer can hold it.
func (a *acknowledgement) readable(p Problem) string {
	zh := p.ZH + "；" + p.RemedyZH
	if _, err := a.d.charset.encode(zh); err == nil {
		return zh
	}
	return p.EN + "; " + p.RemedyEN
}

func (p Problem) condition() string {
	if p.Condition == "" {
		return conditionInternal
	}
	return p.Condition
}

func (s Severity) code() string {
	if s == SeverityWarning {
		return "W"
	}
	return "E"
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
