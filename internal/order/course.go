package order

import (
	"encoding/hex"
	"strings"
	"time"

	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// States of a course.
const (
	Active    = "active"
	OnHold    = "on-hold"
	Stopped   = "stopped"
	Completed = "completed"
)

// Course is what becomes of an order, as its system reported it last.
type Course struct {
	Org         string    `db:"org,key"`
	ID          string    `db:"id,key"`
	Ordered     string    `db:"ordered"` // id of the order in room record
	Patient     string    `db:"patient"`
	Encounter   string    `db:"encounter"`
	Source      string    `db:"source"`
	Item        string    `db:"item"` // keyed digest of the code of what is ordered
	Kind        string    `db:"kind"` // drug, lab, imaging, nursing, procedure, other
	State       string    `db:"state"`
	Prescriber  string    `db:"prescriber"` // person, or "" when he is not known here
	Department  string    `db:"department"`
	Sensitivity int       `db:"sensitivity"`
	Sealed      []byte    `db:"sealed"` // Text
	Began       time.Time `db:"began"`
	Said        time.Time `db:"said"`    // when its system says that this was so
	Stopped     time.Time `db:"stopped"` // zero while it is not
	Heard       time.Time `db:"heard"`
	Rev         int       `db:"rev"`
}

// Running reports whether somebody may still act on the order.
func (c Course) Running() bool { return c.State == Active || c.State == OnHold }

// object is the course as policy sees it: an order of its source.
func (c Course) object() policy.Object {
	return policy.Object{Kind: "Order", ID: c.ID, Org: c.Org, Patient: c.Patient, Department: c.Department, Sensitivity: max(1, c.Sensitivity), CreatedBy: c.Source}
}

func (c Course) place() vault.Place {
	return vault.Place{Kind: "OrderCourse", Object: c.ID, Field: "text"}
}

// Text is what is ordered, in the words of its system.
type Text struct {
	Name      string `json:"name"`
	Code      string `json:"code,omitempty"`
	Dose      string `json:"dose,omitempty"`
	Route     string `json:"route,omitempty"`
	Frequency string `json:"frequency,omitempty"`
}

// Kinds of step: what was done on an order.
const (
	Dispensed = "dispensed"
	Given     = "given"
	NotGiven  = "not-given"
)

// Step is something that was done on an order. It may be heard of before the order is.
type Step struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Course  string    `db:"course"`
	Patient string    `db:"patient"`
	Source  string    `db:"source"`
	Kind    string    `db:"kind"`
	At      time.Time `db:"at"`
	Heard   time.Time `db:"heard"`
}

func (s Step) object() policy.Object {
	return policy.Object{Kind: "Order", ID: s.Course, Org: s.Org, Patient: s.Patient, Sensitivity: 1, CreatedBy: s.Source}
}

// done reports whether the step carries the order out.
func (s Step) done() bool { return s.Kind == Dispensed || s.Kind == Given }

// nameOf is the id of what some parts name: the same parts, the same id.
func nameOf(parts ...string) string {
	sum := sm.Sum([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// plain is a code without the system that it is of.
func plain(code string) string {
	if at := strings.LastIndex(code, "|"); at >= 0 {
		return code[at+1:]
	}
	return code
}
