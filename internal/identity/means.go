package identity

import (
	"slices"
	"strings"
)

// Means is by what somebody showed who he is.
type Means string

// The means of signing in. What was shown besides follows a plus.
const (
	ByChoice      Means = "choice" // in a demonstration
	ByPassword    Means = "password"
	ByCode        Means = "password+code"
	ByRecovery    Means = "password+recovery-code"
	ByMessage     Means = "password+sms"
	ByToken       Means = "password+certificate"
	ByPasskey     Means = "passkey"
	ByDirectory   Means = "directory"
	ByProvider    Means = "provider"
	ByFactors     Means = "provider+factors" // the provider says that it has seen two
	ByCertificate Means = "certificate"
	ByFace        Means = "face"
)

// outside reports whether something was shown first for which another than this
// house answers. Whatever holds of passwords of this house is nothing to it.
func (m Means) outside() bool {
	return slices.Contains([]Means{ByDirectory, ByProvider, ByCertificate, ByFace}, m.first())
}

func (m Means) first() Means {
	first, _, _ := strings.Cut(string(m), "+")
	return Means(first)
}

// and is what was shown first together with what was shown besides.
func (m Means) and(besides Means) Means {
	if what, joined := strings.CutPrefix(string(besides), string(ByPassword)+"+"); joined && m.outside() {
		return m.first() + Means("+"+what)
	}
	return besides
}
