package identity

import (
	"time"

	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/brief"
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

// presence remembers who is there, so that the rows of a session, or of whoever is at
// work in another system, are not read for each request.
type presence struct {
	byToken   *brief.Memory[[sm.DigestSize]byte, *present]
	elsewhere *brief.Memory[whereabouts, grounds]
}

func newPresence() *presence {
	return &presence{
		byToken:   brief.New[[sm.DigestSize]byte, *present](presenceLimit),
		elsewhere: brief.New[whereabouts, grounds](presenceLimit),
	}
}

func (p *presence) dropSession(id string) {
	p.byToken.Drop(func(_ [sm.DigestSize]byte, who *present) bool { return who.session.ID == id })
}

func (p *presence) dropPerson(person string) {
	p.byToken.Drop(func(_ [sm.DigestSize]byte, who *present) bool { return who.session.Person == person })
	p.elsewhere.Drop(func(at whereabouts, _ grounds) bool { return at.person == person })
}

func (p *presence) forget() {
	p.byToken.Forget()
	p.elsewhere.Forget()
}
