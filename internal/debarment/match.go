package debarment

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/medward/medward/internal/staff"
)

// How a party was found to be barred.
const (
	ByNumber = "number" // of the identity document
	ByPerson = "person" // the same entry of the list of staff
	ByName   = "name"   // which others may bear
)

// known is a debarment as parties are held against it.
type known struct {
	Debarment
	names  []string // normal
	number string   // normal
}

func knownAs(d Debarment, c Content) known {
	k := known{Debarment: d, number: plain(c.Number)}
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		if n := normal(name); n != "" {
			k.names = append(k.names, n)
		}
	}
	return k
}

// asked is a party as it is held against the register.
type asked struct {
	staff.Party
	name, number string // normal
}

func askedAs(p staff.Party) asked { return asked{p, normal(p.Name), plain(p.Number)} }

// match says how a party is one that is barred; empty: it is not. A name is no match
// where both numbers are of one form and differ: then it is somebody else.
func (k known) match(p asked) string {
	switch {
	case p.Person != "" && p.Person == k.Person:
		return ByPerson
	case p.number != "" && p.number == k.number:
		return ByNumber
	case !slices.Contains(k.names, p.name):
		return ""
	case whole(p.number) && whole(k.number):
		return ""
	}
	return ByName
}

// sizeOfWhole is the length of an identity number of a citizen, and of the credit code of
// an organisation.
const sizeOfWhole = 18

// whole reports whether a number is of the form that everybody has one of.
func whole(number string) bool { return len(number) == sizeOfWhole }

// normal is a name without what people write differently: width, case, spaces and signs.
func normal(name string) string {
	return strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, norm.NFKC.String(name)))
}

// plain is a document number in one form.
func plain(number string) string { return strings.ToUpper(normal(number)) }
