package handover

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// Grounds of a handover.
const (
	Merger    = "merger"    // 合并
	Closing   = "closing"   // 停业
	System    = "system"    // 更换系统
	Authority = "authority" // 移交主管部门
	Rehearsal = "rehearsal" // 演练: to the house itself, which is not closed to writing
)

var grounds = []string{Merger, Closing, System, Authority, Rehearsal}

// States of a handover.
const (
	Asked    = "asked"    // waits for the second person
	Making   = "making"   // the export is made
	Ready    = "ready"    // the export lies sealed, and nothing has left
	Released = "released" // it may be fetched
	Differs  = "differs"  // the receiver found differences
	Matched  = "matched"  // the receiver holds what the manifest names
	Signed   = "signed"   // the giver signed as well
	Closed   = "closed"
	Stopped  = "stopped"
)

// closing are the states in which the house is not written to.
var closing = []string{Making, Ready, Released, Differs, Matched, Signed}

// Case is one handover, or the rehearsal of one. Its row is keyed.
type Case struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Ground     string    `db:"ground"`
	Words      []byte    `db:"words"`    // why, sealed
	Partner    string    `db:"partner"`  // of room exchange, by whose keys it is sealed; none for a rehearsal
	Receiver   string    `db:"receiver"` // its name
	State      string    `db:"state"`
	Run        int       `db:"run"` // of the export: 1 is whole, later ones are supplements
	Opened     time.Time `db:"opened"`
	OpenedBy   string    `db:"opened_by"`
	Approved   time.Time `db:"approved"`
	ApprovedBy string    `db:"approved_by"`
	Until      time.Time `db:"until"` // at which the house is written to again
	Rows       int64     `db:"rows_carried"`
	Parts      int       `db:"parts"`  // of the newest run
	Digest     string    `db:"digest"` // SM3 of the manifest of the newest run, hexadecimal
	Sending    string    `db:"sending"`
	Settled    time.Time `db:"settled"`
	ClosedBy   string    `db:"closed_by"`
	Missing    int64     `db:"missing"` // records that the last comparison found not carried
	Compared   time.Time `db:"compared"`
	Rev        int       `db:"rev"`
	MAC        []byte    `db:"mac"`
}

// Freezes reports whether the case keeps people from writing at a moment.
func (c Case) Freezes(at time.Time) bool {
	return c.Ground != Rehearsal && slices.Contains(closing, c.State) && c.Until.After(at)
}

// Open reports whether the case is under way.
func (c Case) Open() bool { return c.State == Asked || slices.Contains(closing, c.State) }

func (c Case) object() policy.Object {
	return policy.Object{Kind: "Handover", ID: c.ID, Org: c.Org, Author: c.OpenedBy}
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

func wordsPlace(of string) vault.Place {
	return vault.Place{Kind: "Handover", Object: of, Version: "1", Field: "words"}
}

// Opening is what is asked for.
type Opening struct {
	Ground  string
	Words   string
	Partner string
	Until   time.Time
}

const (
	maxWords = 500
	longest  = 92 * 24 * time.Hour
)

func (in Opening) check(now time.Time) error {
	e := errInput.With()
	if !slices.Contains(grounds, in.Ground) {
		e.At("ground", fault.Text{ZH: "请选择移交依据", EN: "choose the ground of the handover"})
	}
	e.MustSay("words", in.Words, maxWords)
	if in.Ground != Rehearsal {
		e.MustName("partner", in.Partner, 40)
	}
	if !in.Until.After(now) || in.Until.Sub(now) > longest {
		e.At("until", fault.Text{ZH: "截止时间应晚于现在，最长三个月", EN: "it ends after now, within three months"})
	}
	return e.OrNil()
}

// Receipt is what the receiver said, as it was brought. It never changes.
type Receipt struct {
	Org       string    `db:"org,key"`
	Handover  string    `db:"handover,key"`
	Number    int       `db:"number,key"`
	Run       int       `db:"run"`
	Outcome   string    `db:"outcome"`
	Found     int64     `db:"found"`
	Digest    string    `db:"digest"`
	Receipt   []byte    `db:"receipt"`
	Signature []byte    `db:"signature"`
	At        time.Time `db:"at"`
	BroughtBy string    `db:"brought_by"`
}

// States of a comparison under way.
const (
	Reading   = "reading"
	Compared  = "compared"
	Cancelled = "cancelled"
)

// Comparing is a comparison while it is made: how far it has come, so that a break costs
// a few pages.
type Comparing struct {
	Org      string    `db:"org,key"`
	Handover string    `db:"handover,key"`
	Number   int       `db:"number,key"` // of the comparison that it becomes
	Run      int       `db:"run"`
	State    string    `db:"state"`
	AskedBy  string    `db:"asked_by"`
	Since    time.Time `db:"since"`
	Ended    time.Time `db:"ended"`
	Mark     mark      `db:"mark,json"`
	Compared int64     `db:"compared"`
	Missing  int64     `db:"missing"`
	Gone     int64     `db:"gone"`
}

// Comparison is one time that what the house holds was compared with what was carried, as
// of when it began to read. It never changes.
type Comparison struct {
	Org         string       `db:"org,key"`
	Handover    string       `db:"handover,key"`
	Number      int          `db:"number,key"`
	Run         int          `db:"run"`
	Compared    int64        `db:"compared"`
	Missing     int64        `db:"missing"`          // held, and not carried as it is
	Gone        int64        `db:"gone"`             // carried, and no longer held
	Differences []Difference `db:"differences,json"` // the first ones; all are listed apart
	At          time.Time    `db:"at"`
	By          string       `db:"by_person"`
}

// Difference is a record that was not carried as it is held.
type Difference struct {
	Kind string `json:"kind"`
	Set  string `json:"set"`
	Key  string `json:"key"`
}

// Listing is a difference in the list of a comparison. It never changes.
type Listing struct {
	Org        string `db:"org,key"`
	Handover   string `db:"handover,key"`
	Comparison int    `db:"comparison,key"`
	Number     int64  `db:"number,key"` // from 1
	Kind       string `db:"kind"`
	Set        string `db:"set_name"`
	Record     string `db:"record"` // its key
}

// Signature is a person's signature on the end of a handover.
type Signature struct {
	Org      string    `db:"org,key"`
	Handover string    `db:"handover,key"`
	Person   string    `db:"person,key"`
	Role     string    `db:"role"`
	Digest   string    `db:"digest"`
	Key      string    `db:"signing_key"`
	Value    []byte    `db:"value"` // SM2 over what [Signable] returns
	At       time.Time `db:"at"`
}

// Signable is what the giver signs: the case, the manifest and the receipt of the
// receiver.
func Signable(c Case, receipt string) []byte {
	return []byte("medward handover 1\n" + c.Org + "\n" + c.ID + "\n" + c.Digest + "\n" + receipt)
}
