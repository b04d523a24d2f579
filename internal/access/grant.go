package access

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// States of a grant. A revocation is seen on its way: ending until the house has
// asked policy again as the person, then ended, or failed where it still opened.
const (
	Live   = "live"
	Ending = "ending"
	Ended  = "ended"
	Failed = "failed"
)

// Causes of an end.
const (
	Expired     = "expired"
	Revoked     = "revoked"
	GivenBack   = "given-back"
	Unconfirmed = "unconfirmed"
	Cut         = "review" // by a campaign
	Unused      = "unused" // for long, after a notice
	Outside     = "frame"  // of the department, and nobody kept it
)

// Grant is a permission given to somebody for a purpose until a day. Its row is
// keyed.
type Grant struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Request    string    `db:"request"`
	Person     string    `db:"person"`
	Requester  string    `db:"requester"`
	Approvers  []string  `db:"approvers,json"`
	Patient    string    `db:"patient"`
	Department string    `db:"department"`
	Scope      Scope     `db:"scope,json"`
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	ConfirmBy  time.Time `db:"confirm_by"` // of an urgent one; zero once the chain has confirmed it
	State      string    `db:"state"`
	Ended      time.Time `db:"ended"`
	EndedBy    string    `db:"ended_by"`
	Cause      string    `db:"cause"`
	Checked    time.Time `db:"checked"` // when its end was tried
	Remains    string    `db:"remains"` // another tie by which the person still reaches it: its kind
	MAC        []byte    `db:"mac"`
}

// End is when the grant stops to count.
func (g Grant) End() time.Time {
	end := g.Until
	for _, earlier := range []time.Time{g.ConfirmBy, g.Ended} {
		if !earlier.IsZero() && earlier.Before(end) {
			end = earlier
		}
	}
	return end
}

func (g Grant) live(at time.Time) bool {
	return g.State == Live && !g.Since.After(at) && g.End().After(at)
}

func (g Grant) tie() policy.Tie {
	return policy.Tie{Kind: policy.TieGrant, ID: g.ID, Role: g.Scope.Purpose, Source: "access", Since: g.Since, Until: g.End(), Bounds: g.Scope.bounds()}
}

func (g Grant) object() policy.Object {
	return policy.Object{Kind: "Grant", ID: g.ID, Org: g.Org, Department: g.Department, Author: g.Requester, Concerns: g.Person}
}

// end stops the grant at a moment.
func (g *Grant) end(at time.Time, by, cause string) {
	g.State, g.Ended, g.EndedBy, g.Cause = Ending, at, by, cause
}
