package identity

import (
	"crypto/rand"
	"encoding/base64"
	"time"

	"github.com/medward/medward/kit/sm"
)

// Session is somebody signed in at a terminal. It grants power, so its row is
// keyed.
type Session struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Token   []byte    `db:"token"` // SM3 digest of the token
	Account string    `db:"account"`
	Person  string    `db:"person"`
	Since   time.Time `db:"since"`
	Seen    time.Time `db:"seen"` // last use, to the minute
	Until   time.Time `db:"until"`
	Ended   time.Time `db:"ended"` // zero while it was not ended before its time
	// Successor is the session that took this one over.
	Successor string `db:"successor"`
	IP        string `db:"ip"`
	Terminal  string `db:"terminal"`
	Zone      string `db:"zone"`    // where it was begun: inside, remote, or "" while no network is named
	Tunnel    string `db:"tunnel"`  // way of the VPN gateway through which it was begun
	Purpose   string `db:"purpose"` // chosen for the session; empty: the role's own
	// Change says why the password must be changed before anything else; it is
	// found when the session begins.
	Change Change `db:"change"`
	// Means is how its person showed who he is.
	Means Means `db:"means"`
	// Fallback says why a password of this house was taken of somebody whom a
	// directory stands for.
	Fallback Fallback `db:"fallback"`
	// Strong says that a second factor was shown (assurance 2).
	Strong bool `db:"strong"`
	// Stepped is when its person last showed who he is.
	Stepped time.Time `db:"stepped"`
	Locked  time.Time `db:"locked"` // zero while the screen is open

	BrowserKey     []byte    `db:"browser_key"` // public half of the key that the browser keeps; nil: none
	Proved         time.Time `db:"proved"`      // when the browser last used that key, and from where
	ProvedIP       string    `db:"proved_ip"`
	ProvedTerminal string    `db:"proved_terminal"`
	Challenge      []byte    `db:"challenge"`
	Challenged     time.Time `db:"challenged"`
	MAC            []byte    `db:"mac"`
}

// How long sessions last.
const (
	SessionLife = 8 * time.Hour
	SessionIdle = 30 * time.Minute
	// seenStep is how exactly the last use is kept: a write at every request
	// would cost more than the request.
	seenStep = time.Minute
	// sessionMemory is how long a session that is over is kept: as long as the
	// place where it was opened counts as one where its person works.
	sessionMemory = 30 * 24 * time.Hour
)

// Live reports whether the session counts at a moment.
func (s Session) Live(at time.Time) bool {
	return s.Ended.IsZero() && !s.Since.After(at) && s.end().After(at)
}

// end is when the session stops to count unless it is used before.
func (s Session) end() time.Time {
	if idle := s.Seen.Add(SessionIdle); idle.Before(s.Until) {
		return idle
	}
	return s.Until
}

// show keeps that the person of the session has shown again who he is.
func (s *Session) show(shown second, at time.Time) {
	s.Stepped = at
	if shown.fallback != FallbackNone {
		s.Fallback = shown.fallback
	}
	if shown.strong() {
		s.Strong, s.Means = true, s.Means.and(shown.means)
	}
}

// tokenSize is the size of a session's token in bytes.
const tokenSize = 32

// newToken returns a token as its holder shows it.
func newToken() string {
	token := make([]byte, tokenSize)
	_, _ = rand.Read(token) // never fails: it ends the process instead
	return base64.RawURLEncoding.EncodeToString(token)
}

// tokenDigest is what is kept of a token. Anything that cannot be a token has
// none.
func tokenDigest(shown string) ([sm.DigestSize]byte, bool) {
	token, err := base64.RawURLEncoding.Strict().DecodeString(shown)
	if err != nil || len(token) != tokenSize {
		return [sm.DigestSize]byte{}, false
	}
	return sm.Sum(token), true
}
