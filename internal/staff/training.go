package staff

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Passed is a training that somebody has passed, until it must be passed again.
// It decides whether a short stay counts, so its row is keyed.
type Passed struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Person string    `db:"person"`
	Course string    `db:"course"`
	At     time.Time `db:"passed"`
	Until  time.Time `db:"until"`
	Made   time.Time `db:"made"`
	MadeBy string    `db:"made_by"`
	MAC    []byte    `db:"mac"`
}

// Holds reports whether the training counts at a moment.
func (p Passed) Holds(at time.Time) bool { return !p.At.After(at) && p.Until.After(at) }

// NewPassed is what is asked for when a training was passed. A zero At is now.
type NewPassed struct {
	Person string
	Course string
	At     time.Time
	Until  time.Time
}

// longestTraining bounds how long a training counts.
const longestTraining = 3 * year

func (n NewPassed) check(now time.Time) error {
	e := errInput.With()
	e.MustName("course", n.Course, maxName)
	if n.At.After(now) {
		e.At("passed", fault.Text{ZH: "不能是将来的日期", EN: "must not be in the future"})
	}
	if !n.Until.After(n.At) || !n.Until.After(now) || n.Until.Sub(n.At) > longestTraining {
		e.At("until", fault.Text{ZH: "应晚于现在，且不超过三年", EN: "must be later than now and within three years"})
	}
	return e.OrNil()
}
