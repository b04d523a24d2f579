package access

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// States of a request.
const (
	Waiting   = "waiting"
	Approved  = "approved"
	Returned  = "returned"
	Refused   = "refused"
	Withdrawn = "withdrawn"
	Lapsed    = "lapsed" // nobody confirmed in time what was urgent
)

// Request asks for a grant. What is granted is generated from it as it stands
//
type Request struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Requester  string    `db:"requester"`
	Person     string    `db:"person"` // for whom
	Patient    string    `db:"patient"`
	Department string    `db:"department"` // of the patient, or the one in the scope
	Scope      Scope     `db:"scope,json"`
	Words      []byte    `db:"words"` // why, sealed
	Urgent     bool      `db:"urgent"`
	Chain      string    `db:"chain"`
	Steps      []Step    `db:"steps,json"` // as they were when it was asked
	Step       int       `db:"step"`       // the one that decides, from 0
	State      string    `db:"state"`
	Grant      string    `db:"result"` // the grant that came of it
	Extends    string    `db:"extends"`
	Like       string    `db:"like_of"` // the grant after which it was made
	Opened     time.Time `db:"opened"`
	Closed     time.Time `db:"closed"`
	ClosedBy   string    `db:"closed_by"`
	Answer     []byte    `db:"answer"` // sealed
	MAC        []byte    `db:"mac"`
}

// Vote is one approver's yes on one step. It never changes.
type Vote struct {
	Org     string    `db:"org,key"`
	Request string    `db:"request,key"`
	Step    int       `db:"step,key"` // -1: the urgent one
	Person  string    `db:"person,key"`
	At      time.Time `db:"at"`
}

// urgently is the step of the one person who gives an urgent grant.
const urgently = -1

// object is a request as policy sees it. The patient is named in the account of
// the acts, and his own ties do not bear on who decides.
func (q Request) object() policy.Object {
	return policy.Object{Kind: "Grant", ID: q.ID, Org: q.Org, Department: q.Department, Author: q.Requester, Concerns: q.Person}
}

// charge is the tie of whoever the decision waits for.
func charge(id string, at time.Time) policy.Tie {
	return policy.Tie{Kind: policy.TieCharge, ID: id, Source: "access", Since: at, Until: at.Add(time.Second)}
}
