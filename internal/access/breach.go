package access

import (
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// BreachFlag is why somebody was frozen by hand: an office flagged that he broke the rules
// (C-052). What it takes is the freeze's to say, which bears its id; another person
// reviews it. Its row is keyed.
type BreachFlag struct {
	Org       string    `db:"org,key"`
	Freeze    string    `db:"freeze_id,key"`
	Person    string    `db:"person"`
	Cause     string    `db:"cause"`
	Evidence  string    `db:"evidence"`  // ByEntry or ByFinding
	Reference string    `db:"reference"` // id of the entry, or number of the finding
	Words     []byte    `db:"words"`     // sealed
	Suspended int       `db:"suspended"` // live grants of the person when he was flagged
	Flagged   time.Time `db:"flagged"`
	FlaggedBy string    `db:"flagged_by"`
	ReviewBy  time.Time `db:"review_by"`
	MAC       []byte    `db:"mac"`
}

// What a breach is.
const (
	BreachSnooping = "snooping" // reading without need
	BreachLeak     = "leak"     // passing on what was read
	BreachSharing  = "sharing"  // lending an account, or using another's
	BreachPurpose  = "purpose"  // using for what it was not given for
	BreachOther    = "other"
)

var breachCauses = []string{BreachSnooping, BreachLeak, BreachSharing, BreachPurpose, BreachOther}

// What a flag rests on.
const (
	ByEntry   = "entry"   // an entry of the ledger
	ByFinding = "finding" // a finding of an inspection, an audit or a complaint
)

// Bounds of a freeze by hand. One that nobody reviews ends all the same: nobody is held
// without a verdict.
const (
	breachLasts   = 30 * day
	longestBreach = 90 * day
	maxReference  = 64
)

// Flagging is what an officer says when flagging a breach.
type Flagging struct {
	Person    string
	Cause     string
	Evidence  string
	Reference string
	Words     string
}

func (f Flagging) check() error {
	e := checkWords(errGrantInput.With(), f.Words)
	e.MustName("person", f.Person, maxReference)
	if !slices.Contains(breachCauses, f.Cause) {
		e.At("cause", fault.Text{ZH: "请从列表中选择：" + strings.Join(breachCauses, "、"), EN: "choose from: " + strings.Join(breachCauses, ", ")})
	}
	if f.Evidence != ByEntry && f.Evidence != ByFinding {
		e.At("evidence", fault.Text{ZH: "依据应为 entry（审计记录）或 finding（检查发现）", EN: "a flag rests on an entry of the ledger or on a finding"})
	}
	e.MustSay("reference", f.Reference, maxReference)
	return e.OrNil()
}

// object is what a verdict on the breach is asked about: nobody gives it on himself, or
// on what he flagged.
func (b BreachFlag) object() policy.Object {
	return policy.Object{Kind: "Bar", ID: b.Freeze, Org: b.Org, Concerns: b.Person, Author: b.FlaggedBy}
}
