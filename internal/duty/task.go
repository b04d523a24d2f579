package duty

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/calendar"
)

// State is where a task stands.
type State string

// The states of a task. A late task is open, and late.
const (
	Open      State = "open"
	Done      State = "done"
	Returned  State = "returned"
	Cancelled State = "cancelled"
)

// Task is something that somebody must do by when. Who has it is a person, or
// nobody yet: then it waits in a pool, of a role, a department, or a role in a
// department. Holding a task gives rights, so its row is keyed.
type Task struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Kind     string    `db:"kind"`
	Room     string    `db:"room"`    // whose thing it is about
	Subject  string    `db:"subject"` // the id of that thing, or empty
	Patient  string    `db:"patient"` // whom it is about, or empty
	State    State     `db:"state"`
	Priority int       `db:"priority"` // 1 urgent, 0 ordinary
	Person   string    `db:"person"`
	Role     string    `db:"role"`
	Dept     string    `db:"department"`
	Author   string    `db:"author"` // person who asked for it; empty for the house
	Opened   time.Time `db:"opened"`
	Limit    string    `db:"time_limit"` // as calendar.ParseLimit reads it; empty: the deadline was set as a moment
	Deadline time.Time `db:"deadline"`
	Certain  bool      `db:"certain"`  // every year up to the deadline was announced
	Reckoned string    `db:"reckoned"` // by which calendar
	Late     bool      `db:"overdue"`  // was marked so; stays on a task that was closed late
	Level    int       `db:"level"`    // how many steps of its chain it has climbed
	Reminded int       `db:"reminded"` // how many reminders were due so far
	Next     time.Time `db:"next_due"` // when its clock has something to do; zero: never
	Paused   time.Time `db:"paused"`   // since when its clock is stopped; zero while it runs
	Asked    time.Time `db:"asked"`    // the deadline that its holder asks for; zero: none
	Closed   time.Time `db:"closed"`
	ClosedBy string    `db:"closed_by"`
	Parent   string    `db:"parent"` // the task that it is a part of, or empty
	Flow     string    `db:"flow"`
	FlowRev  int       `db:"flow_version"`
	FlowAt   int       `db:"flow_step"` // place in the flow, from 0
	Words    []byte    `db:"words"`     // sealed
	MAC      []byte    `db:"mac"`
}

// IsLate reports whether the task is late at a moment.
func (t Task) IsLate(at time.Time) bool {
	return t.Late || t.State == Open && t.Paused.IsZero() && !at.Before(t.Deadline)
}

// Title is what a list calls the task. It is made of the words of its kind only.
func (t Task) Title() fault.Text { return kindOf(t.Kind).Name }

// object is the task as policy sees it. The patient is named in the account of
// those acts that disclose which patient it is about.
func (t Task) object() policy.Object {
	return policy.Object{Kind: "Duty", ID: t.ID, Org: t.Org, Department: t.Dept, Author: t.Author, Concerns: t.Person}
}

func (t Task) limit() calendar.Limit {
	l, err := calendar.ParseLimit(t.Limit)
	if err != nil {
		return calendar.Limit{}
	}
	return l
}

func wordsPlace(kind, id string) vault.Place {
	return vault.Place{Kind: kind, Object: id, Field: "words"}
}

// StepKind is what happened to a task.
type StepKind string

// What can happen to a task.
const (
	StepOpened    StepKind = "opened"
	StepTaken     StepKind = "taken"
	StepDelegated StepKind = "delegated"
	StepReminded  StepKind = "reminded"
	StepLate      StepKind = "overdue"
	StepEscalated StepKind = "escalated"
	StepMissed    StepKind = "missed"
	StepAsked     StepKind = "extension-asked"
	StepGranted   StepKind = "extension-granted"
	StepDenied    StepKind = "extension-denied"
	StepPaused    StepKind = "paused"
	StepResumed   StepKind = "resumed"
	StepReckoned  StepKind = "reckoned-again"
	StepDone      StepKind = "done"
	StepReturned  StepKind = "returned"
	StepCancelled StepKind = "cancelled"
)

