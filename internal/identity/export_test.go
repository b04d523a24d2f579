package identity

import (
	"encoding/base64"
	"testing"
)

// ForgetPresence makes the next request of every session read the store.
func (r *Room) ForgetPresence() { r.present.forget() }

// BreachedOf is a list of breached passwords.
func BreachedOf(t *testing.T, passwords ...string) *Breached {
	t.Helper()
	list, err := OpenBreached(breachedFile(t, 40, "\n", passwords...))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// FilterFor puts a name into a filter of a directory.
func FilterFor(filter, name string) string {
	return DirectorySettings{Filter: filter}.filterFor(name)
}

// RewrittenAssertion is a header of a VPN gateway as it was understood.
func RewrittenAssertion(header string) (string, bool) {
	a, ok := parseAsserted(header)
	return "v1;" + a.way + ";" + a.at + ";" + a.nonce + ";" + base64.RawURLEncoding.EncodeToString(a.signature), ok
}
