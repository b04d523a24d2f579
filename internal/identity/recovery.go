package identity

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/policy"
)

// RecoveryState tells how far a recovery has come.
type RecoveryState string

// The states of a recovery.
const (
	Asked    RecoveryState = "asked"
	Approved RecoveryState = "approved"
	Declined RecoveryState = "declined"
)

// Recovery is a request to take from somebody the second factors that he has lost.
// It needs two people who have nothing to do with one another in this.
type Recovery struct {
	Org       string        `db:"org,key"`
	ID        string        `db:"id,key"`
	Account   string        `db:"account"`
	Person    string        `db:"person"` // beneficiary
	State     RecoveryState `db:"state"`
	Why       string        `db:"why"`
	Asked     time.Time     `db:"asked"`
	AskedBy   string        `db:"asked_by"`
	Until     time.Time     `db:"until"`
	Decided   time.Time     `db:"decided"`
	DecidedBy string        `db:"decided_by"`
	MAC       []byte        `db:"mac"`
}

// recoveryLife is how long a request waits for its second person.
const recoveryLife = 24 * time.Hour

// resetMemory is how long whoever set somebody's password counts as one with him:
// together the two would be a whole account.
const resetMemory = 7 * day

// recoveryReasons are why a factor can be lost.
var recoveryReasons = []string{"lost", "broken", "stolen", "replaced"}

func (r Recovery) open(at time.Time) bool { return r.State == Asked && r.Until.After(at) }

// related are the people of whom none may be the second: the one who asked, the
// one who made the account, and those who lately set its password. The holder
// himself is told apart by the rulebook.
func (r Recovery) related(a Account, resetters []string) []string {
	return append(slices.Clone(resetters), r.AskedBy, a.MadeBy)
}

// objectFor is the recovery as the rulebook sees it: whoever is related to it
// stands as its author.
func (r Recovery) objectFor(a Account, actor string, resetters []string) policy.Object {
	o := objectOf(a)
	if slices.Contains(r.related(a, resetters), actor) {
		o.Author = actor
	}
	return o
}

// keyEnd says that a signing key is used no more. What was signed before stays
// signed.
type keyEnd struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"` // of the key
	Person  string    `db:"person"`
	Ended   time.Time `db:"ended"`
	EndedBy string    `db:"ended_by"`
	Why     string    `db:"why"`
	MAC     []byte    `db:"mac"`
}
