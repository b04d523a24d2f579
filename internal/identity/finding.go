package identity

import "time"

// FindingKind tells what is amiss with an account.
type FindingKind string

// The kinds of finding.
const (
	Dormant FindingKind = "dormant" // nobody has signed in for long
	Shared  FindingKind = "shared"  // signed in here and there in turn within minutes
	NoPost  FindingKind = "no-post" // its person holds no appointment any more; it was locked
	// DirectoryDown is of no account: while the directory did not answer, people came
	// in by their passwords of this house.
	DirectoryDown FindingKind = "directory-down"
	// DirectoryOverruled says that the directory said no and the password of this
	// house was taken all the same.
	DirectoryOverruled FindingKind = "directory-overruled"
)

// Finding is something amiss with an account, of which the head of its person's
// department disposes (A-153, B-106).
type Finding struct {
	Org        string      `db:"org,key"`
	ID         string      `db:"id,key"`
	Kind       FindingKind `db:"kind"`
	Account    string      `db:"account"`
	Person     string      `db:"person"`
	Department string      `db:"department"`
	Found      time.Time   `db:"found"`
	Detail     string      `db:"detail"` // a count: days, changes of place
	Disposal   string      `db:"disposal"`
	Disposed   time.Time   `db:"disposed"` // zero while it waits
	DisposedBy string      `db:"disposed_by"`
}

// disposals are what a head can say of a finding.
var disposals = []string{
	"explained",  // there is a good reason
	"instructed", // the person was told how it is to be done
	"lock-asked", // the security administrator is asked to lock the account
}

// Accounts that are passed from hand to hand change places faster than one person
// can: so many changes of address within the window.
const (
	sharingWindow  = 30 * time.Minute
	sharingChanges = 3
)

// changesOfPlace counts how often successive sign-ins came from another address.
func changesOfPlace(addresses []string) int {
	changes := 0
	for i := 1; i < len(addresses); i++ {
		if addresses[i] != addresses[i-1] {
			changes++
		}
	}
	return changes
}
