package patient

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
)

// Kinds of requisition.
const (
	Laboratory   = "laboratory"
	Imaging      = "imaging"
	Pathology    = "pathology"
	Examination  = "examination" // any other test
	Operation    = "operation"
	Consultation = "consultation"
	Meeting      = "meeting"  // of several departments: MDT
	Pharmacy     = "pharmacy" // review and dispensing of what was ordered
	HandOver     = "hand-over"
)

// States of a requisition.
const (
	Asked     = "asked"
	Taken     = "taken"
	Answered  = "answered"
	CalledOff = "called-off"
)

// Requisition asks others to do something for a patient: a test, an operation, a
// consultation. It brings whom it names, and whoever is on shift in the department
// that it names, to the patient while it is open and for some time after.
type Requisition struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"`
	Encounter  string    `db:"encounter"`
	Kind       string    `db:"kind"`
	Number     string    `db:"number"`     // by which its source calls it
	AskedBy    string    `db:"asked_by"`   // person
	Department string    `db:"department"` // that performs it
	Planned    time.Time `db:"planned"`    // zero when nothing is set
	State      string    `db:"state"`
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`  // when it opens nothing any longer
	Closed     time.Time `db:"closed"` // answered or called off; zero before
	Source     string    `db:"source"` // the feed that reported it, or ""
	GivenBy    string    `db:"given_by"`
	MAC        []byte    `db:"mac"`
}

// Open reports whether the requisition waits to be done.
func (q Requisition) Open() bool { return q.State == Asked || q.State == Taken }

// Performer is somebody whom a requisition names.
type Performer struct {
	Org         string `db:"org,key"`
	ID          string `db:"id,key"`
	Requisition string `db:"requisition"`
	Person      string `db:"person"`
	Role        string `db:"role"`
	Relation    string `db:"relation"` // that it gave him; empty when he named himself
}

// course says how long a kind of requisition brings somebody to the patient, and
// as what.
type course struct {
	open    time.Duration // from when it was asked for, or is planned
	after   time.Duration // from when it was answered
	planned bool          // must say when
	results bool          // its answer may come when the patient has gone
	roles   []string
}

const aDay = 24 * time.Hour

var courses = map[string]course{
	Laboratory:   {open: 30 * aDay, after: 3 * aDay, results: true, roles: []string{"technician", "reporter"}},
	Imaging:      {open: 30 * aDay, after: 3 * aDay, results: true, roles: []string{"technician", "reporter"}},
	Pathology:    {open: 30 * aDay, after: 7 * aDay, results: true, roles: []string{"technician", "reporter"}},
	Examination:  {open: 30 * aDay, after: 3 * aDay, results: true, roles: []string{"technician", "reporter"}},
	Operation:    {open: 7 * aDay, after: 3 * aDay, planned: true, roles: operationRoles},
	Consultation: {open: 14 * aDay, after: aDay, roles: []string{"consultant"}},
	Meeting:      {open: aDay, after: aDay, planned: true, roles: []string{"chair", "member"}},
	Pharmacy:     {open: 3 * aDay, after: aDay, roles: []string{"pharmacist"}},
	HandOver:     {open: aDay, after: 0},
}

var operationRoles = []string{"surgeon", "assistant", "anaesthetist", "scrub-nurse", "circulating-nurse"}

// FirstRole is the role in which a kind of requisition names somebody of whom no
// more is known.
func FirstRole(kind string) string {
	if roles := courses[kind].roles; len(roles) > 0 {
		return roles[0]
	}
	return kind
}

// Late is how long a result that arrives gives the patient to whoever asked for it
// and to the attending, however long the discharge is past.
const Late = 7 * aDay

// farthest bounds how far ahead something may be planned.
const farthest = 90 * aDay

// end is when a requisition ends unless something becomes of it before.
func (q Requisition) end() time.Time {
	from := q.Since
	if q.Planned.After(from) {
		from = q.Planned
	}
	return from.Add(courses[q.Kind].open)
}

func (q Requisition) tie(until time.Time) policy.Tie {
	if q.Until.Before(until) {
		until = q.Until
	}
	return policy.Tie{Kind: policy.TieTask, ID: q.ID, Role: q.Kind, Source: cmp.Or(q.Source, fromRequisition), Since: q.Since, Until: until}
}

// Asking is what is asked for. Whoever asks is the actor, unless a feed reports it.
type Asking struct {
	Patient    string
	Encounter  string // the one that lasts when empty
	Kind       string
	Department string
	Planned    time.Time
	Performers []Called
	Number     string // by which the source calls it
	AskedBy    string // for a feed: the person who asked
	Source     string // the feed that reports it
}

// Called is a person whom a requisition names, and as what.
type Called struct {
	Person string
	Role   string
}

// mostPerformers bounds whom one requisition names.
const mostPerformers = 30

func (in Asking) check(now time.Time) error {
	e := errInvalid.With()
	c, known := courses[in.Kind]
	if !known || in.Kind == HandOver {
		e.At("kind", text("申请种类应为 laboratory、imaging、pathology、examination、operation、consultation、meeting 或 pharmacy",
			"a requisition is for laboratory, imaging, pathology, examination, operation, consultation, meeting or pharmacy"))
		return e
	}
	if in.Department == "" && len(in.Performers) == 0 {
		e.At("department", text("请选择执行科室或人员", "choose the department or the people who are to do it"))
	}
	e.MayName("number", in.Number, maxNumber)
	switch {
	case c.planned && in.Planned.IsZero():
		e.At("planned", text("请填写安排的时间", "say when it is planned"))
	case !in.Planned.IsZero() && in.Source == "" && in.Planned.Before(now.Add(-aDay)):
		e.At("planned", text("安排的时间已过去一天以上", "lies more than a day in the past"))
	case in.Planned.After(now.Add(farthest)):
		e.At("planned", text("安排的时间不得超过 90 天以后", "lies more than 90 days ahead"))
	}
	in.checkPerformers(e, c)
	return e.OrNil()
}

func (in Asking) checkPerformers(e *fault.Error, c course) {
	if len(in.Performers) > mostPerformers {
		e.At("performers", text("不得超过 30 人", "at most 30 people"))
		return
	}
	for i, p := range in.Performers {
		path := fmt.Sprintf("performers[%d].", i)
		e.MustName(path+"person", p.Person, maxNumber)
		if !slices.Contains(c.roles, p.Role) {
			e.At(path+"role", text("该申请没有这个角色", "this requisition has no such role; choose one of its own"))
		}
	}
}

// maxNumber bounds a number or id, in characters.
const maxNumber = 100
