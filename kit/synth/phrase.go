package synth

import (
	"strconv"
	"strings"
)

// facts are the words and figures that the documents of one encounter share.
type facts map[string]string

// say composes a sentence from a pattern. {a|b} chooses one of the
// alternatives, which may nest and may be empty; [3-7] and [1.2-3.4] draw a
// number; [name] is replaced by that fact. A fact that is missing stays
// visible as [name].
func (s *stream) say(pattern string, known facts) string {
	var out strings.Builder
	s.compose(&out, pattern, known)
	return out.String()
}

func (s *stream) compose(out *strings.Builder, pattern string, known facts) {
	for pattern != "" {
		at := strings.IndexAny(pattern, "{[")
		if at < 0 {
			out.WriteString(pattern)
			return
		}
		out.WriteString(pattern[:at])
		if pattern[at] == '[' {
			end := at + strings.IndexByte(pattern[at:], ']')
			out.WriteString(s.value(pattern[at+1:end], known))
			pattern = pattern[end+1:]
			continue
		}
		end := closingBrace(pattern, at)
		s.compose(out, pick(s, alternatives(pattern[at+1:end])), known)
		pattern = pattern[end+1:]
	}
}

func (s *stream) value(name string, known facts) string {
	if word, ok := known[name]; ok {
		return word
	}
	if low, high, places, ok := parseRange(name); ok {
		return formatScaled(s.between(low, high), places)
	}
	return "[" + name + "]"
}

// settle draws the facts declared as "name=pattern;name=pattern", in order, so
// that a later one may use an earlier one.
func (s *stream) settle(declared string, known facts) {
	for entry := range strings.SplitSeq(declared, ";") {
		if name, pattern, ok := strings.Cut(entry, "="); ok {
			known[name] = s.say(pattern, known)
		}
	}
}

func closingBrace(pattern string, open int) int {
	depth := 0
	for i := open; i < len(pattern); i++ {
		switch pattern[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	panic("synth: pattern with an unclosed brace: " + pattern)
}

func alternatives(body string) []string {
	var out []string
	depth, start := 0, 0
	for i := range len(body) {
		switch body[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, body[start:i])
				start = i + 1
			}
		}
	}
	return append(out, body[start:])
}

// numbered turns "first;second" into a numbered list, leaving out empty items.
func numbered(items string) string {
	var out strings.Builder
	n := 0
	for item := range strings.SplitSeq(items, ";") {
		if item == "" {
			continue
		}
		if n++; n > 1 {
			out.WriteByte('\n')
		}
		out.WriteString(strconv.Itoa(n))
		out.WriteString(". ")
		out.WriteString(item)
	}
	return out.String()
}
