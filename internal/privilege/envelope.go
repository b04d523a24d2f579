package privilege

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// Envelope holds the credential of an administrator's account of another system, in
// two halves that two people have written. Its row is keyed.
type Envelope struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Name       string    `db:"name"`
	System     string    `db:"system"`
	Account    string    `db:"account"`
	Generation int       `db:"generation"` // grows with each credential
	First      []byte    `db:"first"`      // sealed; the half that is typed first
	FirstBy    string    `db:"first_by"`
	Second     []byte    `db:"second"`
	SecondBy   string    `db:"second_by"`
	Filled     time.Time `db:"filled"`    // both halves are there
	Used       time.Time `db:"used"`      // a half was shown; the credential must be changed
	RotateBy   time.Time `db:"rotate_by"` // by when
	MadeBy     string    `db:"made_by"`
	Made       time.Time `db:"made"`
	MAC        []byte    `db:"mac"`
}

// State is where an envelope stands: empty, half, filled, used, overdue.
func (e Envelope) State(at time.Time) string {
	switch {
	case !e.RotateBy.IsZero() && !at.Before(e.RotateBy):
		return "overdue"
	case !e.Used.IsZero():
		return "used"
	case !e.Filled.IsZero():
		return "filled"
	case len(e.First) > 0 || len(e.Second) > 0:
		return "half"
	}
	return "empty"
}

// partOf is the half that one of the two people of a checkout is shown. Whoever wrote
// a half knows it already and is shown no other.
func (e Envelope) partOf(c Checkout, person string) int {
	askers, others := FirstHalf, SecondHalf
	if c.AskedBy == e.SecondBy || c.ApprovedBy == e.FirstBy {
		askers, others = others, askers
	}
	if person == c.AskedBy {
		return askers
	}
	return others
}

func (e Envelope) object() policy.Object { return object(e.Org, e.ID, "") }

// Checkout is one use of a credential: asked by one, approved by another, each shown
// his half, for some minutes, once. Its row is keyed.
type Checkout struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Envelope    string    `db:"envelope"`
	Generation  int       `db:"generation"`
	Reason      []byte    `db:"reason"` // sealed
	Minutes     int       `db:"minutes"`
	State       string    `db:"state"`
	AskedBy     string    `db:"asked_by"`
	AskedAt     time.Time `db:"asked"`
	ApprovedBy  string    `db:"approved_by"`
	ApprovedAt  time.Time `db:"approved"`
	Opened      time.Time `db:"opened"`       // the first half, to whoever asked
	OpenedOther time.Time `db:"opened_other"` // the second half, to whoever approved
	Until       time.Time `db:"until"`
	Ended       time.Time `db:"ended"`
	MAC         []byte    `db:"mac"`
}

const (
	// toDecide is how long a checkout or a session waits for a second person.
	toDecide = 30 * time.Minute
	// toOpen is how long after the approval both halves may be shown, and a session
	// may begin.
	toOpen = 10 * time.Minute
	// longestUse bounds what may be asked for, in minutes.
	longestUse = 240
	// toRotate is how soon after its use a credential must be changed.
	toRotate = 24 * time.Hour
)

// Live reports whether the checkout covers a use at a moment.
func (c Checkout) Live(at time.Time) bool {
	return (c.State == Approved || c.State == Running) && !c.ApprovedAt.IsZero() && !at.Before(c.ApprovedAt) && at.Before(c.Until)
}

// covered reports whether the checkout covered a use between two moments, whatever
// became of it since.
func (c Checkout) covered(since, until time.Time) bool {
	end := c.Until
	if !c.Ended.IsZero() && c.Ended.Before(end) {
		end = c.Ended
	}
	return !c.Opened.IsZero() && !since.Before(c.ApprovedAt) && !until.After(end)
}

func (c Checkout) over(at time.Time) bool {
	switch c.State {
	case Asked:
		return at.Sub(c.AskedAt) >= toDecide
	case Approved:
		return at.Sub(c.ApprovedAt) >= toOpen
	case Running:
		return !at.Before(c.Until)
	}
	return false
}

func (c Checkout) object() policy.Object { return object(c.Org, c.ID, c.AskedBy) }
