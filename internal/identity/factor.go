package identity

import (
	"strings"
	"time"

	"github.com/medward/medward/internal/vault"
)

// FactorKind tells what somebody holds besides a password.
type FactorKind string

// The kinds of second factor.
const (
	Codes   FactorKind = "totp"    // an authenticator that shows codes
	Passkey FactorKind = "passkey" // a key that its holder opens where it is
)

// FactorState tells how far a factor has come.
type FactorState string

// The states of a factor.
const (
	Pending FactorState = "pending" // enrolled, and never shown yet
	Live    FactorState = "live"
	Gone    FactorState = "ended"
)

// Factor is something that one person holds and shows beside his password. It
// grants power, so its row is keyed.
type Factor struct {
	Org      string      `db:"org,key"`
	ID       string      `db:"id,key"`
	Account  string      `db:"account"`
	Person   string      `db:"person"`
	Kind     FactorKind  `db:"kind"`
	State    FactorState `db:"state"`
	Label    string      `db:"label"`
	Secret   []byte      `db:"secret"`    // sealed under the person's key
	LastStep int64       `db:"last_step"` // newest step of a code, or count of a passkey, that was taken; none comes twice
	Made     time.Time   `db:"made"`
	Since    time.Time   `db:"since"` // zero while pending
	Used     time.Time   `db:"used"`
	Ended    time.Time   `db:"ended"`
	EndedBy  string      `db:"ended_by"`
	MAC      []byte      `db:"mac"`
}

// enrolLife is how long an enrolment waits for its first code.
const enrolLife = 15 * time.Minute

func (f Factor) place() vault.Place {
	return vault.Place{Kind: "identity-factor", Object: f.ID, Field: "secret"}
}

// recoveryCode is one of the codes that stand in for a lost factor, each once.
type recoveryCode struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Account string    `db:"account"`
	Digest  string    `db:"digest"` // blind index of account and code
	Made    time.Time `db:"made"`
	Used    time.Time `db:"used"`
	Voided  time.Time `db:"voided"` // replaced by newer ones
	MAC     []byte    `db:"mac"`
}

func (c recoveryCode) good() bool { return c.Used.IsZero() && c.Voided.IsZero() }

const (
	recoveryCodes   = 10
	recoveryLength  = 16 // letters, 76 bits
	recoveryLetters = "abcdefghjkmnpqrstuvwxyz2345"
)

// newRecoveryCode returns a code in four groups of four.
func newRecoveryCode() string {
	var b strings.Builder
	for i := range recoveryLength {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(recoveryLetters[randomBelow(len(recoveryLetters))])
	}
	return b.String()
}

// canonicalCode is a code as it is compared: without spaces and dashes.
func canonicalCode(code string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(code)))
}
