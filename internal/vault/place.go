package vault

// Place is where something sealed is kept. Sealed bytes open in no other place.
type Place struct {
	Kind    string // what keeps it: document, patient, signing-key …
	Object  string // the id of its keeper
	Version string // the keeper's version; empty where there is only one
	Field   string // the part of the keeper; may be empty
}

// bound returns the bytes that sealing binds: docs/format/vault.md, "Places".
func (p Place) bound(form, org, subject string) []byte {
	out := make([]byte, 0, 160)
	for _, part := range []string{form, org, subject, p.Kind, p.Object, p.Version, p.Field} {
		out = appendPart(out, part)
	}
	return out
}