// Step is one thing that happened to a task. It never changes.
type Step struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Task     string    `db:"task"`
	Place    int       `db:"place"` // in the history of the task, from 0
	Kind     StepKind  `db:"kind"`
	At       time.Time `db:"at"`
	Due      time.Time `db:"due"`    // when the clock should have done it
	Actor    string    `db:"actor"`  // person, or the kind of a system actor
	Person   string    `db:"person"` // whom it was given to or told
	Dept     string    `db:"department"`
	Deadline time.Time `db:"deadline"` // the one that holds from here
	Proof    string    `db:"proof"`    // reference to what proves it
	Words    []byte    `db:"words"`    // sealed
}

// Pause is a stretch during which a task's clock stood still.
type Pause struct {
	Org   string    `db:"org,key"`
	ID    string    `db:"id,key"`
	Task  string    `db:"task"`
	Since time.Time `db:"since"`
	Until time.Time `db:"until"` // zero while it lasts
	By    string    `db:"by_person"`
}

func intervals(pauses []Pause, now time.Time) []calendar.Interval {
	stretches := make([]calendar.Interval, len(pauses))
	for i, p := range pauses {
		stretches[i] = calendar.Interval{From: p.Since, To: p.Until}
		if p.Until.IsZero() {
			stretches[i].To = now
		}
	}
	return stretches
}

// due is one thing that a task's clock has to do.
type due struct {
	kind StepKind
	at   time.Time
	rung int // of an escalation
}

// schedule is everything that the clock of a task does, in order.
func (t Task) schedule(c *calendar.Calendar, pauses []calendar.Interval) []due {
	kind := kindOf(t.Kind)
	l := t.limit()
	if l.IsZero() {
		l = calendar.Limit{N: 1, Unit: calendar.HoursOfClock} // parts of a moment's time are by the clock
	}
	var all []due
	for _, at := range c.Reminders(t.Opened, t.Deadline, l, kind.Remind, pauses...) {
		all = append(all, due{kind: StepReminded, at: at})
	}
	all = append(all, due{kind: StepLate, at: t.Deadline})
	for i, r := range kind.Escalate {
		at := t.Deadline
		if !r.After.IsZero() {
			at = c.Deadline(t.Deadline, r.After)
		}
		all = append(all, due{kind: StepEscalated, at: at, rung: i})
	}
	slices.SortStableFunc(all, func(a, b due) int { return a.at.Compare(b.at) })
	return all
}

// strike moves the clock of a task to a moment: it marks what has become due and
// returns it.
func (t *Task) strike(all []due, now time.Time) []due {
	t.Next = time.Time{}
	if t.State != Open || !t.Paused.IsZero() {
		return nil
	}
	var struck []due
	reminders := 0
	for _, d := range all {
		if d.at.After(now) {
			t.Next = d.at
			return struck
		}
		switch d.kind {
		case StepReminded:
			if reminders++; reminders <= t.Reminded {
				continue
			}
			t.Reminded = reminders
		case StepLate:
			if t.Late {
				continue
			}
			t.Late = true
		default:
			if d.rung < t.Level {
				continue
			}
			t.Level = d.rung + 1
		}
		struck = append(struck, d)
	}
	return struck
}

// rewind sets what the clock has done so far to what it would have done by a
// moment, without doing it: after the deadline has moved, or for a new task.
func (t *Task) rewind(all []due, now time.Time) {
	t.Late, t.Level, t.Reminded, t.Next = false, 0, 0, time.Time{}
	for _, d := range all {
		switch {
		case d.at.After(now):
			if t.Next.IsZero() {
				t.Next = d.at
			}
		case d.kind == StepReminded:
			t.Reminded++
		case t.Next.IsZero(): // late already: its clock strikes at once
			t.Next = d.at
		}
	}
}
