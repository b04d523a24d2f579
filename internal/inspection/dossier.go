package inspection

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"github.com/medward/medward/internal/base/fault"
	"github.com/medward/medward/internal/ledger"
	"github.com/medward/medward/internal/staff"
	"github.com/medward/medward/kit/calendar"
)

// Verdict is what a rule makes of the figures of an answer.
type Verdict string

// The verdicts, from the best to the worst.
const (
	InOrder    Verdict = "in-order"
	ToExplain  Verdict = "to-explain"
	NotInOrder Verdict = "not-in-order"
)

var severity = []Verdict{InOrder, ToExplain, NotInOrder}

// or is the worse of two verdicts.
func (v Verdict) or(other Verdict) Verdict {
	if slices.Index(severity, other) > slices.Index(severity, v) {
		return other
	}
	return v
}

// verdictOf is not in order where something broken was found, and to be explained where
// something open was.
func verdictOf(broken, open int) Verdict {
	switch {
	case broken > 0:
		return NotInOrder
	case open > 0:
		return ToExplain
	}
	return InOrder
}

// Question is one thing that is asked about a case, with its answer.
type Question struct {
	ID      string     `json:"id"`
	Title   fault.Text `json:"title"`
	Demands []string   `json:"demands"`
	Verdict Verdict    `json:"verdict" enum:"in-order,to-explain,not-in-order"`
	Says    fault.Text `json:"says"`
	Figures []Figure   `json:"figures"`
	Source  fault.Text `json:"source" doc:"from where the answer comes"`
	Place   string     `json:"place,omitempty" doc:"address of the page where one goes on looking"`
	Lines   []Line     `json:"lines"`
	More    int        `json:"more,omitempty" doc:"lines that are left out"`
	Entries []string   `json:"entries" doc:"ids of the ledger entries that prove it"`
	// Withheld says that the lines are not for whoever asks.
	Withheld *Withheld `json:"withheld,omitempty"`
}

// Figure is one number of an answer.
type Figure struct {
	Name  fault.Text `json:"name"`
	Value string     `json:"value" example:"12"`
}

// Line is one thing behind an answer.
type Line struct {
	At      time.Time  `json:"at,omitzero" required:"false"`
	Person  string     `json:"person,omitempty" doc:"id; see people"`
	Patient string     `json:"patient,omitempty" doc:"id; see patients"`
	Says    fault.Text `json:"says"`
	Entry   string     `json:"entry,omitempty" doc:"id of its ledger entry"`
	Wrong   bool       `json:"wrong,omitempty" doc:"it is why the verdict is not in order, or wants explaining"`
}

// Withheld says by which act the lines would be seen, and which roles may.
type Withheld struct {
	Verb string       `json:"verb"`
	Who  []fault.Text `json:"who"`
}

// Proven is a ledger entry that an answer names, with its place and, for those who may
// have proofs, the proof.
type Proven struct {
	ID       string        `json:"id"`
	Position int64         `json:"position"`
	At       time.Time     `json:"at"`
	Verb     string        `json:"verb"`
	Outcome  string        `json:"outcome"`
	Proof    *ledger.Proof `json:"proof,omitempty"`
}

// Subject is what was drawn, as it may be shown.
type Subject struct {
	Kind    string     `json:"kind"`
	ID      string     `json:"id"`
	Name    fault.Text `json:"name" doc:"masked, of a patient"`
	Person  string     `json:"person,omitempty"`
	Patient string     `json:"patient,omitempty"`
}

// Dossier is the whole answer about one case.
type Dossier struct {
	Draw       Draw
	Subject    Subject
	At         time.Time
	By         string
	Verdict    Verdict
	Questions  []Question
	Entries    []Proven
	Checkpoint ledger.Checkpoint
	Digest     []byte // SM3 of the questions as JSON, which the account of the answer holds
	Took       time.Duration
	Proofs     *Withheld // why there are none
	People     map[string]staff.Name
	Patients   map[string]string
}

const (
	maxLines   = 40 // of one answer
	maxEntries = 12 // that prove one answer
)

func figure(zh, en string, value any) Figure {
	return Figure{Name: fault.Text{ZH: zh, EN: en}, Value: fmt.Sprint(value)}
}

func words(zh, en string) fault.Text { return fault.Text{ZH: zh, EN: en} }

// wordsOf fills the same values into both languages, by their places.
func wordsOf(zh, en string, values ...any) fault.Text {
	return fault.Text{ZH: fmt.Sprintf(zh, values...), EN: fmt.Sprintf(en, values...)}
}

// moment is a time as an answer says it: of China, to the second.
func moment(at time.Time) string { return at.In(calendar.Zone).Format("2006-01-02 15:04:05") }

// line adds what stands behind an answer; what is wrong comes first when it is cut.
func (q *Question) line(l Line) { q.Lines = append(q.Lines, l) }

// prove names ledger entries, each once.
func (q *Question) prove(ids ...string) {
	for _, id := range ids {
		if id != "" && len(q.Entries) < maxEntries && !slices.Contains(q.Entries, id) {
			q.Entries = append(q.Entries, id)
		}
	}
}

// bound keeps a dossier readable: the lines that matter, and how many there are more.
func (q *Question) bound() {
	slices.SortStableFunc(q.Lines, func(a, b Line) int {
		switch {
		case a.Wrong == b.Wrong:
			return 0
		case a.Wrong:
			return -1
		}
		return 1
	})
	if len(q.Lines) > maxLines {
		q.More = len(q.Lines) - maxLines
		q.Lines = q.Lines[:maxLines]
	}
}

func digestQuestions(all []Question) ([]byte, error) {
	whole, err := json.Marshal(all)
	if err != nil {
		return nil, err
	}
	sum := sm3.Sum(whole)
	return sum[:], nil
}

func itoa(n int) string { return strconv.Itoa(n) }

// count is 1 for what is so.
func count(so bool) int {
	if so {
		return 1
	}
	return 0
}
