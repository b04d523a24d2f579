package decide

import (
	"strconv"

	"github.com/medward/medward/internal/base/fault"
)

// MaxBatch is how many questions are asked together at most.
const MaxBatch = 200

// Asking is what a caller asks: some questions that share a purpose and a place.
type Asking struct {
	Purpose   string // an id of [policy.Purposes]; empty: care
	Place     Place
	Questions []Question
}

// Place is where the person is, and how he is signed in over there.
type Place struct {
	Terminal string
	IP       string
	Remote   bool // whatever the address
	Strong   bool // signed in by two factors
	Stepped  bool // has lately shown again who he is
}

// Question is whether somebody may do something with an object.
type Question struct {
	Person Person
	Action string
	Object Object
}

// Person is named by his staff number here, by his account at the caller, or both.
type Person struct{ Number, Account string }

// Object is what a question is about, as far as the caller knows it.
type Object struct {
	Kind        string
	Patient     string // our id, a record number or an ID number
	Document    string // our id
	Encounter   string // our id
	Department  string // code; can only make the answer stricter
	Sensitivity int    // 1 to 5; can only make the answer stricter
}

const (
	longestName = 160
	longestID   = 64
)

func (in Asking) check() error {
	e := errInput.With()
	if n := len(in.Questions); n == 0 || n > MaxBatch {
		e.At("questions", fault.Text{ZH: "每次 1 至 " + strconv.Itoa(MaxBatch) + " 个问题", EN: "1 to " + strconv.Itoa(MaxBatch) + " questions are asked together"})
	}
	e.MayName("purpose", in.Purpose, longestID)
	e.MayName("place.terminal", in.Place.Terminal, longestName)
	e.MayName("place.ip", in.Place.IP, longestID)
	for i, q := range in.Questions {
		q.check(e, "questions["+strconv.Itoa(i)+"].")
	}
	return e.OrNil()
}

func (q Question) check(e *fault.Error, at string) {
	if q.Person == (Person{}) {
		e.At(at+"person", fault.Text{ZH: "请填写工号或该系统账号", EN: "name a staff number or an account of yours"})
	}
	e.MayName(at+"person.number", q.Person.Number, longestName)
	e.MayName(at+"person.account", q.Person.Account, longestName)
	e.MustName(at+"action", q.Action, longestID)
	e.MustName(at+"object.kind", q.Object.Kind, longestID)
	if q.Object.Document == "" {
		e.MustName(at+"object.patient", q.Object.Patient, longestName)
	}
	e.MayName(at+"object.patient", q.Object.Patient, longestName)
	e.MayName(at+"object.document", q.Object.Document, longestID)
	e.MayName(at+"object.encounter", q.Object.Encounter, longestID)
	e.MayName(at+"object.department", q.Object.Department, longestName)
	if q.Object.Sensitivity < 0 || q.Object.Sensitivity > 5 {
		e.At(at+"object.sensitivity", fault.Text{ZH: "级别为 1 至 5，未知可不填", EN: "a level is 1 to 5, or left out when it is not known"})
	}
}
