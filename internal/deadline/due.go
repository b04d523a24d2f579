package deadline

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/calendar"
)

// States of a due.
const (
	Open = "open"
	Met  = "met"
	Void = "void" // what it was reckoned from is no more, or the rule is no more
)

// Due is one document that one encounter must hold by a moment, and what became of it.
type Due struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Encounter   string    `db:"encounter"`
	Requirement string    `db:"requirement"` // its key
	Ref         string    `db:"ref"`         // which one of several: the requisition, or the document before
	Patient     string    `db:"patient"`
	Department  string    `db:"department"`
	Person      string    `db:"person"` // who is to write it, or wrote it; empty: whoever of the department
	Set         int       `db:"set_number"`
	Reckoned    string    `db:"reckoned"` // by which set and calendar
	Kinds       []string  `db:"kinds,json"`
	Event       Event     `db:"event"`
	EventAt     time.Time `db:"event_at"`
	Limit       string    `db:"time_limit"`
	At          time.Time `db:"due_at"`
	Ended       time.Time `db:"ended"` // when the patient went home; zero while he is there
	Mandatory   bool      `db:"mandatory"`
	State       string    `db:"state"`
	Overdue     time.Time `db:"overdue"` // when it was found to be overdue; never cleared
	Paused      time.Time `db:"paused"`  // since when its clock stands still
	Document    string    `db:"document"`
	Told        time.Time `db:"told_at"`     // of the document: when what it tells took place
	Entered     time.Time `db:"entered_at"`  // when it was written
	Received    time.Time `db:"received_at"` // when the house had it
	Signed      bool      `db:"signed"`
	Late        bool      `db:"late"`      // for ever
	Backdated   bool      `db:"backdated"` // it dates itself into a limit that had passed when it came
	Explained   bool      `db:"explained"`
	Gaps        []string  `db:"gaps,json"` // what its source does not say: author, time
	Updated     time.Time `db:"updated_at"`
}

// Gaps of what a source says of a document.
const (
	NoAuthor = "no-author"
	NoTime   = "no-time"
	// SignedElsewhere: whether it was signed is for its source to say; here it is not.
	SignedElsewhere = "signed-elsewhere"
)

var dues = db.Define[Due]("deadline_due")

// IsOverdue reports whether it is missing at a moment though its limit has passed.
func (d Due) IsOverdue(at time.Time) bool {
	return d.State == Open && d.Paused.IsZero() && !at.Before(d.At)
}

// LateBy is by how much it was late, or is so far.
func (d Due) LateBy(at time.Time) time.Duration {
	switch {
	case d.State == Met && d.Late:
		return max(0, d.Entered.Sub(d.At))
	case d.IsOverdue(at):
		return at.Sub(d.At)
	}
	return 0
}

// WantsReason reports whether somebody has still to say why.
func (d Due) WantsReason(at time.Time) bool {
	return !d.Explained && (d.Late || d.Backdated || d.IsOverdue(at))
}

func (d Due) object() policy.Object {
	return policy.Object{Kind: "Deadline", ID: d.ID, Org: d.Org, Patient: d.Patient, Department: d.Department, Concerns: d.Person, Encounter: d.Encounter}
}

// Reason is why a document was late, or dates itself back.
type Reason struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Due    string    `db:"due"`
	Choice string    `db:"choice"`
	Words  []byte    `db:"words"` // sealed under the patient's key
	At     time.Time `db:"at"`
	By     string    `db:"by_person"`
}

// Pause is a stretch during which the clock of a due stands still.
type Pause struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Due     string    `db:"due"`
	Cause   string    `db:"cause"`
	Words   []byte    `db:"words"` // sealed under the patient's key
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"` // when it ends by itself
	By      string    `db:"by_person"`
	Ended   time.Time `db:"ended"`
	EndedBy string    `db:"ended_by"`
}

// Condition is that somebody said how ill a patient is.
type Condition struct {
	Org       string    `db:"org,key"`
	ID        string    `db:"id,key"`
	Encounter string    `db:"encounter"`
	Level     Level     `db:"level"`
	Since     time.Time `db:"since"`
	By        string    `db:"by_person"`
}

var (
	reasons    = db.Define[Reason]("deadline_reason", db.AsFinal)
	pauses     = db.Define[Pause]("deadline_pause")
	conditions = db.Define[Condition]("deadline_condition", db.AsFinal)
)

// intervals are the stretches of pauses, one that lasts up to now.
func intervals(all []Pause, now time.Time) []calendar.Interval {
	stretches := make([]calendar.Interval, len(all))
	for i, p := range all {
		stretches[i] = calendar.Interval{From: p.Since, To: cmp.Or(p.Ended, now)}
	}
	return stretches
}

// among is the beginning of a condition that a column is one of some ids, at most a
// hundred; ids repeat, so that an engine meets few statements.
func among(column string, first int, ids []string) (string, []any) {
	length := 1
	for length < len(ids) {
		length *= 4
	}
	places, args := make([]string, length), make([]any, length)
	for i := range length {
		places[i], args[i] = "$"+strconv.Itoa(first+i), ids[min(i, len(ids)-1)]
	}
	return column + " IN (" + strings.Join(places, ", ") + ")", args
}

func duesOf(ctx context.Context, r db.Reader, org, encounter string) ([]Due, error) {
	return dues.Select(ctx, r, "WHERE org = $1 AND encounter = $2 ORDER BY requirement, ref", org, encounter)
}

// pausesOf reads the pauses of some dues, by due.
func pausesOf(ctx context.Context, r db.Reader, org string, ids []string) (map[string][]Pause, error) {
	by := map[string][]Pause{}
	for some := range slices.Chunk(ids, 64) {
		in, args := among("due", 2, some)
		found, err := pauses.Select(ctx, r, "WHERE org = $1 AND "+in+" ORDER BY since, id", append([]any{org}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			by[p.Due] = append(by[p.Due], p)
		}
	}
	return by, nil
}
