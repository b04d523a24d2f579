package order

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// States of a conflict.
const (
	Open    = "open"
	Decided = "decided"
	Lapsed  = "lapsed" // it is none any more
)

// Decisions about a conflict.
const (
	Adjust = "adjust"
	Keep   = "keep"
)

// Conflict is something against an order that goes on, asked of its prescriber.
type Conflict struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Course      string    `db:"course"`
	Patient     string    `db:"patient"`
	Kind        string    `db:"kind"`
	Rule        string    `db:"rule"`  // id of the rule, or "" where none is needed
	Rules       int       `db:"rules"` // number of the set
	Cause       string    `db:"cause"` // keyed digest or id of what is against the order
	Prescriber  string    `db:"prescriber"`
	Department  string    `db:"department"`
	Sensitivity int       `db:"sensitivity"`
	State       string    `db:"state"`
	Sealed      []byte    `db:"sealed"` // Why
	Found       time.Time `db:"found"`
	Decision    string    `db:"decision"`
	Reason      []byte    `db:"reason"` // sealed
	DecidedBy   string    `db:"decided_by"`
	Ended       time.Time `db:"ended"` // decided or lapsed
	Changed     time.Time `db:"changed"`
	Rev         int       `db:"rev"`
}

// Why says what is in conflict and what could be done instead.
type Why struct {
	Order        Text         `json:"order"`
	Cause        string       `json:"cause"`
	Say          fault.Text   `json:"say"`
	Alternatives []fault.Text `json:"alternatives"`
	Origin       string       `json:"origin,omitempty"`
}

// object is the conflict as policy sees it: the order that it is about.
func (c Conflict) object() policy.Object {
	return policy.Object{Kind: "Order", ID: c.Course, Org: c.Org, Patient: c.Patient, Department: c.Department, Sensitivity: max(1, c.Sensitivity), Author: c.Prescriber}
}

func (c Conflict) place(field string) vault.Place {
	return vault.Place{Kind: "OrderConflict", Object: c.ID, Field: field}
}

// told is a course with what it says and what was done on it, newest first.
type told struct {
	Course
	Text  Text
	Steps []Step
}

// seen is a result of a patient.
type seen struct {
	id, name, value, unit string
	at                    time.Time
}

// standing is everything that bears on the orders of a patient.
type standing struct {
	courses   []told
	stock     map[string][]Stock // by item
	allergies []string
	results   map[string]seen // the newest, by code
	rules     []Rule
	now       time.Time
}

// clash is a conflict before it is one: of which course, for what cause, and why.
type clash struct {
	course told
	kind   string
	rule   string
	cause  string
	why    Why
}

// clashes are all that is against the orders of a patient now.
func (s standing) clashes() []clash {
	var all []clash
	for _, c := range s.courses {
		if c.State == Stopped {
			all = append(all, s.afterStop(c)...)
			continue
		}
		all = append(all, s.outOf(c)...)
		for _, r := range s.rules {
			if r.Order.hits(c.Text.Code, c.Text.Name) {
				all = append(all, s.against(c, r)...)
			}
		}
	}
	return all
}

// outOf is a conflict where every pharmacy that reports the item is out of it.
func (s standing) outOf(c told) []clash {
	held := s.stock[c.Item]
	if c.Item == "" || len(held) == 0 || slices.ContainsFunc(held, func(h Stock) bool { return h.State != Out }) {
		return nil
	}
	last := slices.MaxFunc(held, func(a, b Stock) int { return cmp.Or(a.Since.Compare(b.Since), strings.Compare(a.ID, b.ID)) })
	why := Why{
		Order: c.Text, Cause: last.Name + " · " + last.Place,
		Say: fault.Text{ZH: "所有报告库存的药房均已缺货。", EN: "Every pharmacy that reports its stock is out of it."},
	}
	for _, r := range s.rules {
		if r.Kind == StockOut && r.Order.hits(c.Text.Code, c.Text.Name) {
			why.Alternatives, why.Origin = append(why.Alternatives, r.Alternatives...), r.Origin
		}
	}
	if len(why.Alternatives) == 0 {
		why.Alternatives = []fault.Text{{ZH: "与药师商定替代药品或等待到货时间", EN: "Agree with the pharmacist on a substitute, or on when it is there again"}}
	}
	return []clash{{c, StockOut, "", nameOf(last.ID, last.Since.UTC().Format(time.RFC3339Nano)), why}}
}

// afterStop is a conflict where a stopped order was carried out afterwards.
func (s standing) afterStop(c told) []clash {
	at := slices.IndexFunc(c.Steps, func(one Step) bool { return one.done() && one.At.After(c.Stopped) })
	if at < 0 {
		return nil
	}
	return []clash{{c, StopOf, "", c.Steps[at].ID, Why{
		Order: c.Text, Cause: c.Steps[at].Kind,
		Say: fault.Text{ZH: "医嘱停止后仍有执行记录。", EN: "It was carried out after it had been stopped."},
		Alternatives: []fault.Text{
			{ZH: "通知护士站和药房立即停止，并评估患者", EN: "Have the ward and the pharmacy stop at once, and look at the patient"},
			{ZH: "停止有误时重新开立", EN: "Order it anew where the stop was an error"},
		},
	}}}
}

// against is what a rule says against a course.
func (s standing) against(c told, r Rule) []clash {
	why := Why{Order: c.Text, Say: r.Say, Alternatives: r.Alternatives, Origin: r.Origin}
	switch r.Kind {
	case Allergy:
		for _, a := range s.allergies {
			if r.Allergy.hits(a, a) {
				why.Cause = a
				return []clash{{c, Allergy, r.ID, nameOf(r.ID, a), why}}
			}
		}
	case Result:
		found, there := s.results[r.Result.Code]
		if there && s.now.Sub(found.at) <= time.Duration(r.Result.Days)*24*time.Hour && r.Result.crossed(found.value, found.unit) {
			why.Cause = found.name + " " + found.value + " " + found.unit
			return []clash{{c, Result, r.ID, nameOf(r.ID, found.id, found.value), why}}
		}
	case StopOf:
		for _, other := range s.courses {
			if other.State == Stopped && other.ID != c.ID && !other.Stopped.Before(c.Began) && r.Stopped.hits(other.Text.Code, other.Text.Name) {
				why.Cause = other.Text.Name
				return []clash{{c, StopOf, r.ID, nameOf(r.ID, other.ID), why}}
			}
		}
	}
	return nil
}
