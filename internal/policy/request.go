package policy

import "time"

// Actor is who asks.
type Actor struct {
	Kind        string   // person, feed, job, cli, first-start, anonymous
	ID          string   // person, source or job id
	Org         string   // organisation
	Session     string   // for the account only; no rule reads it
	Roles       []string // ids of [Roles]; what a kind is by itself is not repeated here
	Departments []string // departments in which the actor holds an appointment
	Clearance   int      // highest level of content, 1 to 5
	Zone        string   // "" or inside: the organisation's own network; remote: anywhere else
	Weak        bool     // signed in by one factor only
	Stale       bool     // has not lately shown again who he is
	Unbound     bool     // an undertaking that the actor must have signed is missing or has lapsed
	Unlicensed  bool     // a licence that the actor's role needs is missing or has lapsed
	Provisional bool     // what the actor writes stands until somebody countersigns
	Agreed      *Agreed  // what a feed may do at most, nil: nothing; of a person, what a program may do for him, nil: he acts himself
}

// Object is what is asked about. A collection is asked about as the House, the
// Ledger or the Patient it belongs to.
type Object struct {
	Kind        string // an entity type of the schema: Patient, Document, Account, House, …
	ID          string
	Org         string
	Patient     string
	Department  string
	Sensitivity int    // 1 to 5; 0 is unknown and denied where level matters
	Encounter   string // of a piece of content; the narrower grants ask for it
	Form        string // kind of a document, by its code
	Author      string // person id
	CreatedBy   string // id of the source that made it
	Concerns    string // person the act is about, who may not decide for himself
	Signed      bool
	Archived    bool
	Discharged  bool // its encounter has ended; for a patient: no encounter is open
	Sealed      bool
	SealKind    string // dispute or attention; anything else on a sealed object counts as dispute
	// Unauthorised says that it came from another institution and that the patient has
	// not authorised it to be read during an encounter that lasts.
	Unauthorised bool
}

// Kinds of tie.
const (
	TieCare   = "care"   // member of the care team
	TieTask   = "task"   // an order, request or consultation to carry out
	TieDuty   = "duty"   // on duty for the patient's ward
	TieReason = "reason" // stated reason
	TieGlass  = "glass"  // break-glass
	TieGrant  = "grant"  // approved grant
	TieOwn    = "own"    // the actor is the patient
	TieCharge = "charge" // the act waits for the actor's decision: an approver, a reviewer, the administrator on duty
	TieListed = "listed" // named on the list of a seal
	TieSeal   = "seal"   // a seal on the patient; it closes, and Role says which: attention or dispute
	TieUnmask = "unmask" // a reason to see what is masked
	TieBar    = "bar"    // the actor is barred from the patient; it closes
	TieFreeze = "freeze" // what leads the actor beyond his work is frozen; it closes
	TieHold   = "hold"   // a document of the patient is held; it closes, and Role says which way
	TieMoving = "moving" // the house is being handed over; it closes

	TieConsent = "consent"   // the patient agreed to the purpose
	TieExempt  = "exemption" // the law provides for the purpose without consent

	TieTheatre = "theatre" // named on the list of operations for the patient, about the time of the operation

	TieWork   = "work"   // the patient is on the actor's worklist
	TieSilent = "silent" // the source that tells of the patient is silent

	TieMandate = "mandate" // an approved request from outside names the actor to answer it
)

// Roles of a hold.
const (
	HoldCorrection = "correction"
	HoldQuarantine = "quarantine"
)

// Tie is one relation between the actor and the object's patient.
type Tie struct {
	Kind   string
	ID     string
	Role   string // care: position in the team; reason, glass, grant, work, mandate, consent, exemption: the purpose it was given for
	Source string // where the relation is known from
	Since  time.Time
	Until  time.Time
	Bounds *Bounds // to what the tie is restricted; nil: to nothing
}

func (t Tie) live(at time.Time) bool {
	if t.Since.After(at) {
		return false
	}
	if t.Until.IsZero() {
		return t.Kind == TieOwn || t.Kind == TieSeal || t.Kind == TieBar || t.Kind == TieConsent
	}
	return t.Until.After(at)
}

// Request is one question.
type Request struct {
	Actor    Actor
	Verb     string // room.verb, an action of the schema
	Object   Object
	Ties     []Tie
	Purpose  string // an id of [Purposes]
	At       time.Time
	Terminal string // for the account only; no rule reads it
	IP       string // for the account only; no rule reads it
}
