package inspection

import (
	"context"
	"time"

	"github.com/medward/medward/internal/access"
	"github.com/medward/medward/internal/act"
	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/policy"
)

// Signatures tells whether a signature was made with a key.
type Signatures interface {
	Verify(ctx context.Context, r db.Reader, org, key string, message, signature []byte) (bool, error)
}

// Options are what the desk is made of.
type Options struct {
	Door       *act.Door
	Rules      *policy.Shelf
	Ledger     *ledger.Ledger
	Patients   *patient.Room
	Access     *access.Room
	Signatures Signatures
}

// Room is the inspector's desk.
type Room struct {
	desk       *act.Desk
	rules      *policy.Shelf
	ledger     *ledger.Ledger
	patients   *patient.Room
	access     *access.Room
	signatures Signatures
}

// New returns the desk.
func New(o Options) *Room {
	return &Room{desk: o.Door.Desk("inspection"), rules: o.Rules, ledger: o.Ledger, patients: o.Patients, access: o.Access, signatures: o.Signatures}
}

// may asks the rulebook whether somebody could do an act, without doing it.
func (room *Room) may(actor act.Actor, at time.Time, verb string, o policy.Object) bool {
	return room.rules.Decide(policy.Request{
		Actor: actor.Actor, Verb: verb, Object: o, Purpose: actor.Purpose, At: at, Terminal: actor.Terminal, IP: actor.IP,
	}).Allowed
}

// settling bounds how long an answer waits for what was just done to be signed.
const settling = 3 * time.Second

// settle waits a moment until what was just recorded has its place. Where nobody signs
// at the moment, what is signed must do.
func (room *Room) settle(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, settling)
	defer cancel()
	if err := room.ledger.Settle(waiting); err != nil && waiting.Err() == nil {
		return err
	}
	return ctx.Err()
}
