package hl7v2

import (
	"fmt"
	"time"
)

// Header is what MSH says about a message.
type Header struct {
	SendingApplication, SendingFacility     HD     // MSH-3, MSH-4
	ReceivingApplication, ReceivingFacility HD     // MSH-5, MSH-6
	Sent                                    string // MSH-7 as sent; see SentAt
	Type, Trigger, Structure                string // MSH-9: ADT, A01, ADT_A01
	ControlID                               string // MSH-10
	Processing                              string // MSH-11: P, T or D
	Version                                 string // MSH-12
	DeclaredCharset                         string // MSH-18 as sent
	Charset                                 Charset
	// CharsetGuessed is set where MSH-18 is empty and the text is not UTF-8.
	CharsetGuessed bool
}

// Header reads MSH.
func (m *Message) Header() Header {
	msh := m.segments[0]
	kind := msh.Field(9)
	return Header{
		SendingApplication:   msh.Field(3).HD(),
		SendingFacility:      msh.Field(4).HD(),
		ReceivingApplication: msh.Field(5).HD(),
		ReceivingFacility:    msh.Field(6).HD(),
		Sent:                 msh.Field(7).Component(1).Text(),
		Type:                 kind.Component(1).Text(),
		Trigger:              kind.Component(2).Text(),
		Structure:            kind.Component(3).Text(),
		ControlID:            msh.Field(10).Text(),
		Processing:           msh.Field(11).Component(1).Text(),
		Version:              msh.Field(12).Component(1).Text(),
		DeclaredCharset:      msh.Field(18).Text(),
		Charset:              m.d.charset,
		CharsetGuessed:       m.d.guessed,
	}
}

// SentAt reads MSH-7; local is the sender's zone where the value gives none.
func (h Header) SentAt(local *time.Location) (Moment, error) {
	return ParseTime(h.Sent, local)
}

// New makes a message with the standard delimiters and CR terminators. Its character
// set is h.Charset, UTF-8 where that is empty; DeclaredCharset is not read.
func New(h Header) (*Message, error) {
	charset := h.Charset
	if charset == "" {
		charset = UTF8
	}
	if known, ok := LookupCharset(string(charset)); !ok || known != charset {
		return nil, newProblem(RuleCharsetUnsupported, Path{Segment: headerName, Field: 18}, printableName(string(charset)))
	}
	m := newMessage(newDialect(StandardDelimiters, charset))
	for _, set := range []struct{ ref, text string }{
		{"3.1", h.SendingApplication.Namespace}, {"3.2", h.SendingApplication.ID}, {"3.3", h.SendingApplication.Type},
		{"4.1", h.SendingFacility.Namespace}, {"4.2", h.SendingFacility.ID}, {"4.3", h.SendingFacility.Type},
		{"5.1", h.ReceivingApplication.Namespace}, {"5.2", h.ReceivingApplication.ID}, {"5.3", h.ReceivingApplication.Type},
		{"6.1", h.ReceivingFacility.Namespace}, {"6.2", h.ReceivingFacility.ID}, {"6.3", h.ReceivingFacility.Type},
		{"7", h.Sent}, {"9.1", h.Type}, {"9.2", h.Trigger}, {"9.3", h.Structure},
		{"10", h.ControlID}, {"11", h.Processing}, {"12", h.Version},
	} {
		if set.text == "" {
			continue
		}
		if err := m.segments[0].Set(set.ref, set.text); err != nil {
			return nil, fmt.Errorf("hl7v2: new message: %w", err)
		}
	}
	if err := m.segments[0].put(Path{Field: 18}, []byte(charset)); err != nil {
		return nil, fmt.Errorf("hl7v2: new message: %w", err)
	}
	return m, nil
}

// newMessage makes a message of one MSH that declares the delimiters of d.
func newMessage(d *dialect) *Message {
	line := append([]byte(headerName), d.Field)
	line = append(line, d.encoding()...)
	end := len(line)
	return &Message{d: d, segments: []*Segment{{data: append(line, '\r'), end: end, d: d}}}
}
