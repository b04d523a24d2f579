package deadline

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/db"
	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

// States of a set.
const (
	Proposed = "proposed"
	Approved = "approved"
	Rejected = "rejected"
)

// Set is a list of requirements that holds from a day on. It never changes once it was
// proposed; it is settled once. Its row is keyed.
type Set struct {
	Org        string        `db:"org,key"`
	ID         string        `db:"id,key"`
	Number     int           `db:"number"`
	Content    []Requirement `db:"content,json"`
	Digest     []byte        `db:"digest"` // SM3 of the content
	Why        string        `db:"why"`
	State      string        `db:"state"`
	Since      time.Time     `db:"since"`
	Proposed   time.Time     `db:"proposed"`
	ProposedBy string        `db:"proposed_by"`
	Settled    time.Time     `db:"settled"`
	SettledBy  string        `db:"settled_by"`
	Answer     string        `db:"answer"` // what was said when it was settled
	MAC        []byte        `db:"mac"`
}

var sets = db.Define[Set]("deadline_set")

func digestOf(all []Requirement) ([]byte, error) {
	plain, err := json.Marshal(all)
	sum := sm.Sum(plain)
	return sum[:], err
}

// approvedSets are the sets that were approved, in the order in which they were proposed.
func approvedSets(ctx context.Context, r db.Reader, org string) ([]Set, error) {
	return sets.Select(ctx, r, "WHERE org = $1 AND state = $2 ORDER BY number", org, Approved)
}

// force is what holds at a moment: a set, and since when each of its requirements has been
// required without a break.
type force struct {
	set   Set
	since map[string]time.Time
}

// name tells one state of the rules apart from any other, together with the calendar.
func (f force) name(calendar string) string { return strconv.Itoa(f.set.Number) + "/" + calendar }

// inForce is what holds at a moment: the newest of the approved sets whose day has come.
// Before the first there is nothing.
func inForce(approved []Set, at time.Time) (force, bool) {
	var f force
	known := false
	for _, s := range approved {
		if s.Since.After(at) {
			continue
		}
		since := map[string]time.Time{}
		for _, q := range s.Content {
			since[q.Key] = s.Since
			if before, had := f.since[q.Key]; had {
				since[q.Key] = before
			}
		}
		f, known = force{s, since}, true
	}
	return f, known
}

// forceAt reads what holds at a moment.
func forceAt(ctx context.Context, r db.Reader, org string, at time.Time) (force, bool, error) {
	approved, err := approvedSets(ctx, r, org)
	f, known := inForce(approved, at)
	return f, known, err
}

func (f force) requirement(key string) (Requirement, bool) {
	i := slices.IndexFunc(f.set.Content, func(q Requirement) bool { return q.Key == key })
	if i < 0 {
		return Requirement{}, false
	}
	return f.set.Content[i], true
}

// Change is in what a requirement of one set differs from that of the one before.
type Change struct {
	Key    string   `json:"key"`
	NameZH string   `json:"nameZh"`
	NameEN string   `json:"nameEn"`
	How    string   `json:"how" enum:"added,removed,changed"`
	Fields []string `json:"fields" nullable:"false" doc:"which fields differ"`
}

// changes are in what a list differs from the one before, in its order; what was removed
// comes last.
func changes(before, after []Requirement) []Change {
	all := []Change{}
	old := map[string]Requirement{}
	for _, q := range before {
		old[q.Key] = q
	}
	for _, q := range after {
		was, had := old[q.Key]
		delete(old, q.Key)
		if !had {
			all = append(all, Change{q.Key, q.NameZH, q.NameEN, "added", []string{}})
			continue
		}
		if fields := differing(was, q); len(fields) > 0 {
			all = append(all, Change{q.Key, q.NameZH, q.NameEN, "changed", fields})
		}
	}
	for _, q := range before {
		if _, left := old[q.Key]; left {
			all = append(all, Change{q.Key, q.NameZH, q.NameEN, "removed", []string{}})
		}
	}
	return all
}

func differing(a, b Requirement) []string {
	var fields []string
	for _, f := range []struct {
		name string
		one  any
		two  any
	}{
		{"name", [2]string{a.NameZH, a.NameEN}, [2]string{b.NameZH, b.NameEN}}, {"kinds", a.Kinds, b.Kinds}, {"encounters", a.Encounters, b.Encounters},
		{"event", a.Event, b.Event}, {"limit", a.Limit, b.Limit}, {"every", a.Every, b.Every}, {"mandatory", a.Mandatory, b.Mandatory}, {"basis", a.Basis, b.Basis}, {"local", a.Local, b.Local},
	} {
		one, _ := json.Marshal(f.one)
		two, _ := json.Marshal(f.two)
		if string(one) != string(two) {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// furthest is how long ahead a set may come into force, and earliest how far back the
// first of a house may begin: what lies there is then watched from the start.
const (
	furthest = 366 * 24 * time.Hour
	earliest = 60 * 24 * time.Hour
)

func checkSince(since, now time.Time, first bool) error {
	e := errInput.With()
	switch {
	case since.After(now.Add(furthest)):
		e.At("since", fault.Text{ZH: "启用日期不得晚于一年之后", EN: "it comes into force within a year"})
	case first && since.Before(now.Add(-earliest)):
		e.At("since", fault.Text{ZH: "首份要求最早可自 60 天前起算", EN: "the first set begins 60 days back at the earliest"})
	case !first && since.Before(now.Add(-time.Hour)):
		e.At("since", fault.Text{ZH: "启用日期不得早于现在：已经发生的不按新要求追究", EN: "it does not come into force in the past: what has happened is not held to new rules"})
	}
	return e.OrNil()
}
