package mark

import (
	"errors"
	"fmt"
	"strings"
)

const (
	alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's: no I, L, O, U
	// bodyLength is how many characters carry the code: 80 bits.
	bodyLength = 16
	// checkLength is how many characters check it.
	checkLength = 2
	// checkPrime is the greatest prime below 32². 32 has the order 204 modulo it, so
	// that every changed character and every exchange of two is noticed.
	checkPrime = 1021
	group      = 4
)

// Code is what is printed: 80 bits as 16 characters of Crockford's base32.
type Code string

// Errors of a code that was typed.
var (
	ErrLength = errors.New("mark: a code has 18 characters")
	ErrLetter = errors.New("mark: a character that no code has")
	ErrTyped  = errors.New("mark: the check characters do not fit; compare with the copy")
)

func codeOf(tag []byte) Code {
	var b strings.Builder
	var bits uint32
	held := 0
	for _, one := range tag[:bodyLength*5/8] {
		bits, held = bits<<8|uint32(one), held+8
		for held >= 5 {
			held -= 5
			b.WriteByte(alphabet[bits>>held&31])
		}
	}
	return Code(b.String())
}

// ParseCode reads a code as people write it: in either case, with spaces or dashes
// anywhere, and with O, I and L for the digits they resemble.
func ParseCode(text string) (Code, error) {
	var b strings.Builder
	for _, r := range strings.ToUpper(text) {
		switch r {
		case ' ', '-', '–', '—', '\u3000':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		if r > 'Z' || strings.IndexByte(alphabet, byte(r)) < 0 {
			return "", fmt.Errorf("%w: %q", ErrLetter, r)
		}
		b.WriteRune(r)
	}
	typed := b.String()
	if len(typed) != bodyLength+checkLength {
		return "", ErrLength
	}
	code := Code(typed[:bodyLength])
	if code.check() != typed[bodyLength:] {
		return "", ErrTyped
	}
	return code, nil
}

// String is the code as it is printed: in groups, with its check characters.
func (c Code) String() string {
	whole := string(c) + c.check()
	var groups []string
	for len(whole) > group {
		groups, whole = append(groups, whole[:group]), whole[group:]
	}
	return strings.Join(append(groups, whole), "-")
}

func (c Code) check() string {
	rest := 0
	for i := range len(c) {
		rest = (rest*32 + strings.IndexByte(alphabet, c[i])) % checkPrime
	}
	return string([]byte{alphabet[rest/32], alphabet[rest%32]})
}
