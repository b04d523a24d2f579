package accesslog

import (
	"time"

	"github.com/medward/medward/internal/policy"
)

// Run is one log, or one stretch of a log, handed in.
type Run struct {
	Org    string `db:"org,key"`
	ID     string `db:"id,key"`
	Source string `db:"source"` // its code
	Rev    int    `db:"rev"`    // of the mapping
	State  string `db:"state"`
	By     string `db:"by_actor"`
	// Written is when the file was made by its system, if whoever hands it in says so.
	Written time.Time `db:"written"`
	Begun   time.Time `db:"begun"`
	Ended   time.Time `db:"ended"`
	Parts   int       `db:"parts"`
	Blocks  int       `db:"blocks"`
	Matched int       `db:"matched"` // blocks
	Bytes   int64     `db:"bytes"`
	Lines   int64     `db:"lines"` // empty ones too, so that line numbers are those of the file
	Tally   Tally     `db:"tally,json"`
	First   time.Time `db:"first_at"` // of the events
	Last    time.Time `db:"last_at"`
	// Skew is by how many microseconds its clock is ahead of ours, as far as the log tells.
	Skew   int64          `db:"skew"`
	Skewed bool           `db:"skewed"`     // the log tells
	Hours  map[string]int `db:"hours,json"` // lines by hour, as 2026-03-02T08 in UTC
	Top    int64          `db:"top"`        // the highest id, of a log that counts
}

// States of a run.
const (
	Receiving = "receiving"
	Matching  = "matching"
	Done      = "done"
)

// Tally counts the lines of a run.
type Tally struct {
	Events         int64 `json:"events"`
	Duplicates     int64 `json:"duplicates"`
	Refused        int64 `json:"refused" doc:"set aside, with line number and rule"`
	Explained      int64 `json:"explained"`
	OutsideHours   int64 `json:"outsideHours"`
	Unexplained    int64 `json:"unexplained"`
	AfterLeaving   int64 `json:"afterLeaving"`
	UnknownPerson  int64 `json:"unknownPerson"`
	UnknownPatient int64 `json:"unknownPatient"`
	Denied         int64 `json:"denied" doc:"the system itself refused"`
	Future         int64 `json:"future"`
	Missing        int64 `json:"missing" doc:"ids left out of a log that counts"`
}

// Verdicts about what a line tells.
const (
	Explained      = "explained"
	OutsideHours   = "outside-hours" // explained, but nobody expected him there at that time
	Unexplained    = "unexplained"   // our rules would have refused
	AfterLeaving   = "after-leaving" // the person does not work here any longer
	UnknownPerson  = "unknown-person"
	UnknownPatient = "unknown-patient"
	Denied         = "denied" // not done: the system itself refused
)

var verdicts = []string{Explained, OutsideHours, Unexplained, AfterLeaving, UnknownPerson, UnknownPatient, Denied}

func (t *Tally) count(verdict string) {
	t.Events++
	*map[string]*int64{
		Explained: &t.Explained, OutsideHours: &t.OutsideHours, Unexplained: &t.Unexplained, AfterLeaving: &t.AfterLeaving,
		UnknownPerson: &t.UnknownPerson, UnknownPatient: &t.UnknownPatient, Denied: &t.Denied,
	}[verdict]++
}

// Reported is what a source said of one person and one patient within one hour. It is
// narrow on purpose: the lines lie sealed in their blocks.
type Reported struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Source     string    `db:"source"`
	Run        string    `db:"run"`
	Step       int       `db:"step"`
	Person     string    `db:"person"`
	Department string    `db:"department"` // of the person then
	Patient    string    `db:"patient"`
	Hour       time.Time `db:"hour"`
	First      time.Time `db:"first_at"`
	Last       time.Time `db:"last_at"`
	Views      int       `db:"views"`
	Prints     int       `db:"prints"`
	Exports    int       `db:"exports"`
	Searches   int       `db:"searches"`
	SignIns    int       `db:"sign_ins"`
	Others     int       `db:"others"`
	Verdict    string    `db:"verdict"`
	Tie        string    `db:"tie"`        // what explains it
	Unmet      []string  `db:"unmet,json"` // the conditions that failed
	Line       int64     `db:"line"`       // the first
	Told       []byte    `db:"told"`       // sealed: Told
}

// Told is what a source said of whom and where, in its own words.
type Told struct {
	Account   string   `json:"account,omitempty"`
	Staff     string   `json:"staff,omitempty"`
	Patient   string   `json:"patient,omitempty"`
	Documents []string `json:"documents,omitempty"`
	Terminals []string `json:"terminals,omitempty"`
	IPs       []string `json:"ips,omitempty"`
}

// maxTold is how many documents, terminals and addresses of an hour are named.
const maxTold = 5

func (r *Reported) count(action string) {
	*map[string]*int{View: &r.Views, Print: &r.Prints, Export: &r.Exports, Search: &r.Searches, SignIn: &r.SignIns, SignOut: &r.Others, Other: &r.Others}[action]++
}

// Question asks somebody why a person looked at a patient on one day in a foreign
// system. Its row is keyed: an answer that could be made up would be worth nothing.
type Question struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Run        string    `db:"run"`
	Source     string    `db:"source"`
	Person     string    `db:"person"`
	Department string    `db:"department"` // whose head is asked; empty: medical affairs
	Patient    string    `db:"patient"`
	Day        time.Time `db:"day"`
	Verdict    string    `db:"verdict"`
	Lines      int       `db:"lines"`
	State      string    `db:"state"`
	Asked      time.Time `db:"asked"`
	Answered   time.Time `db:"answered"`
	By         string    `db:"answered_by"`
	Words      []byte    `db:"words"` // sealed
	MAC        []byte    `db:"mac"`
}

// States of a question.
const (
	Open     = "open"
	Answered = "explained"
	Raised   = "raised" // handed on as a possible misuse
)

func (q Question) object() policy.Object {
	return policy.Object{Kind: "Reported", ID: q.ID, Org: q.Org, Department: q.Department, Concerns: q.Person}
}

// Finding is something about a log as a log.
type Finding struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Source  string    `db:"source"`
	Run     string    `db:"run"`
	Kind    string    `db:"kind"`
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"`
	N       int64     `db:"n"`
	Found   time.Time `db:"found"`
	Settled time.Time `db:"settled"`
	By      string    `db:"settled_by"`
	Words   []byte    `db:"words"` // sealed
}

// Kinds of finding.
const (
	Gap             = "gap"              // hours without lines although the source has a rhythm
	Repeated        = "duplicates"       // lines that came before
	Jump            = "sequence"         // ids that are missing
	ClockOff        = "clock"            // N is how many seconds it is ahead
	Drifting        = "drift"            // N is by how many seconds more in a day
	FutureLines     = "future"           // lines from after they came
	UnknownAccounts = "unknown-accounts" // N accounts that do not exist
	UnknownPatients = "unknown-patients"
	BadLines        = "bad-lines"
	TooManyToAsk    = "too-many" // N people and patients that were not asked about singly
)
