// Package evidence is the form in which a room shows that a demand of the source
// documents is met: by a live figure, never by a statement.
package evidence

import (
	"context"
	"slices"
	"strings"

	"github.com/medward/medward/internal/base/fault"
)

// Verdict is what a check came to.
type Verdict string

// The verdicts. A check that could not run is Unknown, which never counts as met.
const (
	Met     Verdict = "met"
	NotMet  Verdict = "not-met"
	Unknown Verdict = "unknown"
)

// Finding is the outcome of one check at one moment.
type Finding struct {
	Verdict Verdict    `json:"verdict"`
	Figure  string     `json:"figure" doc:"the live figure behind the verdict" example:"0 of 48 accounts"`
	Detail  fault.Text `json:"detail"`
}

// Check is a question that a room answers from live data.
type Check struct {
	ID      string // room.what
	Demands []string
	Title   fault.Text
	Run     func(ctx context.Context) (Finding, error)
}

// Ask runs a check. An error makes the finding Unknown.
func (c Check) Ask(ctx context.Context) Finding {
	f, err := c.Run(ctx)
	if err != nil {
		e := fault.From(err)
		return Finding{Verdict: Unknown, Figure: "–", Detail: fault.Text{ZH: e.Message("zh"), EN: e.Message("en")}}
	}
	return f
}

// Demands returns the ids of every demand that some check evidences, sorted.
func Demands(checks []Check) []string {
	var all []string
	for _, c := range checks {
		all = append(all, c.Demands...)
	}
	slices.SortFunc(all, strings.Compare)
	return slices.Compact(all)
}
