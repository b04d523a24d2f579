package consent

import (
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/calendar"
)

// Why somebody decides for the patient.
const (
	Minor      = "minor"      // Civil Code, article 27
	Incapacity = "incapacity" // Civil Code, article 28
)

// Guardian is somebody's power to decide for a patient. It never changes, and ends
// on its day.
type Guardian struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Patient    string    `db:"patient"`
	Kind       string    `db:"kind"`
	Who        []byte    `db:"who"` // [Giver], sealed
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	Evidence   []byte    `db:"evidence"`
	RecordedBy string    `db:"recorded_by"`
	MAC        []byte    `db:"mac"`
}

func (g Guardian) live(at time.Time) bool { return !g.Since.After(at) && g.Until.After(at) }

// NewGuardian is what is recorded of a guardian.
type NewGuardian struct {
	Patient  string
	Kind     string
	Born     string    // of a minor: YYYY-MM-DD
	Until    time.Time // of incapacity
	Who      Giver
	Evidence []byte
}

// majority is the age at which a person decides for himself (Civil Code, article 17).
const majority = 18

// ends is when the power of a guardian ends: for a minor at the beginning of his
// eighteenth birthday in China.
func (n NewGuardian) ends(now time.Time) (time.Time, error) {
	e := errInput.With()
	among(e, "kind", []string{n.Kind}, Minor, Incapacity)
	e.MustSay("who.name", n.Who.Name, maxName)
	e.MustSay("who.number", n.Who.Number, maxNumber)
	among(e, "who.document", []string{n.Who.Document}, Documents...)
	checkDigest(e, n.Evidence)
	until := n.Until.UTC()
	if n.Kind == Minor {
		born, err := time.ParseInLocation(time.DateOnly, n.Born, calendar.Zone)
		if err != nil {
			e.At("born", fault.Text{ZH: "请填写患者出生日期，如 2010-03-02", EN: "give the patient's day of birth, such as 2010-03-02"})
			return until, e
		}
		until = born.AddDate(majority, 0, 0).UTC()
		if !until.After(now) {
			e.At("born", fault.Text{ZH: "患者已满 18 周岁，由本人决定", EN: "the patient is of age and decides himself"})
		}
	} else if !until.After(now) || until.Sub(now) > longest {
		e.At("until", fault.Text{ZH: "请写明监护截止时间，最长十年", EN: "give the end of the power, at most ten years away"})
	}
	return until, e.OrNil()
}
