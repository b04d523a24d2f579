package hl7v2

import (
	"bytes"
	"iter"
)

// Presence tells apart what the standard tells apart: nothing was sent (leave what
// you have), the null "" was sent (delete what you have), or a value was sent.
type Presence int

const (
	Absent Presence = iota
	Null
	Present
)

// Value is a field or a part of one, as found in the message.
type Value struct {
	raw   []byte
	d     *dialect
	level level
}

type level int

const (
	levelField level = iota
	levelRepetition
	levelComponent
	levelSubcomponent
	// levelLiteral marks MSH-1 and MSH-2, whose characters separate nothing.
	levelLiteral
)

var null = []byte(`""`)

// Presence says whether the value is absent, null or present. A value made only of
// separators is absent.
func (v Value) Presence() Presence {
	switch {
	case bytes.Equal(v.raw, null):
		return Null
	case v.level != levelLiteral && v.onlySeparators():
		return Absent
	}
	return Present
}

func (v Value) onlySeparators() bool {
	for _, c := range v.raw {
		if c != v.d.Repetition && c != v.d.Component && c != v.d.Subcomponent {
			return false
		}
	}
	return true
}

// IsNull reports whether the value is the explicit null.
func (v Value) IsNull() bool { return v.Presence() == Null }

// IsPresent reports whether there is something to read.
func (v Value) IsPresent() bool { return v.Presence() == Present }

// Text returns the value as UTF-8 with its escape sequences resolved; absent and null
// give "". Escapes that are not known are kept as they are. Separators of lower levels
// stay in the text, so that nothing is lost by asking one level too high.
func (v Value) Text() string {
	if !v.IsPresent() {
		return ""
	}
	if v.level == levelLiteral {
		return string(v.raw)
	}
	return v.d.unescape(v.d.charset.decode(v.raw))
}

// Raw returns the value as UTF-8 with its escape sequences as sent.
func (v Value) Raw() string {
	if len(v.raw) == 0 {
		return ""
	}
	return v.d.charset.decode(v.raw)
}

// RawBytes returns the bytes as sent.
func (v Value) RawBytes() []byte { return bytes.Clone(v.raw) }

// IsTruncated reports whether the sender marked the value as cut short (v2.7).
func (v Value) IsTruncated() bool {
	if v.d == nil || v.d.Truncation == 0 || v.level == levelLiteral {
		return false
	}
	text := v.Raw()
	return text != "" && text[len(text)-1] == v.d.Truncation
}

// Repetition returns the n-th repetition of a field. On anything below a field, the
// first is the value itself.
func (v Value) Repetition(n int) Value { return v.descend(levelRepetition, n) }

// Component returns the n-th component of a field's first repetition or of a
// repetition. On anything below, the first is the value itself.
func (v Value) Component(n int) Value {
	return v.Repetition(1).descend(levelComponent, n)
}

// Subcomponent returns the n-th subcomponent, of the first component where v is a
// field or a repetition.
func (v Value) Subcomponent(n int) Value {
	return v.Component(1).descend(levelSubcomponent, n)
}

func (v Value) descend(to level, n int) Value {
	if v.level >= to {
		if n == 1 {
			return v
		}
		return Value{d: v.d, level: to}
	}
	if v.d == nil || n < 1 {
		return Value{d: v.d, level: to}
	}
	return Value{raw: v.d.part(v.raw, v.d.separator(to), n), d: v.d, level: to}
}

// Part returns the n-th part one level down: a component of a field or repetition, a
// subcomponent of a component. The data types use it, so the same type reads a whole
// field or a component.
func (v Value) Part(n int) Value {
	if v.level >= levelComponent {
		return v.Subcomponent(n)
	}
	return v.Component(n)
}

// Repetitions yields the repetitions of a field; none where the field is empty.
func (v Value) Repetitions() iter.Seq2[int, Value] { return v.children(levelRepetition) }

// Components yields the components of a repetition, or of a field's first.
func (v Value) Components() iter.Seq2[int, Value] {
	return v.Repetition(1).children(levelComponent)
}

// Subcomponents yields the subcomponents of a component, or of the first below v.
func (v Value) Subcomponents() iter.Seq2[int, Value] {
	return v.Component(1).children(levelSubcomponent)
}

func (v Value) children(to level) iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		if len(v.raw) == 0 {
			return
		}
		if v.level >= to {
			yield(1, v)
			return
		}
		for n, raw := range v.d.parts(v.raw, v.d.separator(to)) {
			if !yield(n, Value{raw: raw, d: v.d, level: to}) {
				return
			}
		}
	}
}
