package staff

import (
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
)

// Company is a vendor: a firm whose people work here.
type Company struct {
	Org    string    `db:"org,key"`
	ID     string    `db:"id,key"`
	Code   string    `db:"code"`
	Name   string    `db:"name"`
	Made   time.Time `db:"made"`
	MadeBy string    `db:"made_by"`
	MAC    []byte    `db:"mac"`
}

// Agreement is what a company has promised, for a scope and until a day. Without
// one none of its people has anything here, so its row is keyed.
type Agreement struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Vendor   string    `db:"vendor"`
	Scope    string    `db:"scope"`
	Since    time.Time `db:"since"`
	Until    time.Time `db:"until"`
	Ended    time.Time `db:"ended"`
	EndedBy  string    `db:"ended_by"`
	Privacy  bool      `db:"privacy"` // whoever filed it found the clause on patients' privacy in it
	Reminded time.Time `db:"reminded"`
	Made     time.Time `db:"made"`
	MadeBy   string    `db:"made_by"`
	MAC      []byte    `db:"mac"`
}

// scan is the paper of an agreement, sealed under the key of its vendor.
type scan struct {
	Org       string `db:"org,key"`
	Agreement string `db:"agreement,key"`
	Name      string `db:"name"`
	Content   []byte `db:"content"`
}

// End is when the agreement is over.
func (a Agreement) End() time.Time {
	if !a.Ended.IsZero() && a.Ended.Before(a.Until) {
		return a.Ended
	}
	return a.Until
}

// Holds reports whether the agreement counts at a moment.
func (a Agreement) Holds(at time.Time) bool { return !a.Since.After(at) && a.End().After(at) }

// NewAgreement is what is asked for when an agreement is filed. A zero Since is now.
type NewAgreement struct {
	Vendor   string
	Scope    string
	Since    time.Time
	Until    time.Time
	FileName string
	File     []byte
	Privacy  bool
}

// MaxAgreementFile bounds the scan of an agreement, in bytes.
const MaxAgreementFile = 4 << 20

func (n NewAgreement) check(now time.Time) error {
	e := errInput.With()
	e.MustName("scope", n.Scope, maxScope)
	e.MayName("fileName", n.FileName, maxName)
	if !n.Until.After(n.Since) || !n.Until.After(now) || n.Until.Sub(n.Since) > LongestTerm {
		e.At("until", fault.Text{ZH: "应晚于开始日期和现在，最长五年", EN: "must be later than the beginning and than now, within five years"})
	}
	if len(n.File) == 0 || len(n.File) > MaxAgreementFile {
		e.At("file", fault.Text{ZH: "请上传协议扫描件，最大 " + strconv.Itoa(MaxAgreementFile>>20) + " MB", EN: "must be the scan of the agreement, at most 4 MB"})
	}
	if !n.Privacy {
		e.At("privacy", fault.Text{ZH: "协议须含患者隐私保护条款，请核对后确认", EN: "the agreement must hold a clause on patients' privacy; check it and say so"})
	}
	return e.OrNil()
}

const maxScope = 400

// agreed reports whether some agreement of a vendor counts at a moment.
func agreed(all []Agreement, vendor string, at time.Time) bool {
	return slices.ContainsFunc(all, func(a Agreement) bool { return a.Vendor == vendor && a.Holds(at) })
}
