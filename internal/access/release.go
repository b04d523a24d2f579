package access

import (
	"encoding/json"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/kit/sm"
)

// States of a release. Whether a dated one is in force is for the turns to say.
const (
	Drafted   = "draft"
	Tried     = "tried"    // its cases pass and yesterday was asked again
	Agreed    = "reviewed" // by somebody unrelated to all who wrote it
	DatedOnce = "dated"
)

// Release is an organisation's own rules and limits. Its row is keyed: what
// it says decides.
type Release struct {
	Org      string        `db:"org,key"`
	ID       string        `db:"id,key"`
	Number   int           `db:"number"`
	Rev      int           `db:"rev"`
	Title    string        `db:"title"`
	Rules    string        `db:"rules"` // Cedar
	Cases    []policy.Case `db:"cases,json"`
	Limits   policy.Limits `db:"limits,json"`
	Digest   []byte        `db:"digest"` // of rules, cases and limits
	State    string        `db:"state"`
	Made     time.Time     `db:"made"`
	Writers  []string      `db:"writers,json"` // everybody who saved it
	Tried    time.Time     `db:"tried"`
	Trial    Tally         `db:"trial,json"`
	Reviewed time.Time     `db:"reviewed"`
	Reviewer string        `db:"reviewer"`
	ReviewBy time.Time     `db:"review_by"` // when somebody must look at it again
	MAC      []byte        `db:"mac"`
}

// Tally is what the trial of a release came to.
type Tally struct {
	Cases        int `json:"cases"` // that passed, those of the house included
	Asked        int `json:"asked"` // accesses of yesterday
	NewlyRefused int `json:"newlyRefused"`
	NewlyAllowed int `json:"newlyAllowed"`
}

// TurnOf says which release holds from a moment. A later turn outweighs those before
// it from its beginning on; it never changes.
type TurnOf struct {
	Org     string    `db:"org,key"`
	Number  int       `db:"number,key"`
	Release string    `db:"release"` // empty: the delivered rules alone
	Digest  []byte    `db:"digest"`
	Since   time.Time `db:"since"`
	Until   time.Time `db:"until"`
	Cause   string    `db:"cause"`
	At      time.Time `db:"at"`
	By      string    `db:"by_person"`
	MAC     []byte    `db:"mac"`
}

// Causes of a turn.
const (
	ByDate     = "dated"
	ByRollBack = "rolled-back"
)

// ReleaseStep is one thing that happened to a release. It never changes.
type ReleaseStep struct {
	Org     string    `db:"org,key"`
	ID      string    `db:"id,key"`
	Release string    `db:"release"`
	Rev     int       `db:"rev"`  // that it made
	Kind    string    `db:"kind"` // drafted, changed, tried, agreed, returned, dated, rolled-back
	At      time.Time `db:"at"`
	Person  string    `db:"person"`
	Words   string    `db:"words"`
}

// Drafting is what is written of a release.
type Drafting struct {
	Title  string
	Rules  string
	Cases  []policy.Case
	Limits policy.Limits
}

const (
	maxCases   = 200
	maxTitle   = 80
	maxRules   = 64 << 10
	longestRun = 366 * day // until a release must be looked at again
)

func (d Drafting) check() error {
	e := errGrantInput.With()
	e.MustName("title", d.Title, maxTitle)
	e.MaySay("rules", d.Rules, maxRules)
	if len(d.Cases) > maxCases {
		e = e.At("cases", fault.Text{ZH: "最多 200 个用例", EN: "at most 200 cases"})
	}
	for i, c := range d.Cases {
		e.MustName("cases["+itoa(i)+"].name", c.Name, maxTitle)
	}
	if d.Limits.ReasonHours < 0 || d.Limits.ReasonHours > policy.MaxReasonHours {
		e = e.At("limits.reasonHours", fault.Text{ZH: "自述理由为 1 至 24 小时，0 表示默认", EN: "a stated reason lasts 1 to 24 hours, 0 for as delivered"})
	}
	if d.Limits.GlassHours < 0 || d.Limits.GlassHours > policy.MaxGlassHours {
		e = e.At("limits.glassHours", fault.Text{ZH: "紧急调阅为 1 至 8 小时，0 表示默认", EN: "a break-glass lasts 1 to 8 hours, 0 for as delivered"})
	}
	return checkIdling(checkFreezing(e, d.Limits), d.Limits).OrNil()
}

func (r *Release) write(d Drafting) error {
	r.Title, r.Rules, r.Cases, r.Limits = d.Title, d.Rules, d.Cases, d.Limits
	digest, err := r.digest()
	r.Digest = digest
	return err
}

func (r Release) digest() ([]byte, error) {
	text, err := json.Marshal([]any{r.Rules, r.Cases, r.Limits})
	if err != nil {
		return nil, err
	}
	sum := sm.Sum(text)
	return sum[:], nil
}

func (r Release) object() policy.Object {
	return policy.Object{Kind: "Policy", ID: r.ID, Org: r.Org}
}
