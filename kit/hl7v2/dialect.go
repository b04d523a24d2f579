package hl7v2

import (
	"bytes"
	"fmt"
	"iter"
)

// dialect is what one message says about how its bytes are to be read.
type dialect struct {
	Delimiters
	charset Charset
	// guessed is set where the message did not name the character set.
	guessed bool
	// wide is set where delimiters can also be the second byte of a character.
	wide bool
}

func newDialect(d Delimiters, charset Charset) *dialect {
	return &dialect{Delimiters: d, charset: charset, wide: charset == GB18030}
}

// index finds the next separator that is not part of a longer character, or -1.
func (d *dialect) index(b []byte, sep byte) int {
	if sep == 0 {
		return -1
	}
	if !d.wide {
		return bytes.IndexByte(b, sep)
	}
	for i := 0; i < len(b); {
		if b[i] == sep {
			return i
		}
		i += gbWidth(b[i:])
	}
	return -1
}

// part returns the n-th piece of b between separators, counting from 1, or nil.
func (d *dialect) part(b []byte, sep byte, n int) []byte {
	for ; n > 1; n-- {
		i := d.index(b, sep)
		if i < 0 {
			return nil
		}
		b = b[i+1:]
	}
	if i := d.index(b, sep); i >= 0 {
		b = b[:i]
	}
	return b
}

// parts yields the pieces of b between separators, numbered from 1.
func (d *dialect) parts(b []byte, sep byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for n := 1; ; n++ {
			i := d.index(b, sep)
			if i < 0 {
				yield(n, b)
				return
			}
			if !yield(n, b[:i]) {
				return
			}
			b = b[i+1:]
		}
	}
}

// replace exchanges the n-th piece of b for what change makes of it, adding
// separators where b has fewer pieces.
func (d *dialect) replace(b []byte, sep byte, n int, change func([]byte) ([]byte, error)) ([]byte, error) {
	start, missing := 0, 0
	for k := 1; k < n && missing == 0; k++ {
		i := d.index(b[start:], sep)
		if i < 0 {
			missing = n - k
			break
		}
		start += i + 1
	}
	if missing > 0 {
		if sep == 0 {
			return nil, fmt.Errorf("MSH-2 declares no separator for this level")
		}
		piece, err := change(nil)
		if err != nil {
			return nil, err
		}
		out := append(bytes.Clone(b), bytes.Repeat([]byte{sep}, missing)...)
		return append(out, piece...), nil
	}
	end := len(b)
	if i := d.index(b[start:], sep); i >= 0 {
		end = start + i
	}
	piece, err := change(b[start:end])
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{b[:start], piece, b[end:]}, nil), nil
}

func (d *dialect) separator(l level) byte {
	switch l {
	case levelRepetition:
		return d.Repetition
	case levelComponent:
		return d.Component
	case levelSubcomponent:
		return d.Subcomponent
	}
	return 0
}
