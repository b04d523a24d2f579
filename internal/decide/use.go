package decide

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/policy"
	"github.com/medward/medward/internal/vault"
)

// MaxUses is how many uses are handed in together at most.
const MaxUses = 50

const (
	// skew is how far the clock of a caller may be from ours.
	skew = 2 * time.Minute
	// reportedWithin is how long afterwards a use may be handed in; what is older comes in
	// an access log.
	reportedWithin = 31 * 24 * time.Hour
	longestReason  = 500
)

// Afterwards is what a caller did by its own rules while we did not answer.
type Afterwards struct {
	Sent         time.Time // by the clock of the caller
	Since, Until time.Time // when it had no answer
	Uses         []Done
}

// Done is something that somebody did over there.
type Done struct {
	Event    string    `json:"event"` // its id at the caller, for good
	At       time.Time `json:"at"`
	Question Question  `json:"question"`
	Purpose  string    `json:"purpose"`
	Place    Place     `json:"place"`
	Why      string    `json:"why,omitempty"` // in his words, where the caller asked him
}

// offline are the actions that a caller may let pass without an answer.
var offline = []string{"open", "search", "write", "amend", "sign", "request", "order"}

func (in Afterwards) check(now time.Time) error {
	if off := now.Sub(in.Sent); off > skew || off < -skew {
		return errClock.With("seconds", strconv.Itoa(int(off.Seconds())))
	}
	e := errInput.With()
	if n := len(in.Uses); n == 0 || n > MaxUses {
		e.At("uses", fault.Text{ZH: "每次 1 至 " + strconv.Itoa(MaxUses) + " 项", EN: "1 to " + strconv.Itoa(MaxUses) + " uses are handed in together"})
	}
	if !in.Until.After(in.Since) || in.Until.After(now.Add(skew)) {
		e.At("outage.until", fault.Text{ZH: "应晚于开始时间，且不晚于现在", EN: "comes after its beginning and not after now"})
	}
	if now.Sub(in.Since) > reportedWithin {
		e.At("outage.since", fault.Text{ZH: "超过 31 天的请随访问日志报送", EN: "what is older than 31 days is handed in with the access log"})
	}
	seen := map[string]bool{}
	for i, u := range in.Uses {
		at := "uses[" + strconv.Itoa(i) + "]."
		e.MustName(at+"event", u.Event, longestName)
		if seen[u.Event] {
			e.At(at+"event", fault.Text{ZH: "同一批中事件号重复", EN: "the same id stands twice in one request"})
		}
		seen[u.Event] = true
		if u.At.Before(in.Since) || u.At.After(in.Until) {
			e.At(at+"at", fault.Text{ZH: "应在无应答期间之内", EN: "lies within the time without an answer"})
		}
		e.MayName(at+"purpose", u.Purpose, longestID)
		e.MayName(at+"place.terminal", u.Place.Terminal, longestName)
		e.MayName(at+"place.ip", u.Place.IP, longestID)
		e.MaySay(at+"why", u.Why, longestReason)
		u.Question.check(e, at)
	}
	return e.OrNil()
}

// asking is all uses as questions, to find what does not depend on their times.
func (in Afterwards) asking() Asking {
	all := Asking{Questions: make([]Question, len(in.Uses))}
	for i, u := range in.Uses {
		all.Questions[i] = u.Question
	}
	return all
}

// Use is a use that was handed in: reported by its source, and judged as of its time.
type Use struct {
	Org      string    `db:"org,key"`
	ID       string    `db:"id,key"`
	Source   string    `db:"source"`
	Event    string    `db:"event"`
	Mark     string    `db:"mark"`  // keyed, of what was said
	Batch    string    `db:"batch"` // id of the entry that tells of its coming
	At       time.Time `db:"at"`    // as the source says
	Received time.Time `db:"received"`
	Person   string    `db:"person"`  // empty: nobody who is known here
	Patient  string    `db:"patient"` // empty: none
	Document string    `db:"document"`
	Action   string    `db:"action"`
	Kind     string    `db:"kind"`
	Purpose  string    `db:"purpose"`
	Decision Decision  `db:"decision"` // what the rules of its time say
	Unmet    []string  `db:"unmet,json"`
	RuleZH   string    `db:"rule_zh"`
	RuleEN   string    `db:"rule_en"`
	Said     []byte    `db:"said"` // [Done], sealed
	State    string    `db:"state"`
	Settled  time.Time `db:"settled"`
	By       string    `db:"settled_by"`
	Words    []byte    `db:"words"` // sealed
}

// States of a use.
const (
	Explained = "explained" // by the rules of its time
	Waiting   = "waiting"   // set aside for review
	Accepted  = "accepted"  // somebody found its reason
	Raised    = "raised"    // handed on as a possible misuse
)

var useStates = []string{Explained, Waiting, Accepted, Raised}

func (u Use) object() policy.Object {
	return policy.Object{Kind: "Reported", ID: u.ID, Org: u.Org, Concerns: u.Person}
}

func (u Use) rule() fault.Text { return fault.Text{ZH: u.RuleZH, EN: u.RuleEN} }

func saidPlace(use string) vault.Place  { return vault.Place{Kind: "Use", Object: use, Field: "said"} }
func wordsPlace(use string) vault.Place { return vault.Place{Kind: "Use", Object: use, Field: "words"} }

// take puts into a use what was thought of it.
func (u *Use) take(j judged, d Done) {
	u.Person, u.Patient, u.Document = j.person, j.patient, j.document
	u.Decision, u.RuleZH, u.RuleEN = j.Decision, j.Rule.ZH, j.Rule.EN
	u.Unmet = make([]string, len(j.Conditions))
	for i, c := range j.Conditions {
		u.Unmet[i] = c.Name
	}
	switch {
	case named[u.Action] && !slices.Contains(offline, u.Action):
		u.State, u.RuleZH, u.RuleEN = Waiting, notOffline.ZH, notOffline.EN
	case j.Decision == Allow, j.Decision == Reason && d.Why != "":
		u.State = Explained
	default:
		u.State = Waiting
	}
}

var notOffline = fault.Text{ZH: "此操作在无应答期间应当拒绝。", EN: "Without an answer this action must be refused."}

// text is what was said of a use, for its mark and to be sealed.
func (d Done) text() ([]byte, error) {
	d.At = d.At.UTC()
	return json.Marshal(d)
}
