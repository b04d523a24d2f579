package identity

import "time"

// WindowState tells how far a temporary window has come.
type WindowState string

// The states of a window.
const (
	WindowAsked    WindowState = "asked"
	WindowApproved WindowState = "approved"
	WindowDeclined WindowState = "declined"
)

// Window is a time in which somebody may sign in outside his hours, approved by
// another (E-147). It grants power, so its row is keyed.
type Window struct {
	Org       string      `db:"org,key"`
	ID        string      `db:"id,key"`
	Person    string      `db:"person"`
	State     WindowState `db:"state"`
	Why       string      `db:"why"`
	Since     time.Time   `db:"since"`
	Until     time.Time   `db:"until"`
	Asked     time.Time   `db:"asked"`
	AskedBy   string      `db:"asked_by"`
	Decided   time.Time   `db:"decided"`
	DecidedBy string      `db:"decided_by"`
	MAC       []byte      `db:"mac"`
}

// windowLife is how long a window may be, and how far ahead it may begin.
const windowLife = 7 * day

// windowReasons are why somebody must work outside his hours.
var windowReasons = []string{"incident", "maintenance", "deadline", "on-call"}

func (w Window) open(at time.Time) bool {
	return w.State == WindowApproved && !w.Since.After(at) && w.Until.After(at)
}

// denial counts on one day what was refused for one cause.
type denial struct {
	Org string `db:"org,key"`
	Day int64  `db:"day,key"` // days since 1970, by the clock of the hospital
	Why string `db:"why,key"`
	N   int64  `db:"n"`
}

func dayOf(at time.Time) int64 {
	_, offset := at.In(hospitalZone).Zone()
	return (at.Unix() + int64(offset)) / int64(day/time.Second)
}
