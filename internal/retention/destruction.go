package retention

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// Where a destruction stands.
const (
	Drawn     = "drawn"     // a list that waits for its appraisal
	Appraised = "appraised" // waits for the offices
	Approved  = "approved"  // may be carried out before two witnesses
	Destroyed = "destroyed"
	Stopped   = "stopped"
)

// Steps of a destruction.
const (
	StepDrawUp   = "draw-up"
	StepAppraise = "appraise"
	StepApprove  = "approve"
	StepWitness  = "witness"
	StepDestroy  = "destroy"
	StepStop     = "stop"
)

// Offices are the roles of which each approves a destruction: for medicine, for security,
// and for the institution (B-043).
var Offices = []string{"medical-affairs", "security-administrator", "president"}

// Witnesses is how many see a destruction carried out, and witnessed how long their word
// holds.
const (
	Witnesses = 2
	witnessed = 2 * time.Hour
	// MaxItems is how many records one list destroys: as many as one act can write.
	MaxItems = 120
)

// Destruction is a list of records whose term is over, on its way to their end.
type Destruction struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Title     string    `db:"title"` // no patient is named in it
	State     string    `db:"state"`
	DrawnBy   string    `db:"drawn_by"`
	Drawn     time.Time `db:"drawn"`
	Items     int       `db:"items"`     // listed
	Kept      int       `db:"kept"`      // taken off since
	Destroyed int       `db:"destroyed"` // records
	Digest    []byte    `db:"digest"`    // SM3 of the certificate; none before the end
	Ended     time.Time `db:"ended"`
	Rev       int       `db:"rev"`
	MAC       []byte    `db:"mac"`
}

func (d Destruction) object() policy.Object {
	return policy.Object{Kind: "Destruction", ID: d.ID, Org: d.Org, Author: d.DrawnBy}
}

// States of an item.
const (
	ItemListed    = "listed"
	ItemKept      = "kept"
	ItemDestroyed = "destroyed"
)

// Why an item is kept.
const (
	KeptByAppraisal = "appraisal" // it has lasting value
	KeptByTerm      = "term"      // somebody came again: the term runs anew
	KeptByHold      = "hold"
	KeptBySeal      = "seal"
	KeptByStop      = "stopped"
)

// Item is one patient's record on a list. It stays as the stub of what was destroyed.
type Item struct {
	Org       string    `db:"org,key"`
	List      string    `db:"list,key"`
	Patient   string    `db:"patient,key"`
	State     string    `db:"state"`
	Kept      string    `db:"kept"` // why, or ""
	Class     string    `db:"class"`
	LastStay  time.Time `db:"last_stay"`
	LastVisit time.Time `db:"last_visit"`
	TermEnded time.Time `db:"term_ended"`
	Documents int       `db:"documents"`
	Digest    []byte    `db:"digest"` // of all versions, see [record.Holdings]
	Stub      []byte    `db:"stub"`   // Stub, sealed under the key of the list
	At        time.Time `db:"at"`     // when its state was reached
	MAC       []byte    `db:"mac"`
}

// Stub is by what a destroyed record is still told from others.
type Stub struct {
	RecordNumber string `json:"recordNumber"`
	Name         string `json:"name"` // masked
	Words        string `json:"words,omitempty"`
}

// Step is what somebody did about a destruction. It never changes.
type Step struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	List   string    `db:"list"`
	Kind   string    `db:"kind"`
	Office string    `db:"office"` // of an approval
	Person string    `db:"person"`
	At     time.Time `db:"at"`
	Words  []byte    `db:"words"` // sealed under the key of the list
}

// Hold keeps a record beyond its term: for a lawsuit, an inquiry, research.
type Hold struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Patient  string    `db:"patient"`
	Basis    string    `db:"basis"`
	Words    []byte    `db:"words"` // sealed under the key of the patient
	By       string    `db:"set_by"`
	Since    time.Time `db:"since"`
	Until    time.Time `db:"until"`
	Lifted   time.Time `db:"lifted"` // zero while it holds
	LiftedBy string    `db:"lifted_by"`
	MAC      []byte    `db:"mac"`
}

// Bases of a hold.
var Bases = []string{"lawsuit", "dispute", "inquiry", "research", "other"}

// Holds reports whether it keeps the record at a moment.
func (h Hold) Holds(now time.Time) bool { return h.Lifted.IsZero() && now.Before(h.Until) }

func (h Hold) object() policy.Object {
	return policy.Object{Kind: "Hold", ID: h.ID, Org: h.Org, Patient: h.Patient, Author: h.By}
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }
