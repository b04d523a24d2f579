package decide

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

const (
	// linkLife is how long a link may be followed.
	linkLife = time.Minute
	// claimLife is how long whoever followed it has to sign in.
	claimLife = 5 * time.Minute
	// missesTold is how many times the account tells that a link was shown again.
	missesTold = 10
	secretSize = 32
)

// Launching is a wish for a link that leads somebody to a patient here.
type Launching struct {
	Person    Person
	Patient   string // our id, a record number or an ID number
	Encounter string // our id; may be empty
	Purpose   string // an id of [policy.Purposes]; empty: care
}

func (in Launching) check() error {
	e := errInput.With()
	in.question().check(e, "")
	if in.Purpose != "" && !published(in.Purpose) {
		e.At("purpose", noPurpose().Rule)
	}
	return e.OrNil()
}

// question is what the person will do who follows the link.
func (in Launching) question() Question {
	return Question{Person: in.Person, Action: "open", Object: Object{Kind: Patient, Patient: in.Patient, Encounter: in.Encounter}}
}

// Launch is a link that a source asked for. It is followed once, within a minute, and
// leads only its person anywhere, who signs in as always. Its row is keyed.
type Launch struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Source     string    `db:"source"`
	Person     string    `db:"person"`
	Patient    string    `db:"patient"` // empty: none whom the source may ask about
	Encounter  string    `db:"encounter"`
	Purpose    string    `db:"purpose"`
	Link       []byte    `db:"link"` // SM3 of its secret
	Asked      time.Time `db:"asked"`
	Until      time.Time `db:"until"`
	Opened     time.Time `db:"opened"`
	Claim      []byte    `db:"claim"` // SM3 of what the browser got for the link
	ClaimUntil time.Time `db:"claim_until"`
	Landed     time.Time `db:"landed"`
	Session    string    `db:"session"`
	Misses     int       `db:"misses"` // times it was shown in vain
	MAC        []byte    `db:"mac"`
}

func (l Launch) object() policy.Object {
	return policy.Object{Kind: "Launch", ID: l.ID, Org: l.Org, Concerns: l.Person}
}

// place is the patient to whom the link leads. Where there is none it is an id that no
// patient has: our door answers it like every patient of whom the person may not know.
func (l Launch) place() string {
	if l.Patient == "" {
		return l.ID
	}
	return l.Patient
}

// ticket is an id with a secret, as a link or a browser shows it.
type ticket struct {
	id     string
	digest []byte
}

// newTicket returns a ticket, and the text that is shown once and kept nowhere.
func newTicket(id string) (t ticket, shown string) {
	secret := make([]byte, secretSize)
	_, _ = rand.Read(secret) // never fails: it ends the process instead
	digest := sm.Sum(secret)
	return ticket{id, digest[:]}, id + "." + base64.RawURLEncoding.EncodeToString(secret)
}

// readTicket reads what was shown; anything that cannot be a ticket has no digest.
func readTicket(shown string) ticket {
	id, text, _ := strings.Cut(shown, ".")
	secret, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(secret) != secretSize {
		return ticket{}
	}
	digest := sm.Sum(secret)
	return ticket{id, digest[:]}
}

// is reports whether a ticket is that of which a digest was kept.
func (t ticket) is(digest []byte) bool {
	return len(t.digest) > 0 && len(digest) > 0 && sm.Equal(t.digest, digest)
}
