package access

import (
	"slices"
	"time"

	"github.com/medward/medward/internal/policy"
)

// Exception lets one grant or one appointment pass the frame of a department until a day
// . One that was asked for was agreed to on the first steps of its request; one that
// a narrowed frame left outside is agreed to on steps of its own, or is cut when due. Its
// row is keyed.
type Exception struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Kind       string    `db:"kind"`
	Request    string    `db:"request"` // that asked for what passes the frame
	Result     string    `db:"result"`  // the grant, or the appointment
	Requester  string    `db:"requester"`
	Person     string    `db:"person"`
	Patient    string    `db:"patient"`
	Department string    `db:"department"` // of the person
	Beyond     []string  `db:"beyond,json"`
	Steps      []Step    `db:"steps,json"` // of its own
	Step       int       `db:"step"`
	State      string    `db:"state"`
	Opened     time.Time `db:"opened"`
	Due        time.Time `db:"due"` // when what nobody answered is cut
	Until      time.Time `db:"until"`
	Closed     time.Time `db:"closed"`
	ClosedBy   string    `db:"closed_by"`
	Words      []byte    `db:"words"` // why it is kept or cut, sealed
	MAC        []byte    `db:"mac"`
}

// Kinds of exception.
const (
	ExceptionAsked   = "asked"
	ExceptionRole    = "role"
	ExceptionOutside = "outside" // left outside by a narrowed frame
)

// CutByFrame is the state of an exception that was not kept.
const CutByFrame = "cut"

// lets reports whether the exception holds for some limits at a moment.
func (x Exception) lets(over []string, at time.Time) bool {
	return x.State == Approved && x.Until.After(at) && !slices.ContainsFunc(over, func(limit string) bool { return !slices.Contains(x.Beyond, limit) })
}

// asked is the exception as those who stand on its steps are found for it.
func (x Exception) asked() Request {
	return Request{
		Org: x.Org, ID: x.ID, Requester: x.Requester, Person: x.Person, Patient: x.Patient, Department: x.Department, Steps: x.Steps, Step: x.Step, State: x.State,
	}
}

func (x Exception) object() policy.Object { return x.asked().object() }

// exceptionSteps are the further yes of an exception: the security office and medical
// affairs.
func exceptionSteps() []Step {
	return []Step{{Role: "security-administrator", Exception: true}, {Role: "medical-affairs", Exception: true}}
}

// excepted reports whether the steps of an exception lie behind a request.
func (q Request) excepted() bool {
	return !slices.ContainsFunc(q.Steps[q.Step:], func(s Step) bool { return s.Exception })
}
