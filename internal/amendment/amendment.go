package amendment

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/record"
	"github.com/medward/medward/internal/vault"
)

// The steps of a correction, in their order. The first is taken by opening it, the last by
// signing; the others by [Room.Write].
const (
	StepDocument = "document"
	StepWrong    = "wrong"
	StepKind     = "kind"
	StepReason   = "reason"
	StepValue    = "value"
	StepEffects  = "effects"
	StepConfirm  = "confirm"
	StepSign     = "sign"
)

// Steps are all steps in their order.
var Steps = []string{StepDocument, StepWrong, StepKind, StepReason, StepValue, StepEffects, StepConfirm, StepSign}

// Kinds of error.
var errorKinds = []string{"wrong-patient", "wrong-value", "laterality", "identity", "omission", "wording", "copied", "other"}

// States of a correction.
const (
	Writing   = "writing"
	Asked     = "asked"    // waits for whoever must agree
	Approved  = "approved" // waits for its signature
	Completed = "completed"
	Refused   = "refused"
	Withdrawn = "withdrawn"
	Abandoned = "abandoned" // nobody went on with it
)

var open = []string{Writing, Asked, Approved}

// Case is one correction. Its row is keyed.
type Case struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"`
	Document   string    `db:"document"`
	Form       string    `db:"form"` // kind of the document
	Title      string    `db:"title"`
	Department string    `db:"department"`
	Encounter  string    `db:"encounter"`
	Writer     string    `db:"writer"` // who wrote the document
	Base       int       `db:"base"`   // the version that is corrected
	Was        string    `db:"was"`    // state of the document when it was begun
	Rules      int       `db:"rules"`  // number of the release; 0: as delivered
	Approver   string    `db:"approver"`
	State      string    `db:"state"`
	Step       int       `db:"step"` // how many were taken
	Kind       string    `db:"kind"` // of the error
	Sealed     []byte    `db:"sealed"`
	Rev        int       `db:"rev"`
	Opened     time.Time `db:"opened"`
	OpenedBy   string    `db:"opened_by"`
	Touched    time.Time `db:"touched"`
	Asked      time.Time `db:"asked"`
	Decided    time.Time `db:"decided"`
	DecidedBy  string    `db:"decided_by"`
	Version    int       `db:"version"` // that it made
	Ended      time.Time `db:"ended"`
	EndedBy    string    `db:"ended_by"`
	Told       int       `db:"told"` // how many earlier recipients are to be told
	MAC        []byte    `db:"mac"`
}

// Open reports whether the correction is under way.
func (c Case) Open() bool { return slices.Contains(open, c.State) }

// Next is the step that is to be taken, or "" when it has ended.
func (c Case) Next() string {
	if !c.Open() || c.Step >= len(Steps) {
		return ""
	}
	return Steps[c.Step]
}

func (c Case) object() policy.Object {
	return policy.Object{Kind: "Amendment", ID: c.ID, Org: c.Org, Patient: c.Patient, Department: c.Department, Author: c.OpenedBy}
}

func houseObject(org string) policy.Object { return policy.Object{Kind: "House", ID: org, Org: org} }

// writing is what somebody has written of a correction. It is sealed under the patient's
// key, and bound to its revision.
type writing struct {
	Sections []string         `json:"sections"` // keys of those that are wrong
	Words    string           `json:"words"`    // why
	Before   []record.Section `json:"before"`
	After    []record.Section `json:"after"`
	Affected string           `json:"affected"` // digest of what was shown to be affected
	Decision string           `json:"decision"` // why it was approved or refused
	Ending   string           `json:"ending"`   // why it was withdrawn
}

func writingPlace(c Case) vault.Place {
	return vault.Place{Kind: "Amendment", Object: c.ID, Version: strconv.Itoa(c.Rev), Field: "writing"}
}

const maxWords = 500

// check reports what makes no reason; a reason of blanks is none.
func (w writing) checkWords() error {
	e := errInput.With()
	e.MustSay("words", w.Words, maxWords)
	return e.OrNil()
}

// mark takes over which sections are wrong, and how they read.
func (w *writing) mark(sections []string, base record.Content) error {
	e := errInput.With()
	if len(sections) == 0 {
		e.At("sections", fault.Text{ZH: "请至少标出一处有误的段落", EN: "mark at least one section that is wrong"})
	}
	var before []record.Section
	for i, key := range sections {
		at := slices.IndexFunc(base.Sections, func(s record.Section) bool { return s.Key == key })
		if at < 0 || slices.Contains(sections[:i], key) {
			e.At(path("sections", i, ""), fault.Text{ZH: "文书中没有该段落，或已标出", EN: "the document has no such section, or it is marked already"})
			continue
		}
		before = append(before, base.Sections[at])
	}
	if err := e.OrNil(); err != nil {
		return err
	}
	kept := slices.DeleteFunc(w.After, func(s record.Section) bool { return !slices.Contains(sections, s.Key) })
	w.Sections, w.Before, w.After = sections, before, kept
	return nil
}

// put takes over the new text of every section that was marked.
func (w *writing) put(values []record.Section) error {
	e := errInput.With()
	var after []record.Section
	for i, b := range w.Before {
		at := slices.IndexFunc(values, func(s record.Section) bool { return s.Key == b.Key })
		switch {
		case at < 0:
			e.At(path("values", i, "text"), fault.Text{ZH: "“" + b.Title + "”缺少更正后的内容", EN: "the new text of " + b.Title + " is missing"})
		case values[at].Text == b.Text:
			e.At(path("values", at, "text"), fault.Text{ZH: "“" + b.Title + "”与原内容相同；如无需更正请返回取消标记", EN: b.Title + " reads as before; go back and unmark it if it is right"})
		default:
			after = append(after, record.Section{Key: b.Key, Title: b.Title, Text: values[at].Text})
		}
	}
	for i, v := range values {
		if !slices.Contains(w.Sections, v.Key) {
			e.At(path("values", i, "key"), fault.Text{ZH: "该段落未标为有误，不能修改", EN: "this section was not marked as wrong and stays as it is"})
		}
	}
	if err := e.OrNil(); err != nil {
		return err
	}
	w.After = after
	return nil
}

// applied is a whole content with the new text in its place.
func (w writing) applied(base record.Content) record.Content {
	all := slices.Clone(base.Sections)
	for _, v := range w.After {
		if at := slices.IndexFunc(all, func(s record.Section) bool { return s.Key == v.Key }); at >= 0 {
			all[at].Text = v.Text
		}
	}
	return record.Content{Sections: all}
}

func path(list string, i int, field string) string {
	p := list + "[" + strconv.Itoa(i) + "]"
	return strings.TrimSuffix(p+"."+field, ".")
}

// Step is one step that somebody took, or took again. It never changes.
type Step struct {
	Org       string    `db:"org,key"`
	Amendment string    `db:"amendment,key"`
	Number    int       `db:"number,key"`
	Step      string    `db:"step"` // of [Steps], or the state to which it led
	Person    string    `db:"person"`
	At        time.Time `db:"at"`
}

// Refusal is one request that the rules did not allow. It never changes.
type Refusal struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Document string    `db:"document"`
	Patient  string    `db:"patient"`
	Person   string    `db:"person"`
	Code     string    `db:"code"`
	At       time.Time `db:"at"`
}
