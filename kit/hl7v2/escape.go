package hl7v2

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// escapeKind says what became of an escape sequence.
type escapeKind int

const (
	escapeKnown escapeKind = iota
	escapeUnknown
	escapeUnterminated
)

// unescape resolves the escape sequences of text.
func (d *dialect) unescape(text string) string {
	if d.Escape == 0 || strings.IndexByte(text, d.Escape) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	d.walkEscapes(text, func(plain string) { b.WriteString(plain) }, func(resolved string, _ escapeKind) {
		b.WriteString(resolved)
	})
	return b.String()
}

// walkEscapes cuts text into plain runs and escape sequences, in order. A sequence
// that is not known, or that is never closed, resolves to itself.
func (d *dialect) walkEscapes(text string, plain func(string), sequence func(resolved string, kind escapeKind)) {
	for {
		open := strings.IndexByte(text, d.Escape)
		if open < 0 {
			plain(text)
			return
		}
		plain(text[:open])
		shut := strings.IndexByte(text[open+1:], d.Escape)
		if shut < 0 {
			sequence(text[open:], escapeUnterminated)
			return
		}
		whole := text[open : open+1+shut+1]
		if resolved, ok := d.resolve(whole[1 : len(whole)-1]); ok {
			sequence(resolved, escapeKnown)
		} else {
			sequence(whole, escapeUnknown)
		}
		text = text[open+len(whole):]
	}
}

// resolve returns what one escape sequence stands for, without its escape characters.
func (d *dialect) resolve(code string) (string, bool) {
	if code == "" {
		return "", false
	}
	switch code {
	case "F":
		return charOf(d.Field)
	case "S":
		return charOf(d.Component)
	case "T":
		return charOf(d.Subcomponent)
	case "R":
		return charOf(d.Repetition)
	case "E":
		return charOf(d.Escape)
	case "P":
		return charOf(d.Truncation)
	case "H", "N":
		return "", true
	case "C2842":
		// Designates ASCII, in which delimiters and escapes are read anyway.
		return "", true
	}
	switch code[0] {
	case 'X':
		return d.resolveHex(code[1:])
	case '.':
		return resolveLayout(code[1:])
	}
	return "", false
}

func charOf(c byte) (string, bool) {
	if c == 0 {
		return "", false
	}
	return string(rune(c)), true
}

func (d *dialect) resolveHex(digits string) (string, bool) {
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) == 0 || d.charset.firstInvalid(b) >= 0 {
		return "", false
	}
	return d.charset.decode(b), true
}

// resolveLayout turns the formatting commands of FT into line ends and spaces.
// Commands that only change alignment leave nothing.
func resolveLayout(command string) (string, bool) {
	switch command {
	case "br":
		return "\n", true
	case "fi", "nf", "ce":
		return "", true
	}
	if len(command) < 2 {
		return "", false
	}
	count := 1
	if argument := strings.TrimSpace(command[2:]); argument != "" {
		n, err := strconv.Atoi(argument)
		if err != nil || n > maxLayout || n < -maxLayout {
			return "", false
		}
		count = max(n, 0)
	}
	switch command[:2] {
	case "sp":
		return strings.Repeat("\n", count), true
	case "sk":
		return strings.Repeat(" ", count), true
	case "in", "ti":
		return "", true
	}
	return "", false
}

// escape writes text as a value: separators and control characters become escape
// sequences, line ends become \.br\ or \X0A\, and a text that looks like null is told apart.
func (d *dialect) escape(text string) (string, error) {
	if text == string(null) {
		return d.sequence("X2222")
	}
	text = lineEnds.Replace(text)
	if !strings.ContainsFunc(text, d.needsEscape) {
		return text, nil
	}
	var b strings.Builder
	for _, r := range text {
		if !d.needsEscape(r) {
			b.WriteRune(r)
			continue
		}
		s, err := d.sequence(d.code(r))
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func (d *dialect) needsEscape(r rune) bool {
	if r < ' ' || r == 0x7F {
		return r != '\t'
	}
	if r > 0x7F {
		return false
	}
	switch byte(r) {
	case d.Field, d.Component, d.Repetition, d.Subcomponent, d.Escape, d.Truncation:
		return true
	}
	return false
}

func (d *dialect) code(r rune) string {
	switch {
	case r == '\n' && !d.needsEscape('.'): // a message may declare the dot a separator
		return ".br"
	case r < ' ' || r == 0x7F:
		return fmt.Sprintf("X%02X", r)
	}
	switch byte(r) {
	case d.Field:
		return "F"
	case d.Component:
		return "S"
	case d.Repetition:
		return "R"
	case d.Subcomponent:
		return "T"
	case d.Escape:
		return "E"
	}
	return "P"
}

func (d *dialect) sequence(code string) (string, error) {
	if d.Escape == 0 {
		return "", fmt.Errorf("MSH-2 declares no escape character")
	}
	e := string(rune(d.Escape))
	return e + code + e, nil
}
