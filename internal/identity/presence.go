package identity

import (
	"sync"
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/sm"
)

// present is somebody whose session was looked up.
type present struct {
	session  Session
	standing staff.Standing
	counting []staff.Appointment // those of the standing that count at this hour
	remote   bool                // from where the token was shown
	account  Account
	rules    Rules
	actor    act.Actor
	until    time.Time // when it must be looked up again
}

// change says why the password must be changed before anything else.
func (who *present) change() Change { return mustChange(who.account, who.session) }

// mustChange says why a password must be changed before anything else is done in a
// session. Whoever came in without it need not.
func mustChange(a Account, in Session) Change {
	if a.MustChange && !in.Means.outside() {
		return ChangeInitial
	}
	return in.Change
}

// How much is remembered, and for how long at most. Another process of the same
// store learns of a change within this time; this one at once.
const (
	presenceLife  = 2 * time.Second
	presenceLimit = 8192
)

// presence remembers who is there, so that the rows of a session are not read
// for each of its requests.
type presence struct {
	mu      sync.Mutex
	byToken map[[sm.DigestSize]byte]*present
	drops   int // counts what was dropped, so that nothing older is put back
}

func newPresence() *presence { return &presence{byToken: map[[sm.DigestSize]byte]*present{}} }

// find returns who holds a token at a moment, or nil; and the state to be handed
// to put.
func (p *presence) find(token [sm.DigestSize]byte, at time.Time) (*present, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if found := p.byToken[token]; found != nil && found.until.After(at) {
		return found, p.drops
	}
	return nil, p.drops
}

// put remembers somebody, unless something was dropped since the rows were read.
func (p *presence) put(token [sm.DigestSize]byte, who *present, asOf int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drops != asOf {
		return
	}
	if len(p.byToken) >= presenceLimit {
		clear(p.byToken)
	}
	p.byToken[token] = who
}

func (p *presence) dropSession(id string) {
	p.drop(func(who *present) bool { return who.session.ID == id })
}

func (p *presence) dropPerson(person string) {
	p.drop(func(who *present) bool { return who.session.Person == person })
}

func (p *presence) drop(match func(*present) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drops++
	for token, who := range p.byToken {
		if match(who) {
			delete(p.byToken, token)
		}
	}
}
