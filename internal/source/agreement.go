package source

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/kit/sm"
)

// Agreement is the undertaking of whoever answers for a source: its interface, the
// range of data, from when to when. Somebody else approves it. Its row
// is keyed.
type Agreement struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Source     string    `db:"source"`
	Words      string    `db:"words"`
	Scope      []byte    `db:"scope"` // SM3 of what the source may do, as it stood
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`
	State      string    `db:"state"`
	SignedBy   string    `db:"signed_by"`
	Signed     time.Time `db:"signed"`
	SigningKey string    `db:"signing_key"`
	Signature  []byte    `db:"signature"` // over [Agreement.message]
	DecidedBy  string    `db:"decided_by"`
	Decided    time.Time `db:"decided"`
	Why        string    `db:"why"` // it was returned
	MAC        []byte    `db:"mac"`
}

// States of an agreement.
const (
	Signed   = "signed"
	InForce  = "in-force"
	Returned = "returned"
	Replaced = "replaced"
)

// longestAgreement is how long an undertaking may be for.
const longestAgreement = 3 * 366 * 24 * time.Hour

// Promising is what an owner undertakes.
type Promising struct {
	Words string
	Since time.Time
	Until time.Time
}

func (in Promising) check(now time.Time) error {
	e := errInput.With()
	e.MustSay("words", in.Words, maxWords)
	if !in.Until.After(in.Since) || !in.Until.After(now) || in.Until.Sub(in.Since) > longestAgreement {
		e.At("until", fault.Text{ZH: "截止时间应晚于开始和现在，最长三年", EN: "it ends after it begins and after now, within three years"})
	}
	return e.OrNil()
}

// scopeDigest is a digest of everything that an agreement names. Whatever changes it
// ends the agreement.
func (s Source) scopeDigest(app App) []byte {
	named := []any{s.ID, s.Code, s.Kinds, s.Owner, s.Vendor, s.Purpose, s.Standard, s.Shapes, s.Departments, s.Senders, s.Networks, s.PerMinute}
	if app.Source != "" {
		named = append(named, app.Redirects, app.Scopes)
	}
	if app.Web.Source != "" {
		named = append(named, app.Web.Origins, app.Web.Launch)
	}
	text, _ := json.Marshal(named) // strings and numbers: cannot fail
	sum := sm.Sum(text)
	return sum[:]
}

// message is what the owner signs.
func (a Agreement) message() []byte {
	words := sm.Sum([]byte(a.Words))
	text, _ := json.Marshal([]any{ // cannot fail either
		"medward source agreement 1", a.Org, a.ID, a.Source, words[:], a.Scope, strconv.FormatInt(a.Since.UnixMicro(), 10), strconv.FormatInt(a.Until.UnixMicro(), 10),
		a.SignedBy, strconv.FormatInt(a.Signed.UnixMicro(), 10),
	})
	return text
}
