package privilege

import (
	"bytes"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger/verify"
	"github.com/medward/medward/internal/policy"
)

// Kinds of finding beside those of the verifier about rows.
const (
	OutsideUse    = "outside-use"    // a credential was used without a checkout
	ConcurrentUse = "concurrent-use" // one account was used from two places at once
	LedgerAmiss   = "ledger-amiss"   // something about the ledger itself
	ManyRows      = "many-rows"      // more rows of one table than are named singly
)

// Disposals of a finding.
const (
	Restored   = "restored"   // put right
	Accounted  = "accounted"  // known and accounted for elsewhere
	Misconduct = "misconduct" // handed on as a case against somebody
)

var disposals = []string{Restored, Accounted, Misconduct}

// Finding is something done behind the house, or a use of privilege outside its rules.
// Its row is keyed: a finding that could be struck out would be worth nothing.
type Finding struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Kind       string    `db:"kind"`
	Subject    string    `db:"subject"` // id of the envelope or recording, or empty
	Table      string    `db:"table_name"`
	Row        string    `db:"row_key"`
	Was        []byte    `db:"digest_was"` // by the ledger
	Is         []byte    `db:"digest_is"`  // as it stands
	Person     string    `db:"person"`     // whom the row names
	Suspended  bool      `db:"suspended"`  // the account of that person was stopped
	Change     string    `db:"change_id"`  // that explains it; empty: unexplained
	Found      time.Time `db:"found"`
	Gone       time.Time `db:"gone"` // when the row agreed with the ledger again
	Disposal   string    `db:"disposal"`
	DisposedBy string    `db:"disposed_by"`
	Disposed   time.Time `db:"disposed"`
	Words      []byte    `db:"words"` // sealed
	MAC        []byte    `db:"mac"`
}

func (f Finding) object() policy.Object { return object(f.Org, f.ID, "") }

// same reports whether a difference is the one that was found. The nightly report
// names rows without their digests.
func (f Finding) same(d verify.Difference) bool {
	unsaid := len(f.Is) == 0 || len(d.Is) == 0
	return f.Kind == string(d.Kind) && f.Table == d.Table && f.Row == d.Key && (unsaid || bytes.Equal(f.Is, d.Is))
}

// learns reports whether a difference says more of the row than the finding does.
func (f Finding) learns(d verify.Difference) bool { return len(f.Is) == 0 && len(d.Is) > 0 }

// Disposing is what somebody says of a finding.
type Disposing struct {
	Disposal string `json:"disposal" maxLength:"20" doc:"restored, accounted, misconduct"`
	Words    string `json:"words" maxLength:"4000"`
}

func (in Disposing) check() error {
	e := errInput.With()
	e.MustSay("words", in.Words, maxWords)
	if !slices.Contains(disposals, in.Disposal) {
		e.At("disposal", fault.Text{ZH: "处置应为 restored、accounted 或 misconduct", EN: "a disposal is restored, accounted or misconduct"})
	}
	return e.OrNil()
}

// Round is the last look at one set of rows.
type Round struct {
	Org         string        `db:"org,key"`
	Kind        string        `db:"kind,key"`
	At          time.Time     `db:"at"`
	Took        time.Duration `db:"took"` // nanoseconds
	Tables      int64         `db:"tables"`
	Rows        int64         `db:"row_count"`
	Differences int64         `db:"differences"`
	MAC         []byte        `db:"mac"`
}

// The sets of rows that are looked at.
const (
	Permissions = "permissions" // every table that gives power, each round
	Whole       = "whole"       // everything, once a night
)
