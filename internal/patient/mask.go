package patient

import (
	"slices"
	"strings"

	"github.com/medward/medward/internal/policy"
)

const dots = "****"

// masked is what remains of a patient's identifiers where fields must not be shown in
// full (D-006). Name, sex, birth date and record number always stay.
func (d Demographics) masked(masks []policy.Mask) Demographics {
	for _, m := range masks {
		switch m.Field {
		case "idNumber":
			d.IDNumber = kept(d.IDNumber, 3, 2)
		case "phone":
			d.Phone = kept(d.Phone, 3, 2)
		case "address":
			d.Address = kept(d.Address, 3, 0)
		case "contacts":
			d.Contacts = slices.Clone(d.Contacts)
			for i, c := range d.Contacts {
				d.Contacts[i] = Contact{Name: kept(c.Name, 1, 0), Relation: c.Relation, Phone: kept(c.Phone, 3, 2)}
			}
		}
	}
	return d
}

// kept shows the ends of a text. One that is too short to hide behind its ends is
// hidden whole.
func kept(text string, head, tail int) string {
	runes := []rune(text)
	switch {
	case len(runes) == 0:
		return ""
	case len(runes) < head+tail+2:
		return dots
	}
	return string(runes[:head]) + dots + string(runes[len(runes)-tail:])
}

// unmaskedBy puts back what somebody who saw it masked has sent back unchanged.
func (d Demographics) unmaskedBy(old Demographics) Demographics {
	if !strings.Contains(d.IDNumber+d.Phone+d.Address, dots) && !slices.ContainsFunc(d.Contacts, func(c Contact) bool { return strings.Contains(c.Name+c.Phone, dots) }) {
		return d
	}
	var everything []policy.Mask
	for _, f := range policy.Fields() {
		everything = append(everything, policy.Mask{Field: f.ID})
	}
	shown := old.masked(everything)
	for _, pair := range []struct{ sent, shown, old *string }{
		{&d.IDNumber, &shown.IDNumber, &old.IDNumber}, {&d.Phone, &shown.Phone, &old.Phone}, {&d.Address, &shown.Address, &old.Address},
	} {
		if *pair.sent == *pair.shown {
			*pair.sent = *pair.old
		}
	}
	d.Contacts = slices.Clone(d.Contacts)
	for i, c := range d.Contacts {
		if at := slices.Index(shown.Contacts, c); at >= 0 {
			d.Contacts[i] = old.Contacts[at]
		}
	}
	return d
}
