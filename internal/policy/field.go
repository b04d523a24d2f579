package policy

import (
	"slices"

	"github.com/medward/medward/internal/base/fault"
)

// Field is a part of a patient's data that may be masked (D-006). Name, sex, age and
// record number never are: they say who is meant.
type Field struct {
	ID   string
	Verb string // asked on the patient
	Name fault.Text
}

var fields = []Field{
	{"idNumber", "patient.see-id-number", fault.Text{ZH: "身份证件号", EN: "ID number"}},
	{"phone", "patient.see-phone", fault.Text{ZH: "电话", EN: "phone"}},
	{"address", "patient.see-address", fault.Text{ZH: "住址", EN: "address"}},
	{"contacts", "patient.see-contacts", fault.Text{ZH: "联系人", EN: "contacts"}},
}

// Fields returns what may be masked.
func Fields() []Field { return slices.Clone(fields) }

func fieldOf(verb string) string {
	for _, f := range fields {
		if f.Verb == verb {
			return f.ID
		}
	}
	return ""
}

// Mask is a field that an answer must not show in full, and what remains.
type Mask struct {
	Field  string     `json:"field"`
	Name   fault.Text `json:"name"`
	Remedy fault.Text `json:"remedy"`
	Unmask bool       `json:"unmask"` // a reason would show it
}

// Masks returns what of a patient must be masked in the answer to a request that was
// allowed. What cannot be decided is masked.
func Masks(book interface{ Decide(Request) Decision }, r Request) []Mask {
	var masks []Mask
	for _, f := range fields {
		r.Verb = f.Verb
		if book.Decide(r).Allowed {
			continue
		}
		unmasked := r
		unmasked.Ties = append(slices.Clone(r.Ties), Tie{
			Kind: TieUnmask, ID: "supposed", Role: r.Purpose, Since: r.At, Until: r.At.AddDate(0, 0, 1),
		})
		m := Mask{Field: f.ID, Name: f.Name, Remedy: maskedRemedy, Unmask: book.Decide(unmasked).Allowed}
		if m.Unmask {
			m.Remedy = unmaskRemedy
		}
		masks = append(masks, m)
	}
	return masks
}
