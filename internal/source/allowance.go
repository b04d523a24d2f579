package source

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/id"
	"github.com/medward/medward/kit/sm"
)

// Allowance is a person's word that a program may read for him, as long as the session
// lasts in which he gave it. The code by which the program fetches its first token is
// part of it. Its row is keyed.
type Allowance struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Source    string    `db:"source"`
	Person    string    `db:"person"`
	Session   string    `db:"session"`
	Patient   string    `db:"patient"` // who was chosen; empty: nobody
	Scopes    []string  `db:"scopes,json"`
	Redirect  string    `db:"redirect"`
	Challenge string    `db:"challenge"` // S256 of what the program will show with the code
	Code      []byte    `db:"code"`      // SM3 of its secret
	Made      time.Time `db:"made"`
	CodeUntil time.Time `db:"code_until"`
	Until     time.Time `db:"until"`
	Redeemed  time.Time `db:"redeemed"`
	Ended     time.Time `db:"ended"`
	Why       string    `db:"why"` // it was ended
	MAC       []byte    `db:"mac"`
}

// Why an allowance was ended before its time.
const (
	CodeReused    = "code-reused"
	RenewalReused = "renewal-reused"
	GivenUp       = "given-up"
	Withdrawn     = "withdrawn"  // by whoever allowed it
	TakenAway     = "taken-away" // by the security administrator
)

// Live reports whether the program may still act by it. The session, the agreement and
// the keys of the program end it too, and are asked at each use.
func (a Allowance) Live(at time.Time) bool { return a.Ended.IsZero() && a.Until.After(at) }

// Token is what a program shows with a request, or for another token. Only its digest
// is kept. Its row is keyed.
type Token struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Kind      string    `db:"kind"`
	Digest    []byte    `db:"digest"`
	Source    string    `db:"source"`
	Key       string    `db:"key_id"`    // by which a program without a person showed who it is
	Allowance string    `db:"allowance"` // empty: it acts for nobody
	Scopes    []string  `db:"scopes,json"`
	Since     time.Time `db:"since"`
	Until     time.Time `db:"until"`
	Ended     time.Time `db:"ended"`
	MAC       []byte    `db:"mac"`
}

// Kinds of token.
const (
	ForAccess  = "access"
	ForRenewal = "renewal"
)

// Live reports whether the token counts at a moment, as far as it says itself.
func (t Token) Live(at time.Time) bool {
	return t.Ended.IsZero() && !t.Since.After(at) && t.Until.After(at)
}

// How long what programs get lasts.
const (
	codeLife      = time.Minute
	accessLife    = 5 * time.Minute
	allowanceLife = 8 * time.Hour
)

// What texts begin with, so that a scanner of leaked secrets knows them.
const (
	codePrefix    = "mwc"
	accessPrefix  = "mwa"
	renewalPrefix = "mwr"
)

// newShown is a text that is shown once, and the digest that is kept of it.
func newShown(prefix, of string) (text string, digest []byte) {
	secret := newSecret()
	sum := sm.Sum([]byte(secret))
	return prefix + "." + of + "." + secret, sum[:]
}

// parseShown reads what was shown. Anything that cannot be such a text is none.
func parseShown(prefix, text string) (of string, digest []byte, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || parts[0] != prefix || !id.Valid(parts[1]) {
		return "", nil, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(raw) != secretSize {
		return "", nil, false
	}
	sum := sm.Sum([]byte(parts[2]))
	return parts[1], sum[:], true
}

// verifierSizes are how long a verifier is (RFC 7636, 4.1).
const (
	shortestVerifier = 43
	longestVerifier  = 128
)

// answers reports whether a verifier is the one of a challenge, by S256 and nothing
// else.
func answers(challenge, verifier string) bool {
	if len(verifier) < shortestVerifier || len(verifier) > longestVerifier {
		return false
	}
	sum := sha256.Sum256([]byte(verifier))
	return sm.Equal([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(challenge))
}
