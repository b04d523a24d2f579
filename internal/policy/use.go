package policy

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Use is what somebody does with a patient's information, told by one of five words
//
type Use string

// The five kinds of use.
const (
	Borrow Use = "borrow" // it leaves the place where it is kept, or is asked for from there
	Edit   Use = "edit"   // it is written
	Modify Use = "modify" // what was written, or what holds for it, becomes something else
	Open   Use = "open"   // one thing is looked at
	Search Use = "search" // many are looked for
)

// Link is where in its life a patient's information is when it is used (B-008).
type Link string

// The eight links.
const (
	Collect  Link = "collect"
	Enter    Link = "enter"
	Store    Link = "store"
	Consult  Link = "consult"
	Copy     Link = "copy"
	Transmit Link = "transmit"
	Share    Link = "share"
	Destroy  Link = "destroy"
)

// NamedUse is a kind of use with what people call it.
type NamedUse struct {
	ID   Use
	Name fault.Text
}

// NamedLink is a link with what people call it.
type NamedLink struct {
	ID   Link
	Name fault.Text
}

// Uses returns the five kinds of use.
func Uses() []NamedUse { return slices.Clone(namedUses) }

// Links returns the eight links, in the order in which information lives.
func Links() []NamedLink { return slices.Clone(namedLinks) }

// UseOf tells what kind of use a verb is and in which link; nothing for a verb that
// touches no patient's information.
func UseOf(verb string) (Use, Link) {
	u := useByVerb[verb]
	return u.use, u.link
}

// aboutPatients are the kinds of thing that are, hold or name a patient's information.
var aboutPatients = []string{
	"Patient", "Encounter", "Document", "Observation", "Order", "Draft", "Access", "Consent", "Case", "Output", "Import", "Quarantine", "Reported",
}

// WithoutUse returns the verbs of a book that may be asked about a patient's
// information and have no kind of use. There must be none.
func WithoutUse(b *Book) []string {
	var missing []string
	for _, verb := range b.Verbs() {
		about := slices.ContainsFunc(b.Kinds(verb), func(kind string) bool { return slices.Contains(aboutPatients, kind) })
		if use, _ := UseOf(verb); about && use == "" {
			missing = append(missing, verb)
		}
	}
	return missing
}
