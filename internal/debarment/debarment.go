package debarment

import (
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
	"github.com/medward/medward/kit/sm"
)

// Debarment bars one person or organisation. It takes power, so its row is keyed.
type Debarment struct {
	Org        string    `db:"org,key"`
	ID         string    `db:"id,key"`
	Kind       string    `db:"kind"`
	Reason     string    `db:"reason"`
	Basis      string    `db:"basis"` // in law
	Evidence   []Proof   `db:"evidence,json"`
	Content    []byte    `db:"content"`      // [Content], sealed
	Number     string    `db:"number_index"` // blind index of the document number; empty: unknown
	Person     string    `db:"person"`       // id in the list of staff; empty: not of it
	Traced     string    `db:"traced"`       // the trace of a leaked copy that led here, or empty
	State      string    `db:"state"`
	Since      time.Time `db:"since"`
	Until      time.Time `db:"until"`  // zero: until a review says otherwise
	Review     time.Time `db:"review"` // when it is looked at again
	Wanted     []Change  `db:"wanted,json"`
	Proposed   time.Time `db:"proposed"`
	ProposedBy string    `db:"proposed_by"`
	Settled    time.Time `db:"settled"`
	SettledBy  string    `db:"settled_by"`
	Rev        int       `db:"rev"`
	MAC        []byte    `db:"mac"`
}

// Kinds of who is barred.
const (
	Natural      = "person"
	Organisation = "organisation"
)

// States of a debarment.
const (
	Proposed = "proposed"
	Held     = "held"
	Declined = "declined"
	Ended    = "ended"
)

// Proof is one thing that proves why.
type Proof struct {
	What   string `json:"what" maxLength:"400" doc:"a judgment, a decision, a report, a traced copy"`
	Digest string `json:"digest,omitempty" maxLength:"64" doc:"SM3 of its scan, hexadecimal"`
}

// Change is what somebody wants of a debarment that holds, and who.
type Change struct {
	End    bool      `json:"end"`
	Until  time.Time `json:"until"`
	Review time.Time `json:"review"`
	Words  string    `json:"words"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// Content is what is sealed: who is barred, and what happened.
type Content struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"` // former and other names
	Number  string   `json:"number"`  // of the identity document, or the credit code
	Facts   string   `json:"facts"`
}

// Named is an id with what it is called.
type Named struct {
	ID   string     `json:"id"`
	Name fault.Text `json:"name"`
}

// Reasons are why somebody is barred.
func Reasons() []Named { return slices.Clone(reasons) }

var reasons = []Named{
	{"sold", fault.Text{ZH: "擅自出售信息", EN: "sold information"}},
	{"spread", fault.Text{ZH: "擅自传播信息", EN: "spread information"}},
	{"leaked", fault.Text{ZH: "泄露信息", EN: "leaked information"}},
	{"traded", fault.Text{ZH: "非法经营信息", EN: "traded in information illegally"}},
	{"misused", fault.Text{ZH: "超出约定使用信息", EN: "used information beyond what was agreed"}},
}

// Holds reports whether the debarment counts at a moment. One whose review is overdue
// still does.
func (d Debarment) Holds(at time.Time) bool {
	return d.State == Held && !d.Since.After(at) && (d.Until.IsZero() || d.Until.After(at))
}

func (d Debarment) object() policy.Object {
	author := d.ProposedBy
	if len(d.Wanted) > 0 {
		author = d.Wanted[0].By
	}
	return policy.Object{Kind: "Debarment", ID: d.ID, Org: d.Org, Author: author, Concerns: d.Person}
}

func contentPlace(id string) vault.Place {
	return vault.Place{Kind: "Debarment", Object: id, Version: "1", Field: "content"}
}

// Proposal is what is asked for when somebody is to be barred. A zero Since is now.
type Proposal struct {
	Kind     string
	Reason   string
	Basis    string
	Evidence []Proof
	Content
	Person string
	Traced string
	Since  time.Time
	Until  time.Time
	Review time.Time
}

const (
	maxName    = 80
	maxWords   = 1000
	maxNumber  = 40
	maxAliases = 10
	maxProofs  = 20
	// longestUnseen is how long somebody is barred before it is looked at again.
	longestUnseen = 366 * 24 * time.Hour
	longest       = 10 * longestUnseen
)

func (in Proposal) check(now time.Time) error {
	e := errInput.With()
	if in.Kind != Natural && in.Kind != Organisation {
		e.At("kind", fault.Text{ZH: "请选择个人或机构", EN: "choose a person or an organisation"})
	}
	if !slices.ContainsFunc(reasons, func(n Named) bool { return n.ID == in.Reason }) {
		e.At("reason", fault.Text{ZH: "请从列表中选择缘由", EN: "choose the reason from the list"})
	}
	e.MustName("name", in.Name, maxName)
	if normal(in.Name) == "" {
		e.At("name", fault.Text{ZH: "请填写姓名或名称", EN: "must hold letters"})
	}
	if len(in.Aliases) > maxAliases {
		e.At("aliases", fault.Text{ZH: "最多 10 个", EN: "at most 10"})
	}
	for i, a := range in.Aliases {
		e.MustName("aliases["+strconv.Itoa(i)+"]", a, maxName)
	}
	e.MayName("number", in.Number, maxNumber)
	e.MustSay("basis", in.Basis, maxWords)
	e.MustSay("facts", in.Facts, maxWords)
	in.checkProofs(e)
	checkTerm(e, in.Since, in.Until, in.Review, now)
	return e.OrNil()
}

func (in Proposal) checkProofs(e *fault.Error) {
	if len(in.Evidence) == 0 || len(in.Evidence) > maxProofs {
		e.At("evidence", fault.Text{ZH: "请列出 1 至 20 项证据", EN: "name 1 to 20 pieces of evidence"})
	}
	for i, p := range in.Evidence {
		at := "evidence[" + strconv.Itoa(i) + "]"
		e.MustSay(at+".what", p.What, maxWords)
		if p.Digest != "" && !isDigest(p.Digest) {
			e.At(at+".digest", fault.Text{ZH: "应为扫描件的 SM3 摘要（64 位十六进制）", EN: "is the SM3 digest of the scan: 64 hexadecimal digits"})
		}
	}
}

func isDigest(text string) bool {
	if len(text) != 2*sm.DigestSize {
		return false
	}
	for _, c := range text {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// checkTerm holds the end and the review of a debarment to what keeps it from being
// forgotten.
func checkTerm(e *fault.Error, since, until, review, now time.Time) {
	if !until.IsZero() && (!until.After(since) || !until.After(now) || until.Sub(since) > longest) {
		e.At("until", fault.Text{ZH: "应晚于开始和现在，最长十年；不设截止时留空并写明复核日期", EN: "is after the beginning and now, within ten years; leave it empty where a review decides"})
	}
	late := !until.IsZero() && until.Sub(now) <= longestUnseen
	if review.IsZero() && late {
		return
	}
	if !review.After(now) || review.Sub(now) > longestUnseen {
		e.At("review", fault.Text{ZH: "一年内未到期的，请写明一年以内的复核日期", EN: "give the day of the review, within a year, unless it ends before"})
	}
}
