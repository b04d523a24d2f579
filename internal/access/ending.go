package access

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/policy"
)

// EndingOf is an order to end somebody's right, on its way: [Ending] until
// every process of the house has tried whether it still opens, then [Ended], or [Failed]
// where it did. Its row is keyed.
type EndingOf struct {
	Org     string     `db:"org,key"`
	ID      string     `db:"id,key"`
	Act     string     `db:"act"`     // by which it was ordered, in the ledger
	Kind    string     `db:"kind"`    // of what ends
	Subject string     `db:"subject"` // what ends
	Person  string     `db:"person"`  // whose it is; empty for a release of the rules
	Patient string     `db:"patient"` // to whom it leads, where it is one
	By      string     `db:"by_person"`
	Asked   time.Time  `db:"asked"`
	Due     time.Time  `db:"due"` // from when it must not open any more
	State   string     `db:"state"`
	Settled time.Time  `db:"settled"`
	Remains string     `db:"remains"` // kind of another tie by which the person still gets there
	Trials  []EndTrial `db:"trials,json"`
	MAC     []byte     `db:"mac"`
}

// EndTrial is what one process found when it tried an end.
type EndTrial struct {
	Process string    `json:"process"`
	At      time.Time `json:"at"`
	Open    []string  `json:"open,omitempty"` // what still opens; empty: it holds
}

// What can still be open after an end.
const (
	OpenRow     = "row"     // the store says that the right lives
	OpenRules   = "rules"   // the rules would open by it
	OpenExports = "exports" // files rest on it
)

// Process is a process of the house, and when it was last heard of.
type Process struct {
	Org   string    `db:"org,key"`
	Name  string    `db:"name,key"`
	Since time.Time `db:"since"`
	Seen  time.Time `db:"seen"`
}

// Followed is up to when the orders to end a right were taken up, by whichever process of
// the house: where one that begins takes them up from.
type Followed struct {
	Org   string    `db:"org,key"`
	Until time.Time `db:"until"`
}

const (
	// beatEvery is how often a process says that it is there, and silentAfter how long
	// it is waited for.
	beatEvery   = 10 * time.Second
	silentAfter = 30 * time.Second
	// patience is how long after its time a right may still be found open: what rests on
	// it asks again within seconds.
	patience = 10 * time.Second
)

func (e EndingOf) object() policy.Object {
	return policy.Object{Kind: "Grant", ID: e.ID, Org: e.Org, Author: e.By, Concerns: e.Person}
}

func (e EndingOf) triedBy(process string) bool {
	return slices.ContainsFunc(e.Trials, func(t EndTrial) bool { return t.Process == process })
}

// settle takes a trial, and says what the order has come to once each of the processes
// has tried it.
func (e *EndingOf) settle(processes []string, at time.Time) {
	switch {
	case slices.ContainsFunc(e.Trials, func(t EndTrial) bool { return len(t.Open) > 0 }):
		e.State, e.Settled = Failed, at
	case !slices.ContainsFunc(processes, func(p string) bool { return !e.triedBy(p) }):
		e.State, e.Settled = Ended, at
	}
}
