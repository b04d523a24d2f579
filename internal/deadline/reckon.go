package deadline

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/patient"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/kit/calendar"
)

// known is all that is known of an encounter.
type known struct {
	patient.Encounter
	documents  []record.Written // the earliest received first
	asked      []patient.Requisition
	conditions []Condition // the earliest first
}

// instance is one document that an encounter must hold, with the one that is there.
type instance struct {
	Requirement
	ref        string
	at         time.Time // of the event
	department string
	person     string
	document   *record.Written
}

// instances are all documents that an encounter must hold by what is in force. taken are
// documents that have met a due already, by requirement: they meet no other.
func (f force) instances(k known, taken map[string]map[string]bool) []instance {
	var all []instance
	for _, q := range f.set.Content {
		if !slices.Contains(q.Encounters, k.Kind) {
			continue
		}
		candidates := k.of(q, taken[q.Key])
		var some []instance
		switch {
		case q.Recurs():
			some = k.chain(q, f.since[q.Key])
		case q.Event == Told:
			some = k.told(q)
		default:
			some = meet(k.happened(q), candidates)
		}
		for _, one := range some {
			if !one.at.Before(f.since[q.Key]) {
				all = append(all, one)
			}
		}
	}
	return all
}

// of are the documents of an encounter that could meet a requirement, the earliest
// entered first.
func (k known) of(q Requirement, taken map[string]bool) []record.Written {
	var some []record.Written
	for _, d := range k.documents {
		if slices.Contains(q.Kinds, d.Kind) && !taken[d.ID] {
			some = append(some, d)
		}
	}
	slices.SortStableFunc(some, func(a, b record.Written) int { return a.Entered.Compare(b.Entered) })
	return some
}

// happened are the events of a requirement in an encounter, the earliest first.
func (k known) happened(q Requirement) []instance {
	one := func(ref string, at time.Time, department, person string) instance {
		return instance{Requirement: q, ref: ref, at: at, department: department, person: person}
	}
	var all []instance
	switch q.Event {
	case Admission:
		all = append(all, one("", k.Since, k.Department, k.Attending))
	case Discharge:
		if !k.Until.IsZero() && !k.Until.Before(k.Since) {
			all = append(all, one("", k.Until, k.Department, k.Attending))
		}
	case TransferIn, Consultation, Operation:
		for _, asked := range k.asked {
			switch {
			case q.Event == TransferIn && asked.Kind == patient.HandOver:
				all = append(all, one(asked.ID, asked.Since, k.Department, k.Attending))
			case q.Event == Consultation && asked.Kind == patient.Consultation && asked.State != patient.CalledOff:
				all = append(all, one(asked.ID, asked.Since, asked.Department, ""))
			case q.Event == Operation && asked.Kind == patient.Operation && asked.State == patient.Answered && !asked.Closed.IsZero():
				all = append(all, one(asked.ID, asked.Closed, k.Department, k.Attending))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b instance) int { return a.at.Compare(b.at) })
	return all
}

// meet gives each event the first document that nothing else took. Of an admission or a
// discharge there is one, and its document may be begun before it; of what happens again
// and again a document that was there before belongs to something else.
func meet(events []instance, candidates []record.Written) []instance {
	for i := range events {
		again := events[i].ref != ""
		j := slices.IndexFunc(candidates, func(d record.Written) bool { return !again || !d.Entered.Before(events[i].at) })
		if j < 0 {
			continue
		}
		events[i].document = &candidates[j]
		candidates = slices.Concat(candidates[:j:j], candidates[j+1:])
	}
	return events
}

// told are the documents that tell themselves when what they are about took place.
func (k known) told(q Requirement) []instance {
	var all []instance
	for _, d := range k.of(q, nil) {
		all = append(all, instance{Requirement: q, ref: d.ID, at: d.Told, department: k.Department, person: k.Attending, document: &d})
	}
	return all
}

// chain is what is due again and again: each document begins the time of the next, and the
// last waits as long as the patient is there, or stays missing if it was due before he
// left. It begins no earlier than the rule.
func (k known) chain(q Requirement, since time.Time) []instance {
	var all []instance
	next := instance{Requirement: q, at: k.Since, department: k.Department, person: k.Attending}
	for _, d := range k.of(q, nil) {
		if d.Entered.Before(next.at) {
			continue
		}
		next.document = &d
		all = append(all, next)
		next = instance{Requirement: q, ref: d.ID, at: d.Entered, department: k.Department, person: k.Attending}
	}
	all = append(all, next)
	for i := range all {
		if all[i].at.Before(since) && (all[i].document == nil || !all[i].document.Entered.Before(since)) {
			all[i].at = since
		}
	}
	return all
}

// runsOut is when the limit of an instance has passed, and the limit that decided.
func (i instance) runsOut(c *calendar.Calendar, conditions []Condition, paused []calendar.Interval) (time.Time, calendar.Limit) {
	if !i.Recurs() {
		limit, _ := calendar.ParseLimit(i.Limit)
		return c.Deadline(i.at, limit, paused...), limit
	}
	level := levelAt(conditions, i.at)
	limit := i.every(level)
	end := c.Deadline(i.at, limit, paused...)
	for _, then := range conditions {
		if !then.Since.After(i.at) || !then.Since.Before(end) || i.document != nil && then.Since.After(i.document.Entered) {
			continue
		}
		from := i.at
		if worse(then.Level, level) {
			from = then.Since
		}
		moved := c.Deadline(from, i.every(then.Level), paused...)
		if !worse(then.Level, level) || moved.Before(end) {
			end, limit = moved, i.every(then.Level)
		}
		level = then.Level
	}
	return end, limit
}

func levelAt(all []Condition, at time.Time) Level {
	level := Stable
	for _, c := range all {
		if !c.Since.After(at) {
			level = c.Level
		}
	}
	return level
}

func worse(a, b Level) bool { return slices.Index(levels, a) > slices.Index(levels, b) }

// wanted reports whether an instance without a document is still to be written: what
// recurs ends with the discharge, unless its time was over before.
func (i instance) wanted(k known, runsOut time.Time) bool {
	return i.document != nil || !i.Recurs() || k.Until.IsZero() || !runsOut.After(k.Until)
}

// met fills in what is known of the document that meets a due. live says that the house
// knew of the encounter when the limit passed: only then it can tell what came after it.
func (d *Due) met(by record.Written, live bool) {
	d.State, d.Document, d.Told, d.Entered, d.Received, d.Signed, d.Gaps = Met, by.ID, by.Told, by.Entered, by.Received, signedOf(by), []string{}
	if by.Author != "" {
		d.Person = by.Author
	}
	if by.Source != "" && by.Author == "" {
		d.Gaps = append(d.Gaps, NoAuthor)
	}
	if by.Source != "" && !by.Signed {
		d.Gaps = append(d.Gaps, SignedElsewhere)
	}
	if by.Timeless {
		d.Gaps = append(d.Gaps, NoTime)
	}
	d.Late = by.Entered.After(d.At) || by.Source == "" && !d.Overdue.IsZero()
	datesBack := by.Source == "" && d.Event != Told && by.Entered.After(d.At) && !by.Told.After(d.At)
	cameAfter := by.Source != "" && live && !by.Entered.After(d.At) && by.Received.After(d.At)
	d.Backdated = datesBack || cameAfter
}

// signedOf reports whether nobody has still to sign a document here.
func signedOf(by record.Written) bool { return by.Signed || by.Source != "" }
